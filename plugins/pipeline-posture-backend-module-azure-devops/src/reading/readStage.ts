import {
  childOf,
  itemsOf,
  MappingNode,
  ScalarNode,
  textOf,
  YamlNode,
} from '../yaml/nodes';
import { CodeReader } from './CodeReader';
import { withoutGaps } from './gaps';
import { Gap, JobReading, StageReading } from './types';
import { Inherited, readJob } from './readJob';
import { heedsOnly } from './heeds';
import { firmNames, runsOnlySometimes } from './settings';
import { readVariables } from './readVariables';

function dependenciesOf(
  stage: MappingNode,
  previous: string | undefined,
): string[] {
  const declared = childOf(stage, 'dependsOn');
  if (declared === undefined) return previous === undefined ? [] : [previous];
  return firmNames(declared);
}

function readJobs(
  node: MappingNode,
  inherited: Inherited,
  reader: CodeReader,
): { jobs: JobReading[]; gaps: Gap[] } {
  const { items: jobs, gaps } = withoutGaps(
    itemsOf(childOf(node, 'jobs')),
    reader,
  );
  if (childOf(node, 'steps')) jobs.push(node);
  return {
    jobs: jobs.map((job, index) => readJob(job, index, inherited, reader)),
    gaps,
  };
}

export function readStage(
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
    ...(runsOnlySometimes(stage) && { sometimes: true }),
    ...heedsOnly(stage),
    location: reader.location(stage),
  };
}

/** A pipeline without stages or without jobs has one of each. */
export function stageNodes(root: MappingNode): YamlNode[] {
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
