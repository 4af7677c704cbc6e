import {
  Fact,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { SecurityCommand } from 'backstage-plugin-pipeline-posture-node';
import { ActionDefinition, BuildProject } from '../collect/definition';
import { ScopeReadings } from '../collect/readings';
import { projectOf, runsProject } from './actions';
import { commandListOf, securityToolOf } from './buildCommandList';
import { effectiveBuildspec } from './buildspecs';
import { PipelineModel } from './pipelineModel';
import { toolByName } from './securityNames';

/** An action that looks for security problems. */
export interface Candidate {
  name: string;
  tool: string;
  editableByBuilders: Fact<boolean>;
  /** Whether what it finds fails the action. */
  fails: Fact<boolean>;
}

/** The action may be a security test, and nobody can see it. */
export interface Unread {
  unread: UnknownReason;
}

const DEFINITION = { source: 'codepipeline:GetPipeline' };

function inspector({ name, configuration }: ActionDefinition): Candidate {
  const limited = ['CriticalThreshold', 'HighThreshold'].some(
    key => configuration[key] !== undefined,
  );
  return {
    name,
    tool: 'Amazon Inspector',
    editableByBuilders: known(false, {
      ...DEFINITION,
      observed: 'InspectorScan',
    }),
    fails: known(limited, {
      ...DEFINITION,
      ...(!limited && {
        observed: 'no CriticalThreshold or HighThreshold',
      }),
    }),
  };
}

/** What its commands say of the tool that they run. */
function failsOf(
  { tool, canFail, because }: SecurityCommand,
  action: ActionDefinition,
  source: string,
): Fact<boolean> {
  return canFail === 'unknown'
    ? unknown({
        code: 'unresolved',
        message: `Whether ${action.name} can stop the release is not known: ${because}.`,
        actor: 'service-owner',
        action: `Check that ${action.name} fails on what ${tool} finds.`,
      })
    : known(canFail, { source, ...(because && { observed: because }) });
}

/** Its commands run nothing that is known to look for security problems; a script that they call may, where a name tells so. */
const called = (action: ActionDefinition, name: string): Unread | undefined =>
  toolByName(name) === undefined
    ? undefined
    : {
        unread: {
          code: 'unresolved',
          message: `${action.name} is called a security test, but its commands run no tool that is known as one.`,
          actor: 'service-owner',
          action: `Run the tool by a command of its own in ${action.name}, not in a script of the repository.`,
        },
      };

/** The Commands action: they stand in the definition. */
function ofCommands(action: ActionDefinition): Candidate | Unread | undefined {
  const found = securityToolOf({
    commands: action.commands.map(script => ({ script })),
    ending: 'last command',
  });
  return found
    ? {
        name: action.name,
        tool: found.tool,
        editableByBuilders: known(false, {
          ...DEFINITION,
          observed: 'commands of the action',
        }),
        fails: failsOf(found, action, DEFINITION.source),
      }
    : called(action, action.name);
}

/** An action of a product that is not of AWS. */
function ofProvider(action: ActionDefinition): Candidate | undefined {
  const { name, provider, category } = action;
  const tool = toolByName(`${name} ${provider}`);
  if (!tool || (category !== 'Test' && category !== 'Build')) return undefined;
  return {
    name,
    tool,
    editableByBuilders: unknown({
      code: 'unresolved',
      message: `Who can change the test ${name} is only known to ${provider}.`,
      actor: 'service-owner',
      action: `Check in ${provider} who can change ${name}.`,
    }),
    fails: unknown({
      code: 'unresolved',
      message: `Whether ${name} stops on a finding is only known to ${provider}.`,
      actor: 'service-owner',
      action: `Check in ${provider} that ${name} fails on findings.`,
    }),
  };
}

function ofBuild(
  action: ActionDefinition,
  project: BuildProject,
  { definition }: PipelineModel,
  readings: ScopeReadings,
): Candidate | Unread | undefined {
  const { place, description } = effectiveBuildspec(action, project);
  const commands = commandListOf(action, project, definition, readings);
  if (!commands.known)
    return {
      unread: {
        ...commands.reason,
        message: `Whether action ${action.name} tests security stands in ${description}. ${commands.reason.message}`,
      },
    };
  const found = securityToolOf(commands.value);
  if (!found) return called(action, `${action.name} ${project.name}`);
  return {
    name: action.name,
    tool: found.tool,
    fails: failsOf(found, action, 'codebuild:BatchGetProjects'),
    editableByBuilders: known(place === 'repository', {
      source: 'codebuild:BatchGetProjects',
      field: 'source.buildspec',
      observed: description,
    }),
  };
}

/** What an action tests. */
export function candidateOf(
  action: ActionDefinition,
  model: PipelineModel,
  readings: ScopeReadings,
): Candidate | Unread | undefined {
  if (action.provider === 'InspectorScan') return inspector(action);
  if (action.commands.length > 0) return ofCommands(action);
  if (!runsProject(action)) return ofProvider(action);
  const project = projectOf(action, readings);
  if (!project) return undefined;
  return project.known
    ? ofBuild(action, project.value, model, readings)
    : { unread: project.reason };
}
