import {
  childOf,
  itemsOf,
  MappingNode,
  ScalarNode,
  textOf,
  YamlNode,
} from '../yaml/nodes';
import { ResolvedPipeline } from '../yaml/resolvePipeline';
import { declaredVariables } from '../yaml/variables';
import { CodeReader, withoutGaps } from './CodeReader';
import { readStep } from './readSteps';
import { readTriggers } from './readTriggers';
import {
  CodeReading,
  Gap,
  JobReading,
  NamedUse,
  ParameterReading,
  PoolUse,
  StageReading,
  StepReading,
} from './types';

/** Types whose values cannot carry text of somebody's choice. */
const CLOSED_TYPES = new Set(['boolean', 'number']);

function readVariables(
  block: YamlNode | undefined,
  of: string,
  reader: CodeReader,
): NamedUse[] {
  const groups: NamedUse[] = [];
  for (const each of declaredVariables(block)) {
    if (each.kind === 'group') groups.push(reader.use(each.node));
    else {
      const text = textOf(each.value);
      if (text !== undefined) {
        reader.setting(
          each.name,
          text,
          `variable ${each.name}${of}`,
          'code',
          reader.location(each.value),
        );
      }
    }
  }
  return groups;
}

function readPool(
  node: YamlNode | undefined,
  container: YamlNode | undefined,
  reader: CodeReader,
  where: string,
): PoolUse {
  const pool: PoolUse = {};
  const name = node?.kind === 'scalar' ? node : childOf(node, 'name');
  if (name?.kind === 'scalar' && name.value !== null) {
    pool.name = reader.use(name);
    reader.reaches(
      'runner',
      String(name.value),
      `pool of ${where}`,
      reader.location(name),
      name.uses,
    );
  }
  const image = textOf(childOf(node, 'vmImage'));
  if (image !== undefined) pool.vmImage = image;
  const inside =
    container?.kind === 'scalar' ? container : childOf(container, 'image');
  if (inside?.kind === 'scalar' && inside.value !== null) {
    pool.image = reader.use(inside);
    reader.reaches(
      'runner',
      String(inside.value),
      `container of ${where}`,
      reader.location(inside),
      inside.uses,
    );
  }
  return pool;
}

/** Steps of a job, those of every hook of a deployment strategy among them. */
function stepListsOf(job: MappingNode): YamlNode[] {
  const lists: YamlNode[] = [];
  const visit = (node: YamlNode | undefined, depth: number) => {
    if (node?.kind !== 'mapping' || depth > 4) return;
    for (const { key, value } of node.entries) {
      if (key.value === 'steps') lists.push(value);
      else visit(value, depth + 1);
    }
  };
  const own = childOf(job, 'steps');
  if (own) lists.push(own);
  visit(childOf(job, 'strategy'), 0);
  return lists;
}

function readSteps(
  lists: YamlNode[],
  reader: CodeReader,
): { steps: StepReading[]; gaps: Gap[] } {
  const steps: StepReading[] = [];
  const gaps: Gap[] = [];
  for (const list of lists) {
    const split = withoutGaps(itemsOf(list), reader);
    gaps.push(...split.gaps);
    for (const item of split.items) {
      const step = readStep(item, reader);
      if (step) steps.push(step);
    }
  }
  return { steps, gaps };
}

function environmentOf(
  job: MappingNode,
  name: string,
  reader: CodeReader,
): NamedUse | undefined {
  const node = childOf(job, 'environment');
  const scalar = node?.kind === 'scalar' ? node : childOf(node, 'name');
  if (scalar?.kind !== 'scalar' || scalar.value === null) return undefined;
  reader.reaches(
    'environment',
    String(scalar.value),
    `environment of job ${name}`,
    reader.location(scalar),
    scalar.uses,
  );
  const use = reader.use(scalar);
  // `environment.resource` in one word.
  const [environment] = use.name.split('.');
  return use.undecided ? use : { ...use, name: environment };
}

interface Inherited {
  pool?: YamlNode;
  container?: YamlNode;
}

function readJob(
  job: MappingNode,
  index: number,
  inherited: Inherited,
  reader: CodeReader,
): JobReading {
  const deployment = childOf(job, 'deployment');
  const id =
    textOf(deployment) ?? textOf(childOf(job, 'job')) ?? `job${index + 1}`;
  const name = textOf(childOf(job, 'displayName')) ?? id;
  const variables = childOf(job, 'variables');
  const read = () => ({
    environment: environmentOf(job, name, reader),
    ...readSteps(stepListsOf(job), reader),
    pool: readPool(
      childOf(job, 'pool') ?? inherited.pool,
      childOf(job, 'container') ?? inherited.container,
      reader,
      `job ${name}`,
    ),
  });
  const { environment, steps, gaps, pool } = reader.within(variables, read);
  return {
    id,
    name,
    dependsOn: itemsOf(childOf(job, 'dependsOn')).flatMap(
      each => textOf(each) ?? [],
    ),
    deployment: deployment !== undefined,
    ...(environment && { environment }),
    pool,
    groups: readVariables(variables, ` of job ${name}`, reader),
    steps,
    gaps,
    conditional: Boolean(job.conditional),
    location: reader.location(job),
  };
}

