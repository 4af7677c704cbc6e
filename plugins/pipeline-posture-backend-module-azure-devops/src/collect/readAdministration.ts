import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import {
  Administration,
  administrationOfGroup,
  GroupSources,
} from './administrationOfGroup';
import { MemberRules } from './expandGroup';
import { CollectionGroups } from './readCollectionGroups';
import { Holder, PermissionTable } from './readPermissions';

const ADMINISTERS = [
  'AdministerBuildPermissions',
  'AdministerReleasePermissions',
];

/** True if the holder can give permissions on pipelines to others. */
export const administers = ({ allowed }: Holder) =>
  ADMINISTERS.some(each => allowed.has(each));

/** Finds out for each group that administers pipelines who is in it, by the descriptor of the group: names are not unique. */
export async function readAdministration(
  tables: Array<Fact<PermissionTable>>,
  { judged, serviceAccounts }: CollectionGroups,
  given: GroupSources,
): Promise<Map<string, Administration>> {
  const groups = new Map<string, string>();
  for (const table of tables) {
    for (const holder of table.known ? [...table.value.values()].flat() : []) {
      if (administers(holder) && holder.groupDescriptor) {
        groups.set(holder.groupDescriptor, holder.principal.name);
      }
    }
  }
  const rules: MemberRules = {
    isAccount: () => true,
    // It is judged by itself, and full of the service's own accounts.
    follows: descriptor => descriptor !== serviceAccounts,
  };
  const entries = await Promise.all(
    [...groups].map(
      async ([descriptor, name]): Promise<[string, Administration]> => {
        const before = judged.get(descriptor);
        if (before) return [descriptor, before];
        const { administration } = await administrationOfGroup(
          { descriptor, name },
          rules,
          given,
        );
        return [descriptor, administration];
      },
    ),
  );
  return new Map(entries);
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
