import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { EntraGroups, Membership } from '../client/azure/EntraGroups';
import { CONFIGURED_AT } from '../client/azure/failures';
import { OPERATIONS } from '../client/operations';
import { callName } from '../client/refusals';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { Cadence, seldom } from './cadence';
import { expandGroup, GroupMembers, MemberRules } from './expandGroup';
import { Remembered } from './Remembered';

/** Whether somebody administers, and if so, all the time or only for a while. */
export type Administration = Fact<Membership>;

/** Who tells about groups. */
export interface GroupSources {
  source: Source;
  remembered: Remembered;
  cadence: Cadence;
  /** Set where Microsoft Graph is connected. */
  entra?: EntraGroups;
}

/** A group of Azure DevOps. */
export interface AdministeringGroup {
  descriptor: string;
  /** As people know it. */
  name: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const notConnected = (group: string) =>
  unknown<Membership>({
    code: 'not-connected',
    message: `${group} has only groups as members. Whether people are in those all the time is kept in Microsoft Entra, not in Azure DevOps.`,
    actor: 'platform-team',
    action: `Check in Microsoft Entra that membership is eligible (Privileged Identity Management) and not permanent. It is read where ${CONFIGURED_AT} is set for this organisation.`,
  });

/** What Microsoft Graph says of a group of Microsoft Entra that Azure DevOps names by its own descriptor. */
async function askEntra(
  descriptor: string,
  { source, remembered }: GroupSources,
  entra: EntraGroups,
): Promise<Administration> {
  const group = await remembered.get(`group/${descriptor}`, () =>
    source.get('group', wire.group, { path: { descriptor } }),
  );
  if (!group.known) return group;
  const { origin, originId, displayName } = group.value;
  const title = `the group ${displayName ?? originId}`;
  // Elsewhere than in Microsoft Entra the id would mean something else.
  if (origin !== 'aad' || !GUID.test(originId)) {
    return unknown({
      code: 'not-supported',
      message: `Who is in ${title} cannot be read: it is not from Microsoft Entra.`,
      call: callName(OPERATIONS.group),
      actor: 'platform-team',
      action: `Check by hand whether people are in ${title} all the time.`,
    });
  }
  return entra.membershipOf({ id: originId, title });
}

/** One that is standing decides; after that, one that is not known. */
function worstOf(all: Administration[]): Administration {
  const one = (value: Membership) =>
    all.find(each => each.known && each.value === value);
  return (
    one('standing') ??
    all.find(each => !each.known) ??
    one('time-bound') ??
    known('none')
  );
}

/** Whether those who were found in a group are in it all the time. */
async function judge(
  { accounts, entraGroups }: GroupMembers,
  { name }: AdministeringGroup,
  given: GroupSources,
): Promise<Administration> {
  const source = callName(OPERATIONS.memberships);
  if (accounts > 0)
    return known('standing', { source, observed: `${accounts} accounts` });
  if (entraGroups.length === 0)
    return known('none', { source, observed: 'nobody is in it' });
  const { entra, cadence } = given;
  if (!entra) return notConnected(name);
  return worstOf(
    await Promise.all(
      entraGroups.map(descriptor =>
        seldom(
          `entra-group/${descriptor}`,
          callName(OPERATIONS.group),
          cadence,
          () => askEntra(descriptor, given, entra),
        ),
      ),
    ),
  );
}

/** Who is in a group, and whether all the time. */
export async function administrationOfGroup(
  group: AdministeringGroup,
  rules: MemberRules,
  given: GroupSources,
): Promise<{ administration: Administration; accounts: number }> {
  const members = await seldom(
    `group-members/${group.descriptor}`,
    callName(OPERATIONS.memberships),
    given.cadence,
    () => expandGroup(group.descriptor, { ...given, rules }),
  );
  return members.known
    ? {
        administration: await judge(members.value, group, given),
        accounts: members.value.accounts,
      }
    : { administration: members, accounts: 0 };
}
