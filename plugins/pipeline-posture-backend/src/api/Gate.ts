import {
  GateAnswer,
  PipelineDetail,
} from 'backstage-plugin-pipeline-posture-common';

/**
 * Whether a pipeline may go on to production. Only what is known to comply proceeds: a pipeline that cannot be read stops.
 */
export function gateAnswer({
  pipeline,
  findings,
  controls,
}: PipelineDetail): GateAnswer {
  const proceed = pipeline.compliance === 'compliant';
  const actions = new Map(
    controls.map(c => [c.id, c.remediation[pipeline.provider]?.steps[0] ?? '']),
  );
  const open = findings.filter(
    f =>
      !f.preview &&
      !f.exempt &&
      (f.status === 'fail' || f.status === 'unknown') &&
      ['critical', 'high'].includes(f.severity),
  );
  return {
    decision: proceed ? 'proceed' : 'stop',
    compliance: pipeline.compliance,
    grade: pipeline.grade,
    score: pipeline.score,
    reasons: proceed
      ? []
      : open.map(finding => ({
          controlId: finding.controlId,
          title: finding.title,
          status: finding.status,
          observed: finding.instances[0]?.observed ?? '',
          action:
            finding.instances[0]?.reason?.action ??
            actions.get(finding.controlId) ??
            '',
        })),
    asOf: pipeline.collectedAt,
    stale: pipeline.stale,
  };
}
