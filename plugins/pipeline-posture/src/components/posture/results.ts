import {
  ControlMetadata,
  Dimension,
  DIMENSIONS,
  EntityPosture,
  FindingView,
  PipelineDetail,
  Severity,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { ShownStatus } from '../marks';

/** What one control says of one pipeline, whichever part of an answer it came in. */
export interface Result {
  /** Names it in an address. */
  key: string;
  controlId: string;
  title: string;
  dimension: Dimension;
  severity: Severity;
  status: ShownStatus;
  pipelineId: string;
  pipelineName: string;
  provider: string;
  control?: ControlMetadata;
  /** Missing where the answer only held the status; the pipeline's own answer has it. */
  finding?: FindingView;
}

/** The statuses in the order in which people should look at them. */
export const SHOWN_STATUSES: readonly ShownStatus[] = [
  'fail',
  'unknown',
  'exempt',
  'preview',
  'pass',
  'not-applicable',
];

/** Name of a result in an address. */
export const resultKey = (result: { controlId: string; pipelineId: string }) =>
  `${result.controlId}:${result.pipelineId}`;

/** The status of a finding as it is shown: what is exempt or not scored yet does not fail. */
export function shownStatus(finding: FindingView): ShownStatus {
  if (finding.status === 'not-applicable') return finding.status;
  if (finding.preview) return 'preview';
  return finding.exempt ? 'exempt' : finding.status;
}

const ofFinding = (
  finding: FindingView,
  controls: ReadonlyMap<string, ControlMetadata>,
): Result => ({
  key: resultKey(finding),
  controlId: finding.controlId,
  title: finding.title,
  dimension: finding.dimension,
  severity: finding.severity,
  status: shownStatus(finding),
  pipelineId: finding.pipelineId,
  pipelineName: finding.pipelineName,
  provider: finding.provider,
  control: controls.get(finding.controlId),
  finding,
});

function worstFirst(a: Result, b: Result): number {
  return (
    SHOWN_STATUSES.indexOf(a.status) - SHOWN_STATUSES.indexOf(b.status) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    a.title.localeCompare(b.title) ||
    a.pipelineName.localeCompare(b.pipelineName)
  );
}

const byId = (controls: readonly ControlMetadata[]) =>
  new Map(controls.map(control => [control.id, control]));

/** All results of an entity's pipelines, worst first. */
export function resultsOfEntity(
  posture: Pick<EntityPosture, 'findings' | 'quiet' | 'controls' | 'pipelines'>,
): Result[] {
  const controls = byId(posture.controls);
  const pipelines = new Map(posture.pipelines.map(p => [p.id, p]));
  const quiet = posture.quiet.flatMap(({ controlId, pipelineId, status }) => {
    const control = controls.get(controlId);
    const pipeline = pipelines.get(pipelineId);
    if (!control || !pipeline) return [];
    return {
      key: resultKey({ controlId, pipelineId }),
      controlId,
      title: control.title,
      dimension: control.dimension,
      severity: control.severity,
      status,
      pipelineId,
      pipelineName: pipeline.name,
      provider: pipeline.provider,
      control,
    };
  });
  return [
    ...posture.findings.map(finding => ofFinding(finding, controls)),
    ...quiet,
  ].sort(worstFirst);
}

/** All results of one pipeline, worst first. */
export function resultsOfPipeline(
  detail: Pick<PipelineDetail, 'findings' | 'controls'>,
): Result[] {
  const controls = byId(detail.controls);
  return detail.findings
    .map(finding => ofFinding(finding, controls))
    .sort(worstFirst);
}

/** Results of one dimension. */
export interface DimensionResults {
  dimension: Dimension;
  results: Result[];
}

/** Groups results by dimension, in the order of dimensions. */
export const byDimension = (results: readonly Result[]): DimensionResults[] =>
  DIMENSIONS.map(dimension => ({
    dimension,
    results: results.filter(result => result.dimension === dimension),
  })).filter(group => group.results.length > 0);

/** How many results have each status; statuses that do not occur are left out. */
export function countByStatus(results: readonly Result[]) {
  return SHOWN_STATUSES.map(status => ({
    status,
    number: results.filter(result => result.status === status).length,
  })).filter(({ number }) => number > 0);
}
