import {
  chainFact,
  Editor,
  Fact,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { Cadence, seldom } from './cadence';
import { membersOf } from './readAdministration';
import { bareGroupName } from './readPermissions';
import { Remembered } from './Remembered';

const SERVICE_ACCOUNTS = 'Project Collection Service Accounts';
const ADMINISTRATORS = 'Project Collection Administrators';

/** Groups, and the identities of the service itself, are nobody's account. */
const NOBODY = /^(vssgp|aadgp|svc|s2s|unusr)\./;

interface CollectionGroup {
  name: string;
  /** How many people or applications are in it directly. */
  accounts: number;
}

const notFound = (name: string): UnknownReason => ({
  code: 'not-found',
  message: `The group ${name} was not found: it has another name on this server, or the reader may not see it.`,
  call: 'GET _apis/identities',
  permission: 'View user and group information',
  actor: 'platform-team',
  action: `Check who is in the group that stands for ${name}.`,
});

async function readGroup(
  name: string,
  source: Source,
  remembered: Remembered,
): Promise<Fact<CollectionGroup>> {
  const found = await remembered.get(`identities/${name}`, () =>
    source.list('identities', wire.identity.nullable(), {
      query: { searchFilter: 'General', filterValue: name },
    }),
  );
  if (!found.known) return found;
  const group = found.value.find(
    each =>
      each?.isContainer === true &&
      bareGroupName(each.providerDisplayName ?? '') === name.toLowerCase(),
  );
  // Both are in every organisation: one that is not found has another name, or is hidden.
  if (!group?.subjectDescriptor) return unknown(notFound(name));
  const members = await membersOf(group.subjectDescriptor, source, remembered);
  return chainFact(members, all =>
    known({
      name: group.providerDisplayName ?? name,
      accounts: all.filter(each => !NOBODY.test(each)).length,
    }),
  );
}

/**
 * Groups of the organisation whose members may do everything to every pipeline,
 * as far as accounts are directly in them. The group of service accounts
 * inherits all that administrators may, and nobody should be in it.
 */
export async function readCollectionGroups(options: {
  source: Source;
  remembered: Remembered;
  cadence: Cadence;
}): Promise<Editor[]> {
  const { source, remembered, cadence } = options;
  const groups = await Promise.all(
    [SERVICE_ACCOUNTS, ADMINISTRATORS].map(async name => {
      const group = await seldom(
        `collection-group/${name}`,
        'GET _apis/graph/memberships/{descriptor}',
        cadence,
        () => readGroup(name, source, remembered),
      );
      return { name, group };
    }),
  );
  return groups.flatMap(({ name, group }): Editor[] => {
    const principal = (title: string): Editor['principal'] => ({
      name: title,
      kind: 'group',
      broad: false,
    });
    if (!group.known) {
      return [
        {
          principal: principal(name),
          rights: ['everything in the organisation'],
          administration: group,
        },
      ];
    }
    const { accounts } = group.value;
    if (accounts === 0) return [];
    return [
      {
        principal: principal(group.value.name),
        rights: [`${accounts} accounts in it may do everything`],
        administration: known('standing', group.evidence),
      },
    ];
  });
}
