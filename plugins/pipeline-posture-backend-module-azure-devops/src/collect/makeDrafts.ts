import { Fact, known, mapFact } from 'backstage-plugin-pipeline-posture-common';
import * as wire from '../client/wire';
import { definitionDraft } from '../normalize/definitionDraft';
import { DraftContext } from '../normalize/draftContext';
import { releaseDraft } from '../normalize/releaseDraft';
import { PipelineDraft } from '../normalize/PipelineDraft';
import { CodeReader } from '../reading/CodeReader';
import { ClassicReadOptions } from '../reading/readClassicTasks';
import { readClassicBuild } from '../reading/readClassicBuild';
import { CodeReading } from '../reading/types';
import { ProjectReadings } from './readProject';
import { ReleaseReading } from './readReleases';

/** True for a pipeline that is kept in a file. */
export const isYaml = ({ process }: wire.Definition) =>
  process?.yamlFilename !== undefined;

/** Task groups by id in lower case. */
export const taskGroupsOf = ({
  taskGroups,
}: ProjectReadings): ReadonlyMap<string, wire.TaskGroup> =>
  new Map(
    (taskGroups.known ? taskGroups.value : []).map(each => [
      each.id.toLowerCase(),
      each,
    ]),
  );

/** Describes every pipeline of a project, of whatever kind. */
export function makeDrafts(
  readings: ProjectReadings,
  code: Map<number, Fact<CodeReading>>,
  releases: Map<number, Fact<ReleaseReading>>,
  context: DraftContext,
): PipelineDraft[] {
  const { resources } = context;
  const taskGroups = taskGroupsOf(readings);
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
      const read = releases.get(reference.id) as Fact<ReleaseReading>;
      return releaseDraft(
        reference,
        mapFact(read, ({ release }) => release),
        mapFact(read, ({ code: reading }) => reading),
        context,
      );
    });
  return [...builds, ...released];
}
