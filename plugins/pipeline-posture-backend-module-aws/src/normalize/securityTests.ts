import {
  Fact,
  known,
  SecurityTest,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ActionDefinition } from '../collect/definition';
import { ScopeReadings } from '../collect/readings';
import { projectOf, runsProject } from './actions';
import {
  buildCommands,
  effectiveBuildspec,
  ignoresResult,
  scannerIn,
} from './buildspecs';
import {
  ActionModel,
  actionsOf,
  PipelineModel,
  StageModel,
} from './pipelineModel';

const NAMED_SECURITY =
  /(security|secret|vuln|sast|dast|sca(n|nner)?|compliance)([^a-z]|$)/i;

interface Candidate {
  name: string;
  tool: string;
  /** Absent where it runs none. */
  commands?: Fact<string | null>;
  editableByBuilders: Fact<boolean>;
  blocking?: Fact<boolean>;
}

const inspectorThresholds = ['CriticalThreshold', 'HighThreshold'];

function inspector(action: ActionDefinition): Candidate {
  const limited = inspectorThresholds.some(
    key => action.configuration[key] !== undefined,
  );
  return {
    name: action.name,
    tool: 'Amazon Inspector',
    editableByBuilders: known(false, {
      source: 'codepipeline:GetPipeline',
      observed: 'InspectorScan',
    }),
    blocking: limited
      ? undefined
      : known(false, {
          source: 'codepipeline:GetPipeline',
          observed: 'no CriticalThreshold or HighThreshold',
        }),
  };
}

/** What an action tests; 'unread' if it may be a security test and nobody can see it. */
function candidateOf(
  action: ActionDefinition,
  { definition }: PipelineModel,
  readings: ScopeReadings,
): Candidate | { unread: UnknownReason } | undefined {
  if (action.provider === 'InspectorScan') return inspector(action);
  if (action.commands.length > 0) {
    const text = action.commands.join('\n');
    const tool = scannerIn(`${action.name}\n${text}`);
    return tool
      ? {
          name: action.name,
          tool,
          commands: known(text, { source: 'codepipeline:GetPipeline' }),
          editableByBuilders: known(false, {
            source: 'codepipeline:GetPipeline',
            observed: 'commands of the action',
          }),
        }
      : undefined;
  }
  if (!runsProject(action)) {
    const tool = scannerIn(`${action.name} ${action.provider}`);
    return tool && (action.category === 'Test' || action.category === 'Build')
      ? {
          name: action.name,
          tool,
          editableByBuilders: unknown({
            code: 'unresolved',
            message: `Who can change the test ${action.name} is only known to ${action.provider}.`,
            actor: 'service-owner',
            action: `Check in ${action.provider} who can change ${action.name}.`,
          }),
        }
      : undefined;
  }
  const project = projectOf(action, readings);
  const named = `${action.name} ${action.configuration.ProjectName ?? ''}`;
  if (!project) return undefined;
  if (!project.known) return { unread: project.reason };
  const { place, description } = effectiveBuildspec(action, project.value);
  const commands = buildCommands(action, project.value, definition, readings);
  const text = commands.known ? commands.value ?? '' : '';
  const tool =
    scannerIn(`${named}\n${text}`) ??
    (NAMED_SECURITY.test(named) ? 'a security test by its name' : undefined);
  if (tool) {
    return {
      name: action.name,
      tool,
      commands,
      editableByBuilders: known(place === 'repository', {
        source: 'codebuild:BatchGetProjects',
        field: 'source.buildspec',
        observed: description,
      }),
    };
  }
  return commands.known
    ? undefined
    : {
        unread: {
          ...commands.reason,
          message: `Whether action ${action.name} tests security stands in ${description}, and its name does not say it. ${commands.reason.message}`,
        },
      };
}

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
  candidate: Candidate,
  item: ActionModel & { stage: StageModel },
  before: Fact<boolean>,
): Fact<boolean> {
  if (candidate.blocking) return candidate.blocking;
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
  const { commands } = candidate;
  if (commands?.known && ignoresResult(commands.value ?? '')) {
    return known(false, {
      ...evidence,
      observed: 'its commands go on after a finding',
    });
  }
  if (!before.known) return before;
  if (!before.value)
    return known(false, {
      ...evidence,
      observed: 'it does not run before production',
    });
  // Commands that cannot be seen may ignore the result.
  if (commands && !commands.known) {
    return unknown({
      ...commands.reason,
      message: `Whether the commands of ${candidate.name} stop on a finding is not known. ${commands.reason.message}`,
    });
  }
  if (!commands && candidate.tool !== 'Amazon Inspector') {
    return unknown({
      code: 'unresolved',
      message: `Whether ${candidate.name} stops on a finding is only known to ${candidate.tool}.`,
      actor: 'service-owner',
      action: `Check in ${candidate.tool} that ${candidate.name} fails on findings.`,
    });
  }
  return known(true, evidence);
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
