import {
  deploysByScript,
  securityToolIn,
} from 'backstage-plugin-pipeline-posture-node';
import * as wire from '../client/wire';
import {
  connectionInput,
  isScriptInput,
  knowTask,
  publishesTo,
  taskNameById,
} from '../tasks/catalogue';
import { endingOf } from '../tasks/endings';
import { CodeReader } from './CodeReader';
import { readIntervention } from './readManualStep';
import { stopsByTask } from './securityTools';
import { isConditional } from './settings';
import { InputOf, ranBy, scriptOf, secureFilesIn } from './taskInputs';
import {
  ConnectionUse,
  JobReading,
  NamedUse,
  SecurityStep,
  StepReading,
} from './types';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const TOKEN = /\$\(System\.AccessToken\)/i;

/** A task of a classic build, a release or a task group, in one shape. */
interface ClassicTask {
  id: string;
  name: string;
  isTaskGroup: boolean;
  enabled: boolean;
  continueOnError: boolean;
  condition?: string;
  /** Set if the task group that it stands in stops nothing. */
  within?: string;
  inputs: Record<string, string | undefined>;
  environment: Record<string, string | undefined>;
}

export interface ClassicReadOptions {
  reader: CodeReader;
  taskGroups: ReadonlyMap<string, wire.TaskGroup>;
  /** Whether a connection has this name or id: classic tasks name connections under keys of their own. */
  isConnection(nameOrId: string): boolean;
}

export const named = (name: string): NamedUse => ({
  name,
  undecided: /\$\(/.test(name),
  uses: [],
});

function neutralised(task: ClassicTask): string | undefined {
  if (!task.enabled) return 'it is switched off';
  if (task.continueOnError) return 'its failures are ignored';
  return isConditional(task.condition)
    ? 'it only runs under a condition'
    : task.within;
}

/** Names of inputs are written in any case. */
const inputOf =
  ({ inputs }: ClassicTask): InputOf =>
  wanted =>
    Object.entries(inputs).find(([name]) => name.toLowerCase() === wanted)?.[1];

/**
 * The tool that a task runs. Tasks of extensions are known by the name that
 * people see, which they are given with the task. On a script or a task group
 * that name is anybody's word: what counts is what stands in it.
 */
function toolOf({ id, name, isTaskGroup }: ClassicTask): string | undefined {
  const type = taskNameById(id);
  if (type) return knowTask(type).securityTool;
  return isTaskGroup
    ? undefined
    : knowTask(name).securityTool ??
        knowTask(name.replace(/\s+/g, '')).securityTool;
}

function securityOf(task: ClassicTask, type: string): SecurityStep | undefined {
  const tool = toolOf(task);
  const input = inputOf(task);
  const script = ranBy(type, input);
  const found =
    tool === undefined
      ? script !== undefined && securityToolIn(script, endingOf(type, input))
      : stopsByTask(tool, type, input);
  if (!found) return undefined;
  const because = neutralised(task);
  return because ? { tool: found.tool, canFail: false, because } : found;
}

function readTask(task: ClassicTask, options: ClassicReadOptions): StepReading {
  const { reader, isConnection } = options;
  const type = taskNameById(task.id) ?? task.name;
  const connections: ConnectionUse[] = [];
  let exposesToken: string | undefined;
  for (const [input, value = ''] of Object.entries(task.inputs)) {
    if (value === '') continue;
    const where = `input ${input} of task ${task.name}`;
    // A name counts only where connections are named; other inputs may hold the same word.
    const mayName = GUID.test(value) || connectionInput(input) !== 'no';
    if (mayName && isConnection(value)) {
      connections.push({ ...named(value), certain: true });
      continue;
    }
    if (isScriptInput(input)) {
      reader.script(value, where);
      if (TOKEN.test(value))
        exposesToken = `the job token is written into ${where}`;
    } else reader.setting(input, value, where, 'code');
    if (connectionInput(input) === 'surely') {
      reader.reaches('identity', value, where);
      connections.push({ ...named(value), certain: true });
    }
  }
  for (const [name, value = ''] of Object.entries(task.environment)) {
    reader.setting(
      name,
      value,
      `environment variable ${name} of task ${task.name}`,
      'code',
    );
    if (TOKEN.test(value))
      exposesToken = `the job token is put into the environment variable ${name}`;
  }
  const security = securityOf(task, type);
  const input = inputOf(task);
  const script = scriptOf(input);
  const kinds = security ? ['test' as const] : knowTask(type, input).kinds;
  const deploys = script !== undefined && deploysByScript(script);
  const publishes = publishesTo(type, input);
  const secureFiles = secureFilesIn(Object.entries(task.inputs));
  return {
    name: task.name,
    kinds: deploys && !kinds.includes('deploy') ? [...kinds, 'deploy'] : kinds,
    connections,
    ...(secureFiles.length > 0 && { secureFiles }),
    ...(publishes && { publishes }),
    ...readIntervention(type, input, neutralised(task)),
    ...(task.isTaskGroup && { taskGroup: task.id }),
    ...(security && { security }),
    ...(exposesToken && { exposesToken }),
  };
}

/** Tasks with those of the task groups that they use, a few levels down. */
export function readTasks(
  tasks: ClassicTask[],
  options: ClassicReadOptions,
  depth = 0,
): StepReading[] {
  return tasks.flatMap(task => {
    const own = readTask(task, options);
    const group = task.isTaskGroup
      ? options.taskGroups.get(task.id.toLowerCase())
      : undefined;
    if (!group || depth >= 5) return [own];
    const within = neutralised(task);
    const inner = (group.tasks ?? []).map(fromStep);
    return [
      own,
      ...readTasks(
        inner.map(each => ({ ...each, ...(within && { within }) })),
        options,
        depth + 1,
      ),
    ];
  });
}

export function fromStep(step: wire.ClassicStep): ClassicTask {
  return {
    id: step.task.id,
    name: step.displayName ?? taskNameById(step.task.id) ?? step.task.id,
    isTaskGroup: step.task.definitionType === 'metaTask',
    enabled: step.enabled !== false,
    continueOnError: step.continueOnError === true,
    condition: step.condition,
    inputs: step.inputs ?? {},
    environment: step.environment ?? {},
  };
}

export function unresolvedGroups(
  steps: StepReading[],
  options: ClassicReadOptions,
): JobReading['gaps'] {
  return steps
    .filter(
      ({ taskGroup }) =>
        taskGroup !== undefined &&
        !options.taskGroups.has(taskGroup.toLowerCase()),
    )
    .map(({ name }) => ({
      because: `the task group "${name}" could not be read`,
      code: 'not-found' as const,
    }));
}
