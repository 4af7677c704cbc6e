import { Fact, known, mapFact } from 'backstage-plugin-pipeline-posture-common';
import { Checkpoints } from 'backstage-plugin-pipeline-posture-node';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { ProjectReadings } from './readProject';

/** A resource that pipelines need permission for, by the type that the service uses for it. */
export interface ResourceKey {
  type:
    | 'endpoint'
    | 'environment'
    | 'variablegroup'
    | 'securefile'
    | 'queue'
    | 'repository';
  id: string;
}

export const resourceKey = ({ type, id }: ResourceKey) =>
  `${type}/${id}`.toLowerCase();

/** Which pipelines may use a resource. */
export interface PipelineAccess {
  allPipelines: boolean;
  /** Ids of the definitions that were permitted by name. */
  pipelines: number[];
}

const CHECKS_AT_ONCE = 100;

export const hasSecrets = (group: wire.VariableGroup): boolean =>
  group.type === 'AzureKeyVault' ||
  Object.values(group.variables ?? {}).some(
    ({ isSecret }) => isSecret === true,
  );

const valuesOf = <T>(fact: Fact<T[]>): T[] => (fact.known ? fact.value : []);

/** Resources whose permissions and checks are read: those that hold a credential or a target. */
export function guardedResources(project: ProjectReadings): ResourceKey[] {
  return [
    ...valuesOf(project.connections).map(({ id }) => ({
      type: 'endpoint' as const,
      id,
    })),
    ...valuesOf(project.environments).map(({ id }) => ({
      type: 'environment' as const,
      id: String(id),
    })),
    ...valuesOf(project.variableGroups)
      .filter(hasSecrets)
      .map(({ id }) => ({ type: 'variablegroup' as const, id: String(id) })),
    ...valuesOf(project.secureFiles).map(({ id }) => ({
      type: 'securefile' as const,
      id,
    })),
    ...valuesOf(project.queues)
      .filter(({ pool }) => pool?.isHosted === false)
      .map(({ id }) => ({ type: 'queue' as const, id: String(id) })),
  ];
}

export interface ReadAccessOptions {
  source: Source;
  project: string;
  checkpoints: Checkpoints;
  now: Date;
  /** Permissions that were read less long ago are not read again, in milliseconds. */
  maxAgeMs: number;
}

/** Permissions change seldom and cost one call each, so they are remembered for a while. */
export async function readAccess(
  resources: ResourceKey[],
  options: ReadAccessOptions,
): Promise<Map<string, Fact<PipelineAccess>>> {
  const { source, project, checkpoints, now, maxAgeMs } = options;
  const prefix = `access/${project}/`;
  const remembered = await checkpoints.list<{
    readAt: number;
    access: PipelineAccess;
  }>(prefix);
  const entries = await Promise.all(
    resources.map(async (resource): Promise<[string, Fact<PipelineAccess>]> => {
      const key = resourceKey(resource);
      const earlier = remembered.get(`${prefix}${key}`)?.value;
      if (earlier && now.getTime() - earlier.readAt < maxAgeMs) {
        return [
          key,
          known(earlier.access, {
            source:
              'GET {project}/_apis/pipelines/pipelinepermissions/{type}/{id}',
            observed: `read at ${new Date(earlier.readAt).toISOString()}`,
          }),
        ];
      }
      const answer = await source.get(
        'pipelinePermissions',
        wire.pipelinePermissions,
        {
          path: { project, ...resource },
        },
      );
      const access = mapFact(answer, ({ allPipelines, pipelines }) => ({
        // The member is missing when the resource is not open to all.
        allPipelines: allPipelines?.authorized === true,
        pipelines: (pipelines ?? [])
          .filter(({ authorized }) => authorized)
          .map(({ id }) => id),
      }));
      if (access.known) {
        await checkpoints.set(`${prefix}${key}`, '1', {
          readAt: now.getTime(),
          access: access.value,
        });
      }
      return [key, access];
    }),
  );
  return new Map(entries);
}

/** Checks of many resources in one call for each hundred. */
export async function readChecks(
  resources: ResourceKey[],
  source: Source,
  project: string,
): Promise<Map<string, Fact<wire.CheckConfiguration[]>>> {
  const checks = new Map<string, Fact<wire.CheckConfiguration[]>>();
  const parts: ResourceKey[][] = [];
  for (let at = 0; at < resources.length; at += CHECKS_AT_ONCE) {
    parts.push(resources.slice(at, at + CHECKS_AT_ONCE));
  }
  await Promise.all(
    parts.map(async part => {
      const answer = await source.list('checks', wire.checkConfiguration, {
        path: { project },
        // Without it the settings are left out, and with them whether a check does anything.
        query: { $expand: 'settings' },
        body: part,
      });
      for (const resource of part) {
        const key = resourceKey(resource);
        checks.set(
          key,
          mapFact(answer, all =>
            all.filter(
              ({ resource: own }) =>
                `${own.type}/${own.id}`.toLowerCase() === key,
            ),
          ),
        );
      }
    }),
  );
  return checks;
}