function dependenciesOf(
  stage: MappingNode,
  previous: string | undefined,
): string[] {
  const declared = childOf(stage, 'dependsOn');
  if (declared === undefined) return previous === undefined ? [] : [previous];
  return itemsOf(declared)
    .flatMap(each => textOf(each) ?? [])
    .filter(each => each !== '');
}

function readJobs(
  node: MappingNode,
  inherited: Inherited,
  reader: CodeReader,
): { jobs: JobReading[]; gaps: Gap[] } {
  const { items, gaps } = withoutGaps(itemsOf(childOf(node, 'jobs')), reader);
  const jobs = items.filter(
    (each): each is MappingNode => each.kind === 'mapping',
  );
  if (childOf(node, 'steps')) jobs.push(node);
  return {
    jobs: jobs.map((job, index) => readJob(job, index, inherited, reader)),
    gaps,
  };
}

function readStage(
  stage: MappingNode,
  index: number,
  previous: string | undefined,
  inherited: Inherited,
  reader: CodeReader,
): StageReading {
  const id = textOf(childOf(stage, 'stage')) ?? `stage${index + 1}`;
  const pool = childOf(stage, 'pool') ?? inherited.pool;
  const variables = childOf(stage, 'variables');
  const { jobs, gaps } = reader.within(variables, () =>
    readJobs(stage, { ...inherited, pool }, reader),
  );
  return {
    id,
    name: textOf(childOf(stage, 'displayName')) ?? id,
    dependsOn: dependenciesOf(stage, previous),
    groups: readVariables(variables, ` of stage ${id}`, reader),
    jobs,
    gaps,
    conditional: Boolean(stage.conditional),
    location: reader.location(stage),
  };
}

function readParameter(
  each: ResolvedPipeline['parameters'][number],
  root: MappingNode,
  reader: CodeReader,
): ParameterReading {
  const closed = CLOSED_TYPES.has(each.type.toLowerCase());
  const constrained = closed || each.values !== undefined;
  let because = `it is of type ${each.type} and may be anything`;
  if (closed) because = `it is of type ${each.type}`;
  else if (each.values) because = 'only listed values are allowed';
  return {
    name: each.name,
    type: each.type,
    constrained,
    because,
    location: reader.location({ file: root.file, line: each.line }),
  };
}

/** A pipeline without stages or without jobs has one of each. */
function stageNodes(root: MappingNode): YamlNode[] {
  const stages = childOf(root, 'stages');
  if (stages) return itemsOf(stages);
  const implicit: ScalarNode = {
    kind: 'scalar',
    value: '__default',
    file: root.file,
    line: root.line,
  };
  return [
    {
      ...root,
      entries: [
        ...root.entries.filter(({ key }) =>
          ['jobs', 'steps'].includes(String(key.value)),
        ),
        { key: { ...implicit, value: 'stage' }, value: implicit },
        {
          key: { ...implicit, value: 'displayName' },
          value: { ...implicit, value: 'Default stage' },
        },
      ],
    },
  ];
}

/** Turns a resolved pipeline into what the rest needs to know of it. */
export function readPipelineCode(pipeline: ResolvedPipeline): CodeReading {
  const { root, parameters, aliases, extended, files } = pipeline;
  const reader = new CodeReader(files[0]);
  const inherited = {
    pool: childOf(root, 'pool'),
    container: childOf(root, 'container'),
  };
  const groups = readVariables(childOf(root, 'variables'), '', reader);
  const { items, gaps } = withoutGaps(stageNodes(root), reader);
  const stages: StageReading[] = [];
  reader.within(childOf(root, 'variables'), () => {
    for (const item of items) {
      if (item.kind !== 'mapping') continue;
      stages.push(
        readStage(item, stages.length, stages.at(-1)?.id, inherited, reader),
      );
    }
  });
  // A key that could not be resolved may have been any part of the pipeline.
  for (const { value } of root.entries)
    if (value.kind === 'hole') gaps.push(reader.gap(value));
  return {
    stages,
    gaps,
    groups,
    triggers: readTriggers(root),
    parameters: parameters.map(each => readParameter(each, root, reader)),
    sinks: reader.sinks,
    leaks: reader.leaks,
    injections: reader.injections,
    repositories: aliases,
    ...(extended && { extended }),
    files,
  };
}
