import {
  Fact,
  known,
  mapFact,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { OPERATIONS } from '../client/operations';
import { malformed } from '../client/refusals';
import * as wire from '../client/wire';
import { PoolSharing } from '../normalize/runners';
import {
  RepositoriesOfProject,
  RepositoryCatalogue,
} from '../normalize/RepositoryCatalogue';
import { CodeReading } from '../reading/types';
import { readBranchesElsewhere } from './readBranchesElsewhere';
import { PermissionTable, readPermissions } from './readPermissions';
import {
  ProjectReadings,
  readPolicies,
  readQueues,
  readRepositories,
} from './readProject';
import {
  accessCadenceOf,
  ProjectCollectionOptions,
} from './ProjectCollectionOptions';

/** Every project that the reader sees; asked once for all who want to know. */
export function readProjects({
  source,
  remembered,
}: Pick<ProjectCollectionOptions, 'source' | 'remembered'>): Promise<
  Fact<wire.Project[]>
> {
  return remembered.get('projects', async () =>
    mapFact(
      await source.entries('projects', wire.project, {
        query: { stateFilter: 'wellFormed', $top: '500' },
      }),
      ({ entries }) => entries,
    ),
  );
}

async function projectIdOf(
  name: string,
  given: ProjectCollectionOptions,
): Promise<Fact<string>> {
  const projects = await readProjects(given);
  return mapFact(
    projects,
    all =>
      all.find(each => each.name.toLowerCase() === name.toLowerCase())?.id ??
      name,
  );
}

/** Who may go around branch policies in another project; asked once for all that take templates from it. */
function gitPermissionsOf(
  projectId: string,
  given: ProjectCollectionOptions,
): Promise<Fact<PermissionTable>> {
  return given.remembered.get(`permissions/git/${projectId}`, () =>
    readPermissions(['git'], {
      ...given,
      projectId,
      cadence: accessCadenceOf(given),
    }).then(({ git = known(new Map()) }) => git),
  );
}

/** Templates may come from other projects, whose branches are protected there. */
export async function readCatalogue(
  given: ProjectCollectionOptions,
  readings: ProjectReadings,
  code: Map<number, Fact<CodeReading>>,
  gitPermissions: Fact<PermissionTable>,
): Promise<RepositoryCatalogue> {
  const { source, remembered, project, config } = given;
  const own: RepositoriesOfProject = {
    projectName: project.name,
    projectId: project.id,
    repositories: readings.repositories,
    policies: readings.policies,
    permissions: gitPermissions,
  };
  const others = new Map<string, string>();
  for (const reading of code.values()) {
    const named = reading.known
      ? [
          ...reading.value.files.filter(({ address }) => !address),
          // Of other types, what stands in the place of a project is none.
          ...reading.value.repositories.filter(
            ({ type }) => type.toLowerCase() === 'git',
          ),
        ]
      : [];
    for (const each of named) {
      if (each.project.toLowerCase() !== project.name.toLowerCase()) {
        others.set(each.project.toLowerCase(), each.project);
      }
    }
  }
  const foreign = await Promise.all(
    [...others.values()].map(async (name): Promise<RepositoriesOfProject> => {
      const [repositories, policies] = await Promise.all([
        readRepositories(source, remembered, name),
        readPolicies(source, remembered, name),
      ]);
      const id = await projectIdOf(name, given);
      const permissions = id.known
        ? await gitPermissionsOf(id.value, given)
        : id;
      return {
        projectName: name,
        projectId: id.known ? id.value : name,
        repositories,
        policies,
        permissions,
      };
    }),
  );
  const elsewhere = await readBranchesElsewhere(
    readings.definitions.known ? readings.definitions.value : [],
    code,
    {
      hosts: given.sourceHosts,
      ...(given.onlyDefinition !== undefined && { only: given.onlyDefinition }),
      signal: given.options.signal,
    },
  );
  return new RepositoryCatalogue([own, ...foreign], config.urls.core, {
    elsewhere,
    guarded: readings.guardedRepositories,
  });
}

/** Which self-hosted pools several projects use; only asked if this project uses one. */
export async function readPoolSharing(
  given: ProjectCollectionOptions,
  { queues }: ProjectReadings,
): Promise<PoolSharing> {
  const ownPools =
    queues.known && queues.value.some(({ pool }) => pool?.isHosted === false);
  if (!ownPools) return known(new Map());
  const { source, remembered } = given;
  const projects = await readProjects(given);
  if (!projects.known) return projects;
  const users = new Map<number, string[]>();
  for (const { name } of projects.value) {
    const theirs = await readQueues(source, remembered, name);
    if (!theirs.known) return theirs;
    if (theirs.value.broken > 0) {
      const what = `agent queues of project ${name} make no sense`;
      return unknown(malformed(OPERATIONS.queues, what));
    }
    for (const { pool } of theirs.value.entries) {
      if (pool) users.set(pool.id, [...(users.get(pool.id) ?? []), name]);
    }
  }
  return known(users, { source: OPERATIONS.queues.path });
}
