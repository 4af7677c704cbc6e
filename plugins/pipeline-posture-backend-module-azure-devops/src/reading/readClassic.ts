import * as wire from '../client/wire';
import {
  connectionInput,
  isScriptInput,
  knowTask,
  securityToolIn,
  taskNameById,
} from '../tasks/catalogue';
import { CodeReader } from './CodeReader';
import {
  CodeReading,
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
  inputs: Record<string, string | undefined>;
  environment: Record<string, string | undefined>;
}

export interface ClassicReadOptions {
  reader: CodeReader;
  taskGroups: ReadonlyMap<string, wire.TaskGroup>;
  /** Whether a connection has this name or id: classic tasks name connections under keys of their own. */
  isConnection(nameOrId: string): boolean;
}

const named = (name: string): NamedUse => ({
  name,
  undecided: /\$\(/.test(name),
  uses: [],
});

function neutralised(task: ClassicTask): string | undefined {
  if (!task.enabled) return 'it is switched off';
  if (task.continueOnError) return 'its failures are ignored';
  if (
    task.condition &&
    !/^\s*(succeeded|always|succeededOrFailed)\(\)\s*$/i.test(task.condition)
  ) {
    return 'it only runs under a condition';
  }
  return undefined;
}

function securityOf(task: ClassicTask, type: string): SecurityStep | undefined {
  const tool =
    knowTask(type).securityTool ??
    knowTask(task.name.replace(/\s+/g, '')).securityTool;
  const script = task.inputs.script ?? task.inputs.inlineScript;
  const command = script === undefined ? undefined : securityToolIn(script);
  const found = tool ?? command?.tool;
  if (!found) return undefined;
  const because =
    neutralised(task) ??
    (tool || command?.canFail ? undefined : 'it succeeds whatever it finds');
  return { tool: found, canFail: !because, ...(because && { because }) };
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
    if (isScriptInput(input)) reader.script(value, where);
    else reader.setting(input, value, where, 'code');
    if (connectionInput(input) === 'surely') {
      reader.reaches('identity', value, where);
      connections.push({ ...named(value), certain: true });
    }
    if (TOKEN.test(value))
      exposesToken = `the job token is written into ${where}`;
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
  const { kinds } = knowTask(type);
  return {
    name: task.name,
    kinds: security ? ['test'] : kinds,
    connections,
    ...(task.inputs.secureFile && { secureFiles: [task.inputs.secureFile] }),
    ...(task.isTaskGroup && { taskGroup: task.id }),
    ...(security && { security }),
    ...(exposesToken && { exposesToken }),
  };
}

/** Tasks with those of the task groups that they use, a few levels down. */
function readTasks(
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
    return [
      own,
      ...readTasks((group.tasks ?? []).map(fromStep), options, depth + 1),
    ];
  });
}

function fromStep(step: wire.ClassicStep): ClassicTask {
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

function unresolvedGroups(
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

const EMPTY: Pick<
  CodeReading,
  'gaps' | 'triggers' | 'parameters' | 'repositories' | 'files'
> = {
  gaps: [],
  triggers: {
    ci: { declared: true, off: true, include: [], exclude: [] },
    pr: { declared: true, off: true, include: [], exclude: [] },
    schedules: 0,
    upstream: 0,
  },
  parameters: [],
  repositories: [],
  files: [],
};

const notesOf = ({ sinks, leaks, injections }: CodeReader) => ({
  sinks,
  leaks,
  injections,
});

/** What a classic build pipeline does, in the words that are used for YAML. */
export function readClassicBuild(
  definition: wire.Definition,
  options: ClassicReadOptions,
): CodeReading {
  const jobs = (definition.process?.phases ?? []).map(
    (phase, index): JobReading => {
      const steps = readTasks((phase.steps ?? []).map(fromStep), options);
      const name = phase.name ?? `Job ${index + 1}`;
      if (phase.target?.allowScriptsAuthAccessOption) {
        steps.push({
          name: 'all scripts',
          kinds: [],
          connections: [],
          exposesToken: `job ${name} lets scripts use the job token`,
        });
      }
      const queue = phase.target?.queue?.id ?? definition.queue?.id;
      return {
        id: phase.refName ?? `Job_${index + 1}`,
        name,
        dependsOn: [],
        deployment: false,
        pool: queue === undefined ? {} : { queueId: queue },
        groups: [],
        steps,
        gaps: unresolvedGroups(steps, options),
        conditional: false,
      };
    },
  );
  return {
    ...EMPTY,
    stages: [
      {
        id: '__default',
        name: definition.name,
        dependsOn: [],
        groups: [],
        jobs,
        gaps: [],
        conditional: false,
      },
    ],
    groups: (definition.variableGroups ?? []).map(({ id }) =>
      named(String(id)),
    ),
    ...notesOf(options.reader),
  };
}

/** What a classic release pipeline does, in the words that are used for YAML. */
export function readClassicRelease(
  release: wire.Release,
  options: ClassicReadOptions,
): CodeReading {
  const stages = (release.environments ?? []).map(
    (environment): CodeReading['stages'][number] => {
      const jobs = (environment.deployPhases ?? []).map(
        (phase, index): JobReading => {
          const steps = readTasks(
            (phase.workflowTasks ?? []).map(task => ({
              id: task.taskId,
              name: task.name ?? taskNameById(task.taskId) ?? task.taskId,
              isTaskGroup: task.definitionType === 'metaTask',
              enabled: task.enabled !== false,
              continueOnError: task.continueOnError === true,
              condition: task.condition,
              inputs: task.inputs ?? {},
              environment: task.environment ?? {},
            })),
            options,
          );
          const name = phase.name ?? `Job ${index + 1}`;
          if (phase.deploymentInput?.enableAccessToken) {
            steps.push({
              name: 'all scripts',
              kinds: [],
              connections: [],
              exposesToken: `job ${name} of stage ${environment.name} lets scripts use the job token`,
            });
          }
          const queue = phase.deploymentInput?.queueId;
          return {
            id: `${environment.id}-${index + 1}`,
            name,
            // A release deploys: that is what it is for.
            dependsOn: [],
            deployment: true,
            pool: queue ? { queueId: queue } : {},
            groups: [],
            steps,
            gaps: unresolvedGroups(steps, options),
            conditional: false,
          };
        },
      );
      const after = (environment.conditions ?? [])
        .filter(
          ({ conditionType }) =>
            conditionType === 'environmentState' || conditionType === 2,
        )
        .flatMap(({ name }) => name ?? []);
      return {
        id: environment.name,
        name: environment.name,
        dependsOn: after,
        groups: (environment.variableGroups ?? []).map(id => named(String(id))),
        jobs,
        gaps: [],
        conditional: false,
      };
    },
  );
  return {
    ...EMPTY,
    stages,
    groups: (release.variableGroups ?? []).map(id => named(String(id))),
    ...notesOf(options.reader),
  };
}
