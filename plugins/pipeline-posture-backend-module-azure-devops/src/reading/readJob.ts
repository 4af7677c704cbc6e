import { hole } from '../yaml/eitherOf';
import { childOf, itemsOf, MappingNode, textOf, YamlNode } from '../yaml/nodes';
import { CodeReader } from './CodeReader';
import { withoutGaps } from './gaps';
import { imageOf, pullingStep } from './readContainers';
import { withDeclaredApprovers } from './readManualStep';
import { readStep } from './readSteps';
import { Gap, JobReading, NamedUse, PoolUse, StepReading } from './types';
import { heedsOnly } from './heeds';
import { firmNames, isOpen, runsOnlySometimes, switchOf } from './settings';
import { readVariables } from './readVariables';

function readPool(
  node: YamlNode | undefined,
  inside: YamlNode | undefined,
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
      const task = childOf(item, 'task');
      if (task && isOpen(task)) {
        const because = 'which task runs is only known when the pipeline runs';
        gaps.push(reader.gap(hole(task, because)));
      }
      const step = readStep(item, reader);
      if (step) steps.push(withDeclaredApprovers(step, item, reader));
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
  const bare = (each: string) => each.split('.')[0];
  return {
    ...use,
    ...(!use.undecided && { name: bare(use.name) }),
    ...(use.alternatives && { alternatives: use.alternatives.map(bare) }),
  };
}

/** Variables that a matrix sets anew for each run of the job; nothing if it is not known which, none without a matrix. */
function matrixNames(job: MappingNode): string[] | undefined {
  const matrix = childOf(childOf(job, 'strategy'), 'matrix');
  if (matrix === undefined) return [];
  if (matrix.kind !== 'mapping') return undefined;
  return matrix.entries.flatMap(({ value }) =>
    value.kind === 'mapping'
      ? value.entries.map(({ key }) => String(key.value).toLowerCase())
      : [],
  );
}

export interface Inherited {
  pool?: YamlNode;
  container?: YamlNode;
  /** Containers among the resources of the pipeline. */
  containers?: YamlNode[];
}

export function readJob(
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
  const container = childOf(job, 'container') ?? inherited.container;
  const { containers = [] } = inherited;
  const read = () => ({
    environment: environmentOf(job, name, reader),
    pulls: pullingStep(job, container, containers, reader),
    ...readSteps(stepListsOf(job), reader),
    pool: readPool(
      childOf(job, 'pool') ?? inherited.pool,
      imageOf(container, containers),
      reader,
      `job ${name}`,
    ),
  });
  const { environment, pulls, steps, gaps, pool } = reader.within(
    variables,
    () => reader.withOpen(matrixNames(job), read),
  );
  return {
    id,
    name,
    dependsOn: firmNames(childOf(job, 'dependsOn')),
    deployment: deployment !== undefined,
    ...(environment && { environment }),
    pool,
    groups: readVariables(variables, ` of job ${name}`, reader),
    steps: [...pulls, ...steps],
    gaps,
    conditional: Boolean(job.conditional),
    ...(runsOnlySometimes(job) && { sometimes: true }),
    ...heedsOnly(job),
    ...(switchOf(job, 'continueOnError') && { failureIgnored: true }),
    location: reader.location(job),
  };
}
