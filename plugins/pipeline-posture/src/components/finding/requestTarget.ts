import { RequestTarget } from '../exemptions/requestForm';
import { Result } from '../posture/results';

/** What a request for an exemption from a finding is about. */
export const requestTargetOf = (
  { controlId, title, severity, pipelineId, pipelineName }: Result,
  entityRefs: readonly string[] = [],
): RequestTarget => ({
  controlId,
  title,
  severity,
  pipelineId,
  pipelineName,
  entityRefs,
});
