import { childOf, MappingNode } from '../yaml/nodes';
import { ResolvedPipeline } from '../yaml/resolvePipeline';
import { CodeReader } from './CodeReader';
import { withoutGaps } from './gaps';
import { containerResources } from './readContainers';
import { resourceConnections } from './readResources';
import { readTriggers } from './readTriggers';
import { CodeReading, ParameterReading, StageReading } from './types';
import { readStage, stageNodes } from './readStage';
import { readVariables } from './readVariables';

/** Types whose values cannot carry text of somebody's choice. */
const CLOSED_TYPES = new Set(['boolean', 'number']);

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

const isEmpty = ({ jobs, gaps }: StageReading) =>
  jobs.length === 0 && gaps.length === 0;

/** Turns a resolved pipeline into what the rest needs to know of it. */
export function readPipelineCode(pipeline: ResolvedPipeline): CodeReading {
  const { root, parameters, aliases, extended, files } = pipeline;
  const reader = new CodeReader(files[0]);
  const inherited = {
    pool: childOf(root, 'pool'),
    container: childOf(root, 'container'),
    containers: containerResources(root),
  };
  const groups = readVariables(childOf(root, 'variables'), '', reader);
  const { items, gaps } = withoutGaps(stageNodes(root), reader);
  const stages: StageReading[] = [];
  reader.within(childOf(root, 'variables'), () => {
    for (const item of items) {
      stages.push(
        readStage(item, stages.length, stages.at(-1)?.id, inherited, reader),
      );
    }
  });
  // A key that could not be resolved may have been any part of the pipeline.
  for (const { value } of root.entries)
    if (value.kind === 'hole') gaps.push(reader.gap(value));
  if (gaps.length === 0 && stages.every(isEmpty)) {
    const { file, line } = root;
    const because = 'it has no stages, jobs or steps';
    gaps.push(
      reader.gap({ kind: 'hole', file, line, because, code: 'malformed' }),
    );
  }
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
    connections: resourceConnections(root, reader),
    ...(extended && { extended }),
    files,
  };
}
