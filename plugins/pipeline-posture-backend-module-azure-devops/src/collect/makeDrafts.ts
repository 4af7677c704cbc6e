import { Fact, known, mapFact } from 'backstage-plugin-pipeline-posture-common';
import * as wire from '../client/wire';
import { definitionDraft } from '../normalize/definitionDraft';
import { DraftContext } from '../normalize/draftContext';
import { releaseDraft } from '../normalize/releaseDraft';
import { PipelineDraft } from '../normalize/PipelineDraft';
import { CodeReader } from '../reading/CodeReader';
import { ClassicReadOptions } from '../reading/readClassicTasks';
import { readClassicBuild } from '../reading/readClassicBuild';
import { readClassicRelease } from '../reading/readClassicRelease';
import { CodeReading } from '../reading/types';
import { ProjectReadings } from './readProject';

/** True for a pipeline that is kept in a file. */
export const isYaml = ({ process }: wire.Definition) =>
  process?.yamlFilename !== undefined;

/** Describes every pipeline of a project, of whatever kind. */
export function makeDrafts(
  readings: ProjectReadings,
  code: Map<number, Fact<CodeReading>>,
  releases: Map<number, Fact<wire.Release>>,
  context: DraftContext,
): PipelineDraft[] {
  const { resources } = context;
  const taskGroups = new Map(
    (readings.taskGroups.known ? readings.taskGroups.value : []).map(each => [
      each.id.toLowerCase(),
      each,
    ]),
  );
  const classic = (): ClassicReadOptions => ({
    reader: new CodeReader(),
    taskGroups,
    isConnection: name => resources.hasConnection(name),
  });
  const source = { source: 'GET {project}/_apis/build/definitions' };
  const builds = (
    readings.definitions.known ? readings.definitions.value : []
  ).map(definition => {
    const reading: Fact<CodeReading> = isYaml(definition)
      ? code.get(definition.id) ??
        known(readClassicBuild(definition, classic()))
      : known(readClassicBuild(definition, classic()), source);
    return definitionDraft(definition, reading, context);
  });
  const released = (readings.releases.known ? readings.releases.value : [])
    .filter(({ id }) => releases.has(id))
    .map(reference => {
      const release = releases.get(reference.id) as Fact<wire.Release>;
      const reading = mapFact(release, each =>
        readClassicRelease(each, classic()),
      );
      return releaseDraft(reference, release, reading, context);
    });
  return [...builds, ...released];
}
