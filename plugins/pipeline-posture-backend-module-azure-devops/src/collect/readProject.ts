import { Fact, known, mapFact } from 'backstage-plugin-pipeline-posture-common';
import { SourceProblem } from 'backstage-plugin-pipeline-posture-node';
import { Entries, Source } from '../client/Source';
import { OperationName, OPERATIONS } from '../client/operations';
import { malformed } from '../client/refusals';
import * as wire from '../client/wire';
import { Remembered } from './Remembered';

/** All that the bulk calls say of a project. */
export interface ProjectReadings {
  organisation: string;
  project: wire.Project;
  settings: Fact<wire.GeneralSettings>;
  definitions: Fact<wire.Definition[]>;
  releases: Fact<wire.ReleaseReference[]>;
  repositories: Fact<wire.Repository[]>;
  policies: Fact<wire.Policy[]>;
  connections: Fact<wire.ServiceConnection[]>;
  environments: Fact<wire.Environment[]>;
  variableGroups: Fact<wire.VariableGroup[]>;
  secureFiles: Fact<wire.SecureFile[]>;
  queues: Fact<wire.Queue[]>;
  taskGroups: Fact<wire.TaskGroup[]>;
  pools: Fact<wire.Pool[]>;
  auditStreams: Fact<wire.AuditStream[]>;
  hooks: Fact<wire.Hook[]>;
  /** Ids of repositories whose pushes Advanced Security looks through and turns away, in lower case. */
  guardedRepositories: Fact<ReadonlySet<string>>;
}

export interface ReadProjectOptions {
  source: Source;
  organisation: string;
  project: wire.Project;
  remembered: Remembered;
  onProblem(problem: SourceProblem): void;
}

/** Takes the entries that make sense, and reports the others. */
function sound<T>(
  name: OperationName,
  fact: Fact<Entries<T>>,
  onProblem: (problem: SourceProblem) => void,
): Fact<T[]> {
  if (fact.known && fact.value.broken > 0) {
    onProblem({
      reason: malformed(
        OPERATIONS[name],
        `${fact.value.broken} of its entries make no sense`,
      ),
      subject: `${fact.value.broken} entries of ${OPERATIONS[name].path}`,
      effect: 'They are left out. What refers to them is unknown.',
    });
  }
  return mapFact(fact, ({ entries }) => entries);
}

/** Where Advanced Security turns away pushes with secrets. An organisation without it has none. */
async function readGuardedRepositories(
  source: Source,
): Promise<Fact<ReadonlySet<string>>> {
  if (!source.hasAdvancedSecurity) return known(new Set<string>());
  const enabled = await source.get('advancedSecurity', wire.advancedSecurity, {
    query: { includeAllProperties: 'true' },
  });
  if (!enabled.known && enabled.reason.code === 'not-found')
    return known(new Set<string>());
  return mapFact(
    enabled,
    ({ reposEnablementStatus = [] }) =>
      new Set(
        reposEnablementStatus
          .filter(
            ({ advSecEnabled, blockPushes, secretProtectionFeatures: own }) =>
              (advSecEnabled && blockPushes) ||
              (own?.secretProtectionEnabled && own.blockPushes),
          )
          .flatMap(({ repositoryId }) => repositoryId?.toLowerCase() ?? []),
      ),
  );
}

/** Repositories of a project; asked once for all projects that take templates from it. */
export function readRepositories(
  source: Source,
  remembered: Remembered,
  project: string,
) {
  return remembered.get(`repositories/${project}`, () =>
    source.list('repositories', wire.repository, { path: { project } }),
  );
}

/** Policies of a project; asked once for all projects that take templates from it. */
export function readPolicies(
  source: Source,
  remembered: Remembered,
  project: string,
) {
  return remembered.get(`policies/${project}`, () =>
    source.list('policies', wire.policy, {
      path: { project },
      query: { $top: '1000' },
    }),
  );
}

