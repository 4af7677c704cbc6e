import {
  chainFact,
  Editor,
  Fact,
  known,
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
  if (!group?.subjectDescriptor) return known({ name, accounts: 0 });
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
}): Promise<Fact<Editor[]>> {
  const { source, remembered, cadence } = options;
  const groups = await Promise.all(
    [SERVICE_ACCOUNTS, ADMINISTRATORS].map(name =>
      seldom(
        `collection-group/${name}`,
        'GET _apis/graph/memberships/{descriptor}',
        cadence,
        () => readGroup(name, source, remembered),
      ),
    ),
  );
  const editors: Editor[] = [];
  for (const group of groups) {
    if (!group.known) return group;
    const { name, accounts } = group.value;
    if (accounts === 0) continue;
    editors.push({
      principal: { name, kind: 'group', broad: false },
      rights: [
        `${accounts} accounts are in it, and may do everything in the organisation`,
      ],
      administration: known('standing', group.evidence),
    });
  }
  return known(editors);
}
