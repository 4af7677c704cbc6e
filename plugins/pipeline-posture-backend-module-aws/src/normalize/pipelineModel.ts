import { Fact, Tier } from 'backstage-plugin-pipeline-posture-common';
import {
  ActionDefinition,
  PipelineDefinition,
  StageDefinition,
} from '../collect/definition';
import { ScopeReadings } from '../collect/readings';
import { ruleActions } from './rules';
import { isDeploying, projectOf, targetNames } from './actions';
import { buildCommands } from './buildspecs';
import { workOf } from './commands';
import { rolesOf, RoleSite } from './actionRoles';

/** An action with what was found out about it. */
export interface ActionModel {
  action: ActionDefinition;
  deploying: boolean;
  /** Whether one that deploys runs code of the repository, too. */
  alsoBuilds: boolean;
  /** Only meaningful where `deploying`. */
  tier: Fact<Tier>;
  roles: Fact<RoleSite[]>;
}

/** A stage with its actions. */
export interface StageModel {
  stage: StageDefinition;
  /** 0-based position. */
  position: number;
  actions: ActionModel[];
}

/** A definition with everything that several facts are made from. */
export interface PipelineModel {
  definition: PipelineDefinition;
  stages: StageModel[];
}

type Classify = (names: string[], subject: string) => Fact<Tier>;

/**
 * Whether an action deploys to production: what the operator mapped, then what
 * the stage and the action are called, then the names of the target, then the
 * name of the pipeline.
 */
function tierOf(
  action: ActionDefinition,
  stage: StageDefinition,
  definition: PipelineDefinition,
  classify: Classify,
): Fact<Tier> {
  const subject = `action ${action.name} of stage ${stage.name}`;
  const own = [stage.name, action.name];
  const targets = targetNames(action);
  const all = classify([...own, ...targets], subject);
  if (all.known && all.evidence[0]?.source.startsWith('configuration')) {
    return all;
  }
  for (const names of [own, targets, [definition.name]]) {
    const tier = classify(names, subject);
    if (tier.known) return tier;
  }
  return all;
}

const NOTHING = { deploys: false, builds: false };

/** What the commands of a build do, where they could be read: its name need not say that it deploys. */
function workIn(
  action: ActionDefinition,
  definition: PipelineDefinition,
  readings: ScopeReadings,
) {
  if (action.category !== 'Build' && action.category !== 'Compute')
    return NOTHING;
  const project = projectOf(action, readings);
  const commands = project?.known
    ? buildCommands(action, project.value, definition, readings)
    : undefined;
  const text = commands?.known ? commands.value ?? '' : '';
  return workOf([...action.commands, text].join('\n'));
}

/** Finds out, once per pipeline, what each action does, where it goes and with which roles. */
export function modelPipeline(
  definition: PipelineDefinition,
  readings: ScopeReadings,
): PipelineModel {
  const { classifier } = readings;
  const classify = (names: string[], subject: string) =>
    classifier.classify({ names, subject });
  const isProduction = (names: string[]) => {
    const tier = classify(names, 'the stage');
    return tier.known && tier.value === 'production';
  };
  return {
    definition,
    stages: definition.stages.map((stage, position) => ({
      stage,
      position,
      actions: [...stage.actions, ...ruleActions(stage)].map(action => {
        const work = workIn(action, definition, readings);
        const named = isDeploying(action, stage, isProduction);
        const deploying = named || work.deploys;
        const tier = tierOf(action, stage, definition, classify);
        return {
          action,
          deploying,
          alsoBuilds: !named && work.builds,
          tier,
          roles: rolesOf(action, deploying, definition, readings),
        };
      }),
    })),
  };
}

/** Every action of a pipeline with its stage. */
export function actionsOf(
  model: PipelineModel,
): Array<ActionModel & { stage: StageModel }> {
  return model.stages.flatMap(stage =>
    stage.actions.map(action => ({ ...action, stage })),
  );
}
