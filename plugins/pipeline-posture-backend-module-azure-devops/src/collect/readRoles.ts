import {
  Fact,
  known,
  mapFact,
  Principal,
} from 'backstage-plugin-pipeline-posture-common';
import { Checkpoints } from 'backstage-plugin-pipeline-posture-node';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { principalFrom } from '../normalize/gates';
import { resourceKey, ResourceKey } from './protectedResources';

/** Somebody with a role on a resource. */
export interface RoleHolder {
  principal: Principal;
  /** `Reader`, `User`, `Creator`, `Administrator`. */
  role: string;
}

const SCOPES: Partial<Record<ResourceKey['type'], string>> = {
  endpoint: 'distributedtask.serviceendpointrole',
  environment: 'distributedtask.environmentreferencerole',
  variablegroup: 'distributedtask.variablegroup',
};

export interface ReadRolesOptions {
  source: Source;
  project: wire.Project;
  checkpoints: Checkpoints;
  broadGroups: ReadonlySet<string>;
  now: Date;
  maxAgeMs: number;
}

/** The id under which roles on a resource are kept. */
function roleResource({ type, id }: ResourceKey, projectId: string): string {
  return type === 'variablegroup' ? `${projectId}$${id}` : `${projectId}_${id}`;
}

/** Reads who holds which role, one call for each resource; remembered like pipeline permissions. */
export async function readRoles(
  resources: ResourceKey[],
  options: ReadRolesOptions,
): Promise<Map<string, Fact<RoleHolder[]>>> {
  const { source, project, checkpoints, broadGroups, now, maxAgeMs } = options;
  const prefix = `roles/${project.name}/`;
  const remembered = await checkpoints.list<{
    readAt: number;
    holders: RoleHolder[];
  }>(prefix);
  const entries = await Promise.all(
    resources.map(async (resource): Promise<[string, Fact<RoleHolder[]>]> => {
      const key = resourceKey(resource);
      const evidence = {
        source:
          'GET _apis/securityroles/scopes/{scopeId}/roleassignments/resources/{resourceId}',
      };
      const earlier = remembered.get(`${prefix}${key}`)?.value;
      if (earlier && now.getTime() - earlier.readAt < maxAgeMs) {
        return [key, known(earlier.holders, evidence)];
      }
      const answer = await source.list('roleAssignments', wire.roleAssignment, {
        path: {
          scopeId: SCOPES[resource.type] ?? '',
          resourceId: roleResource(resource, project.id),
        },
      });
      const holders = mapFact(answer, all =>
        all.map(({ identity, role }) => ({
          principal: principalFrom(identity, broadGroups),
          role: role.name,
        })),
      );
      if (holders.known) {
        await checkpoints.set(`${prefix}${key}`, '1', {
          readAt: now.getTime(),
          holders: holders.value,
        });
      }
      return [key, holders];
    }),
  );
  return new Map(entries);
}
