import {
  Fact,
  known,
  mapFact,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { Remembered } from './Remembered';

/** Who is in a group of Azure DevOps, directly or through other groups of Azure DevOps. */
export interface GroupMembers {
  accounts: number;
  /** Descriptors of groups of Microsoft Entra, whose members Azure DevOps does not tell. */
  entraGroups: string[];
}

/** How the members of a group are looked at. */
export interface MemberRules {
  /** Whether a member that is no group counts as an account. */
  isAccount(descriptor: string): boolean;
  /** Whether the members of a group of Azure DevOps that is in it count as well. */
  follows(descriptor: string): boolean;
}

/**
 * Kinds of members that are somebody: people, and what signs in by itself. Of
 * the others the service says itself that it does not know what they are
 * (`unusr`, `ungrp`). The kinds are listed in `Graph/Constants.cs` of
 * Microsoft's client libraries.
 */
const SOMEBODY = /^(aad|aadsp|acs|bnd|csp|imp|msa|s2s|svc|win)\./;

const MAX_GROUPS = 200;
const CALL = 'GET _apis/graph/memberships/{descriptor}';

const TOO_MANY: UnknownReason = {
  code: 'too-large',
  message: `More than ${MAX_GROUPS} groups are in a group that administers pipelines, one in the other, so not all of them are read.`,
  call: CALL,
  actor: 'platform-team',
  action: 'Take groups out of it until it is clear who administers.',
};

const unknownKind = (descriptor: string): UnknownReason => ({
  code: 'not-supported',
  message: `A member of a group that administers pipelines is of a kind that is not known ("${
    descriptor.split('.')[0]
  }"), so it may be an account or nobody.`,
  call: CALL,
  actor: 'platform-team',
  action:
    'Look the member up in the permissions of the organisation, and take it out if nobody needs it.',
});

/** Direct members of a group, by descriptor; asked once for all projects. */
function membersOf(
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

/**
 * Goes from a group to the groups in it, level by level, each once. A group
 * that cannot be read, or a member of a kind that is not known, makes the
 * answer unknown, unless accounts were found: more of them would change nothing.
 */
export async function expandGroup(
  descriptor: string,
  {
    source,
    remembered,
    rules,
  }: { source: Source; remembered: Remembered; rules: MemberRules },
): Promise<Fact<GroupMembers>> {
  const seen = new Set([descriptor]);
  const accounts = new Set<string>();
  const entraGroups = new Set<string>();
  let gap: UnknownReason | undefined;
  let next = [descriptor];
  while (next.length > 0 && seen.size <= MAX_GROUPS) {
    const answers = await Promise.all(
      next.map(each => membersOf(each, source, remembered)),
    );
    const members = new Set<string>();
    for (const answer of answers) {
      if (answer.known) answer.value.forEach(each => members.add(each));
      else gap ??= answer.reason;
    }
    for (const each of members) {
      if (/^vssgp\./.test(each)) continue;
      if (/^aadgp\./.test(each)) entraGroups.add(each);
      else if (!SOMEBODY.test(each)) gap ??= unknownKind(each);
      else if (rules.isAccount(each)) accounts.add(each);
    }
    next = [...members].filter(
      each => /^vssgp\./.test(each) && !seen.has(each) && rules.follows(each),
    );
    next.forEach(each => seen.add(each));
  }
  if (next.length > 0) gap ??= TOO_MANY;
  if (gap && accounts.size === 0) return unknown(gap);
  return known(
    { accounts: accounts.size, entraGroups: [...entraGroups].sort() },
    { source: CALL, observed: `${accounts.size} accounts` },
  );
}
