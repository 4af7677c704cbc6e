import { createHash } from 'node:crypto';
import {
  COMPLIANCES,
  FailingBySeverity,
  Finding,
  FindingView,
  GRADES,
  IdentityView,
  PipelineScore,
  PipelineSnapshot,
  PipelineSummary,
  SEVERITIES,
  StageView,
} from 'backstage-plugin-pipeline-posture-common';
import { AssessedFinding } from '../evaluation/assessment';
import { PipelineRow } from '../store/pipelineRows';

/** What the caller may do, beside reading. */
export interface Abilities {
  seeEvidence: boolean;
  checkAgain: boolean;
}

/** Columns of a summary; the snapshot stays in the database. */
export const SUMMARY_COLUMNS = [
  'p.id',
  'p.scope_key',
  'p.provider',
  'p.name',
  'p.kind',
  'p.url',
  'p.posture',
  'p.results',
  'p.reaches',
  'p.score',
  'p.potential',
  'p.coverage',
  'p.grade',
  'p.compliance',
  'p.collected_at',
  'p.stale_since',
  'p.rubric',
] as const;

export type SummaryRow = Pick<
  PipelineRow,
  | 'id'
  | 'scope_key'
  | 'provider'
  | 'name'
  | 'kind'
  | 'url'
  | 'posture'
  | 'results'
  | 'reaches'
  | 'score'
  | 'potential'
  | 'coverage'
  | 'grade'
  | 'compliance'
  | 'collected_at'
  | 'stale_since'
  | 'rubric'
>;

export const noneFailing = (): FailingBySeverity =>
  Object.fromEntries(SEVERITIES.map(s => [s, 0])) as FailingBySeverity;

/** Adds up failing controls by severity. */
export function failingOf(
  findings: readonly Pick<Finding, 'status' | 'severity'>[],
) {
  const failing = noneFailing();
  for (const { status, severity } of findings) {
    if (status === 'fail') failing[severity] += 1;
  }
  return failing;
}

export function toSummary(
  row: SummaryRow,
  options: {
    scopeTitle: string;
    entityRefs: string[];
    failing: FailingBySeverity;
  },
): PipelineSummary {
  const posture: PipelineScore = JSON.parse(row.posture);
  return {
    id: row.id,
    name: row.name,
    provider: row.provider,
    kind: row.kind,
    url: row.url,
    scope: options.scopeTitle,
    reachesProduction: row.reaches,
    score: row.score,
    potential: row.potential,
    coverage: row.coverage,
    grade: GRADES[row.grade],
    compliance: COMPLIANCES[row.compliance],
    ...(posture.cap && { cap: posture.cap }),
    counts: posture.counts,
    failing: options.failing,
    entityRefs: options.entityRefs,
    collectedAt: row.collected_at,
    stale: row.stale_since !== null,
  };
}

/** SHA-256 over the evidence of all instances, as it stands in the evidence package. */
export const evidenceHash = (
  instances: readonly Pick<Finding['instances'][number], 'evidence'>[],
) =>
  createHash('sha256')
    .update(JSON.stringify(instances.map(({ evidence }) => evidence)))
    .digest('hex');

/** A finding for a caller; without the right to see evidence, only the sentences are left. */
export function toFindingView(
  finding: AssessedFinding,
  pipeline: { id: string; name: string; provider: string; stale: boolean },
  options: { evidence: boolean; alsoFixes?: number },
): FindingView {
  return {
    controlId: finding.controlId,
    title: finding.title,
    dimension: finding.dimension,
    severity: finding.severity,
    status: finding.status,
    pipelineId: pipeline.id,
    pipelineName: pipeline.name,
    provider: pipeline.provider,
    actor: finding.actor,
    instances: options.evidence
      ? finding.instances
      : finding.instances.map(instance => ({ ...instance, evidence: [] })),
    since: finding.since,
    ...(finding.lastDecided && { lastDecided: finding.lastDecided }),
    preview: finding.preview,
    exempt: finding.exempt,
    gainIfFixed: finding.gainIfFixed,
    stale: finding.stale || pipeline.stale,
    ...(options.alsoFixes !== undefined && { alsoFixes: options.alsoFixes }),
    ...(options.evidence && {
      evidenceSha256: evidenceHash(finding.instances),
    }),
  };
}

export const toStageViews = ({ stages }: PipelineSnapshot): StageView[] =>
  stages.known
    ? stages.value.map(stage => ({
        name: stage.name,
        deploys: stage.deploys,
        tier: stage.tier.known ? stage.tier.value : 'unknown',
        ...(stage.environment && { environment: stage.environment }),
        gates: stage.gates.known
          ? stage.gates.value.filter(g => g.effective).map(g => g.name)
          : [],
      }))
    : [];

export const toIdentityViews = (
  snapshot: PipelineSnapshot,
  self: string,
  idOf: (ref: PipelineSnapshot['ref']) => string,
): IdentityView[] =>
  snapshot.identities.known
    ? snapshot.identities.value.map(identity => ({
        id: identity.id,
        name: identity.name,
        type: identity.type,
        purposes: identity.purposes,
        credential: identity.credential.known
          ? identity.credential.value.kind
          : 'unknown',
        ...(identity.usedBy.known && {
          sharedWith: identity.usedBy.value.filter(
            use => idOf(use.pipeline) !== self,
          ).length,
        }),
        ...(identity.url && { url: identity.url }),
      }))
    : [];
