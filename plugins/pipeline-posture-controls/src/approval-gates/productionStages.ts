import { Stage } from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  notApplicable,
  Verdict,
} from 'backstage-plugin-pipeline-posture-node';

/**
 * Judges every stage that deploys to production.
 *
 * A stage that nothing classifies is judged as well, and its answer counts only if it would be the same either way:
 * it passes, and another stage is known to be production, so that the control applies without it. Otherwise
 * an unclassified stage could turn "not applicable" into a pass.
 *
 * @param judgeStage - answers with at least one instance
 */
export function judgeProductionStages(
  stages: readonly Stage[],
  expected: string,
  judgeStage: (stage: Stage) => Exclude<Verdict, { notApplicable: string }>,
): Verdict {
  const deploying = stages.filter(stage => stage.deploys);
  const production = deploying.filter(
    ({ tier }) => tier.known && tier.value === 'production',
  );
  const unclassified = deploying.flatMap(stage =>
    stage.tier.known ? [] : [{ stage, reason: stage.tier.reason }],
  );
  if (production.length + unclassified.length === 0) {
    return notApplicable('No stage of this pipeline deploys to production.');
  }
  return [
    ...production.flatMap(judgeStage),
    ...unclassified.flatMap(({ stage, reason }) => {
      const ifProduction = judgeStage(stage);
      return production.length > 0 &&
        ifProduction.every(({ status }) => status === 'pass')
        ? ifProduction
        : [cannotTell(`stage ${stage.name}`, expected, reason)];
    }),
  ];
}
