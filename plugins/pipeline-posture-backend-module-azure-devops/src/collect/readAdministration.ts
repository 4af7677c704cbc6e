import {
  Fact,
  known,
  mapFact,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { Holder, PermissionTable } from './readPermissions';
import { Cadence, seldom } from './cadence';
import { Remembered } from './Remembered';

/** Whether somebody administers, and if so, all the time or only for a while. */
export type Administration = Fact<'none' | 'standing' | 'time-bound'>;

const ADMINISTERS = [
  'AdministerBuildPermissions',
  'AdministerReleasePermissions',
];

/** True if the holder can give permissions on pipelines to others. */
export const administers = ({ allowed }: Holder) =>
  ADMINISTERS.some(each => allowed.has(each));

/** What the members of a group say. Who is in an Entra group only for a while is not told by Azure DevOps. */
function fromMembers(members: string[], group: string): Administration {
  const evidence = {
    source: 'GET _apis/graph/memberships/{descriptor}',
    observed: `${members.length} direct members`,
  };
  if (members.length === 0) return known('none', evidence);
  const nested = members.filter(each => /^(aadgp|vssgp)\./.test(each));
  if (nested.length < members.length) return known('standing', evidence);
  return unknown({
    code: 'not-connected',
    message: `${group} has only groups as members. Whether people are in those all the time is kept in Microsoft Entra, not in Azure DevOps.`,
    actor: 'platform-team',
    action:
      'Check in Microsoft Entra that membership is eligible (Privileged Identity Management) and not permanent.',
  });
}

/** Finds out for each group that administers pipelines who is in it, by the descriptor of the group: names are not unique. */
export async function readAdministration(
  tables: Array<Fact<PermissionTable>>,
  {
    source,
    remembered,
    cadence,
  }: { source: Source; remembered: Remembered; cadence: Cadence },
): Promise<Map<string, Administration>> {
  const groups = new Map<string, string>();
  for (const table of tables) {
    for (const holder of table.known ? [...table.value.values()].flat() : []) {
      if (administers(holder) && holder.groupDescriptor) {
        groups.set(holder.groupDescriptor, holder.principal.name);
      }
    }
  }
  const entries = await Promise.all(
    [...groups].map(
      async ([descriptor, name]): Promise<[string, Administration]> => {
        const members = await seldom(
          `members/${descriptor}`,
          'GET _apis/graph/memberships/{descriptor}',
          cadence,
          () => membersOf(descriptor, source, remembered),
        );
        return [
          descriptor,
          members.known ? fromMembers(members.value, name) : members,
        ];
      },
    ),
  );
  return new Map(entries);
}

/** Direct members of a group, by descriptor; asked once for all projects. */
export function membersOf(
  descriptor: string,
  source: Source,
  remembered: Remembered,
): Promise<Fact<string[]>> {
  return remembered.get(`members/${descriptor}`, async () =>
    mapFact(
      await source.list('memberships', wire.membership, {
        path: { descriptor },
        query: { direction: 'down' },
      }),
      all => all.map(({ memberDescriptor }) => memberDescriptor),
    ),
  );
}

/** Whether a holder administers all the time. */
export function administrationOf(
  holder: Holder,
  groups: ReadonlyMap<string, Administration>,
): Administration {
  if (!administers(holder)) return known('none');
  const { name, kind } = holder.principal;
  if (kind === 'user')
    return known('standing', {
      source: 'GET _apis/accesscontrollists/{namespace}',
      observed: name,
    });
  // Builds are judged by the permissions of their identity, not as people.
  if (kind === 'service') return known('none');
  return (
    groups.get(holder.groupDescriptor ?? '') ??
    unknown({
      code: 'not-found',
      message: `Who is in ${name} could not be read.`,
      permission: 'Graph (Read) (vso.graph)',
      actor: 'platform-team',
      action: 'Give the token of the reader the scope Graph (Read).',
    })
  );
}