/** Agent queues of a project; other projects ask too, to see who shares a pool. */
export function readQueues(
  source: Source,
  remembered: Remembered,
  project: string,
) {
  return remembered.get(`queues/${project}`, () =>
    source.entries('queues', wire.queue, { path: { project } }),
  );
}

const OPERATION_OF = {
  settings: 'generalSettings',
  definitions: 'definitions',
  releases: 'releases',
  repositories: 'repositories',
  policies: 'policies',
  connections: 'serviceConnections',
  environments: 'environments',
  variableGroups: 'variableGroups',
  secureFiles: 'secureFiles',
  queues: 'queues',
  taskGroups: 'taskGroups',
  pools: 'pools',
  auditStreams: 'auditStreams',
  hooks: 'hooks',
  guardedRepositories: 'advancedSecurity',
} as const satisfies Record<string, OperationName>;

/** Makes the bulk calls of one project, side by side. A refused one is an unknown fact and a problem. */
export async function readProject(
  options: ReadProjectOptions,
): Promise<ProjectReadings> {
  const { source, organisation, project, remembered, onProblem } = options;
  const path = { project: project.name };
  const all = { path };
  const sections = <T>(name: OperationName, asked: Promise<Fact<Entries<T>>>) =>
    asked.then(fact => sound(name, fact, onProblem));
  const [
    settings,
    definitions,
    releases,
    repositories,
    policies,
    connections,
    environments,
    variableGroups,
    secureFiles,
    queues,
    taskGroups,
    pools,
    auditStreams,
    hooks,
    guardedRepositories,
  ] = await Promise.all([
    source.get('generalSettings', wire.generalSettings, all),
    sections(
      'definitions',
      source.entries('definitions', wire.definition, {
        path,
        query: {
          includeAllProperties: 'true',
          includeLatestBuilds: 'true',
          // Without an order the pages may overlap.
          queryOrder: 'definitionNameAscending',
          $top: '1000',
        },
      }),
    ),
    sections(
      'releases',
      source.entries('releases', wire.releaseReference, {
        path,
        query: { $top: '1000', $expand: 'lastRelease' },
      }),
    ),
    readRepositories(source, remembered, project.name),
    readPolicies(source, remembered, project.name),
    sections(
      'serviceConnections',
      source.entries('serviceConnections', wire.serviceConnection, {
        path,
        query: { includeFailed: 'true' },
      }),
    ),
    sections(
      'environments',
      source.entries('environments', wire.environment, {
        path,
        query: { $top: '1000' },
      }),
    ),
    sections(
      'variableGroups',
      source.entries('variableGroups', wire.variableGroup, {
        path,
        query: { $top: '1000' },
      }),
    ),
    source.list('secureFiles', wire.secureFile, all),
    sections('queues', readQueues(source, remembered, project.name)),
    sections('taskGroups', source.entries('taskGroups', wire.taskGroup, all)),
    remembered.get('pools', () => source.list('pools', wire.pool)),
    remembered.get('auditStreams', () =>
      source.list('auditStreams', wire.auditStream),
    ),
    remembered.get('hooks', () => source.list('hooks', wire.hook)),
    remembered.get('advancedSecurity', () => readGuardedRepositories(source)),
  ]);
  const readings = {
    settings,
    definitions,
    releases,
    repositories,
    policies,
    connections,
    environments,
    variableGroups,
    secureFiles,
    queues,
    taskGroups,
    pools,
    auditStreams,
    hooks,
    guardedRepositories,
  };
  for (const [name, fact] of Object.entries(readings) as Array<
    [keyof typeof readings, Fact<unknown>]
  >) {
    if (fact.known) continue;
    const operation = OPERATION_OF[name];
    onProblem({
      reason: fact.reason,
      subject: `project ${project.name}`,
      effect: OPERATIONS[operation].without,
    });
  }
  return { organisation, project, ...readings };
}
