import {
  PipelineScore,
  SEVERITIES,
  Severity,
} from 'backstage-plugin-pipeline-posture-common';

type Counts = PipelineScore['counts'];

/** Controls that were decided, and all that should have been. */
export const checksOf = (counts: Counts) => {
  const checked = counts.pass + counts.fail;
  return { checked, all: checked + counts.unknown };
};

/** Severities that occur among failing controls, worst first. */
export const severitiesOf = (failing: Record<Severity, number>) =>
  SEVERITIES.filter(severity => failing[severity] > 0).map(severity => ({
    severity,
    number: failing[severity],
  }));
