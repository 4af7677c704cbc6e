import { ControlMetadata } from 'backstage-plugin-pipeline-posture-common';

/** What people need to know of a control, without the rule itself. */
export const metadataOf = ({
  id,
  title,
  dimension,
  severity,
  lifecycle,
  activeFrom,
  answers,
  why,
  measure,
  actor,
  remediation,
}: ControlMetadata): ControlMetadata => ({
  id,
  title,
  dimension,
  severity,
  lifecycle,
  ...(activeFrom && { activeFrom }),
  answers,
  why,
  measure,
  actor,
  remediation,
});
