import {
  GateAnswer,
  PipelineDetail,
  Severity,
} from 'backstage-plugin-pipeline-posture-common';

/**
 * Whether a pipeline may go on to production. Only what is known to comply proceeds: a pipeline that cannot be read stops.
 * Both the stored result and the findings as they are judged now must say so: what is tolerated, and whom an identity
 * is shared with, can have changed since.
 *
 * @param bar - severities that decide compliance
 */
export function gateAnswer(
  { pipeline, findings, controls }: PipelineDetail,
  bar: readonly Severity[],
): GateAnswer {
  const actions = new Map(
    controls.map(c => [c.id, c.remediation[pipeline.provider]?.steps[0] ?? '']),
  );
  const open = findings.filter(
    f =>
      !f.preview &&
      !f.exempt &&
      (f.status === 'fail' || f.status === 'unknown') &&
      bar.includes(f.severity),
  );
  const proceed = pipeline.compliance === 'compliant' && open.length === 0;
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
