import {
  Fact,
  known,
  SecurityTest,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import {
  ActionModel,
  actionsOf,
  PipelineModel,
  StageModel,
} from './pipelineModel';
import { Candidate, candidateOf } from './securityCandidates';

/** Whether an action runs wholly before the first deployment to production. */
function isBefore(
  item: ActionModel & { stage: StageModel },
  model: PipelineModel,
): Fact<boolean> {
  const evidence = { source: 'codepipeline:GetPipeline', field: 'stages' };
  let unclassified: UnknownReason | undefined;
  for (const { action, deploying, tier, stage } of actionsOf(model)) {
    if (!deploying) continue;
    const earlier =
      item.stage.position < stage.position ||
      (item.stage.position === stage.position &&
        item.action.runOrder < action.runOrder);
    if (earlier) continue;
    if (!tier.known) unclassified ??= tier.reason;
    else if (tier.value === 'production') return known(false, evidence);
  }
  return unclassified ? unknown(unclassified) : known(true, evidence);
}

function blockingOf(
  { fails }: Candidate,
  item: ActionModel & { stage: StageModel },
  before: Fact<boolean>,
): Fact<boolean> {
  const evidence = {
    source: 'codepipeline:GetPipeline',
    field: `stages[${item.stage.stage.name}]`,
  };
  const skipped = item.stage.stage.beforeEntry.some(
    ({ result }) => result === 'SKIP',
  );
  if (skipped)
    return known(false, {
      ...evidence,
      observed: 'its stage is skipped when an entry condition is not met',
    });
  if (fails.known && !fails.value) return fails;
  if (!before.known) return before;
  return before.value
    ? fails
    : known(false, {
        ...evidence,
        observed: 'it does not run before production',
      });
}

/** The steps of a pipeline that look for security problems. */
export function securityTestsOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<SecurityTest[]> {
  const tests: SecurityTest[] = [];
  let unread: UnknownReason | undefined;
  for (const item of actionsOf(model)) {
    const { action } = item;
    if (['Source', 'Approval', 'Deploy'].includes(action.category)) continue;
    const candidate = candidateOf(action, model, readings);
    if (!candidate) continue;
    if ('unread' in candidate) {
      unread ??= candidate.unread;
      continue;
    }
    const beforeProduction = isBefore(item, model);
    tests.push({
      name: candidate.name,
      tool: candidate.tool,
      stageId: item.stage.stage.name,
      editableByBuilders: candidate.editableByBuilders,
      beforeProduction,
      blocking: blockingOf(candidate, item, beforeProduction),
    });
  }
  // What was found is enough to judge; only "none" would be wrong if something was not read.
  return unread && tests.length === 0
    ? unknown(unread)
    : known(tests, { source: 'codepipeline:GetPipeline' });
}
