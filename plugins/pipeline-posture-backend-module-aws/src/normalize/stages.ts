import {
  Fact,
  known,
  mapFact,
  Stage,
  StageTarget,
  Tier,
} from 'backstage-plugin-pipeline-posture-common';
import { consoleUrls } from '../client/consoleUrls';
import { ScopeReadings } from '../collect/readings';
import { kindsOf, targetNames } from './actions';
import { accountOf } from './arns';
import { gatesOf } from './gates';
import { ActionModel, PipelineModel, StageModel } from './pipelineModel';

/** The tier of a stage is that of its most dangerous deployment. */
function tierOf(deploying: ActionModel[]): Fact<Tier> {
  const tiers = deploying.map(({ tier }) => tier);
  return (
    tiers.find(tier => tier.known && tier.value === 'production') ??
    tiers.find(tier => !tier.known) ??
    tiers[0] ??
    known('non-production')
  );
}

/** The accounts that the deploying actions of a stage change. */
function targetsOf(
  deploying: ActionModel[],
  readings: ScopeReadings,
): StageTarget[] {
  const targets = deploying.map(({ action }): StageTarget => {
    const account =
      accountOf(action.configuration.RoleArn) ??
      accountOf(action.roleArn) ??
      readings.accountId;
    return {
      id: account,
      name: `account ${account}`,
      tier: readings.classifier.classify({
        names: [account, ...targetNames(action)],
        subject: `the target of action ${action.name}`,
      }),
    };
  });
  return [
    ...new Map(
      targets.map(target => [
        `${target.id} ${target.tier.known ? target.tier.value : ''}`,
        target,
      ]),
    ).values(),
  ];
}

function stageOf(
  stage: StageModel,
  model: PipelineModel,
  readings: ScopeReadings,
): Stage {
  const { name } = stage.stage;
  const deploying = stage.actions.filter(item => item.deploying);
  return {
    id: name,
    name,
    deploys: deploying.length > 0,
    tier: tierOf(deploying),
    targets: known(targetsOf(deploying, readings), {
      source: 'codepipeline:GetPipeline',
    }),
    environment: deploying.flatMap(({ action }) => targetNames(action))[0],
    units: stage.actions.map(({ action, deploying: deploys, ...more }) => ({
      id: `${name}/${action.name}`,
      name: action.name,
      kinds: kindsOf(action, deploys, more.alsoBuilds),
      identityIds: mapFact(more.roles, sites => [
        ...new Set(sites.filter(({ usable }) => usable).map(({ arn }) => arn)),
      ]),
    })),
    gates: known(deploying.length > 0 ? gatesOf(stage, model, readings) : [], {
      source: 'codepipeline:GetPipeline',
      url: consoleUrls.pipeline(readings.region, model.definition.name),
    }),
    dependsOn:
      stage.position > 0 ? [model.stages[stage.position - 1].stage.name] : [],
    url: consoleUrls.pipeline(readings.region, model.definition.name),
  };
}

/** The stages of a pipeline in the order in which they run. */
export function stagesOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Stage[] {
  return model.stages.map(stage => stageOf(stage, model, readings));
}
