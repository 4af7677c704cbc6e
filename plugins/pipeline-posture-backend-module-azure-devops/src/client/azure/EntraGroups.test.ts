import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { Remembered } from '../../collect/Remembered';
import { Directory, EntraGroup } from './Directory';
import { EntraGroups } from './EntraGroups';
import { GroupAssignment } from './wire';

const REFUSED = unknown<never>({
  code: 'permission-missing',
  message: 'refused',
  actor: 'platform-team',
  action: 'allow it',
});

interface Group {
  members?: string[];
  assignments?: GroupAssignment[];
  eligible?: string[];
  /** What is refused about it. */
  refuses?: keyof Group;
}

const assignment = (
  principalId: string,
  own: Partial<GroupAssignment> = {},
): GroupAssignment => ({
  principalId,
  accessId: 'member',
  assignmentType: 'Assigned',
  memberType: 'Direct',
  endDateTime: null,
  ...own,
});
const activated = (principalId: string, own: Partial<GroupAssignment> = {}) =>
  assignment(principalId, {
    assignmentType: 'Activated',
    endDateTime: '2026-11-21T16:00:00Z',
    ...own,
  });

/** A directory in which members that are groups themselves are called `group-…`. */
function directory(groups: Record<string, Group>) {
  const calls: string[] = [];
  const tell =
    <T>(what: keyof Group, of: (group: Group) => T[]) =>
    async ({ id }: EntraGroup): Promise<Fact<T[]>> => {
      calls.push(`${what} ${id}`);
      const group = groups[id];
      return group && group.refuses !== what ? known(of(group)) : REFUSED;
    };
  const fake = {
    membersOf: tell('members', ({ members = [] }) =>
      members.map(id => ({ id, isGroup: id.startsWith('group-') })),
    ),
    groupAssignments: tell('assignments', each => each.assignments ?? []),
    groupEligibility: tell('eligible', ({ eligible = [] }) =>
      eligible.map(principalId => ({ principalId, accessId: 'member' })),
    ),
  } as unknown as Directory;
  const remembered = new Remembered();
  const entra = new EntraGroups(fake, (name, ask) => remembered.get(name, ask));
  return {
    calls,
    ask: (id = 'group-admins') =>
      entra.membershipOf({ id, title: 'the group Admins' }),
  };
}

const judged = async (groups: Record<string, Group>) => {
  const answer = await directory(groups).ask();
  return answer.known ? answer.value : answer.reason.code;
};

describe('membership of a group of Microsoft Entra', () => {
  it.each<[expected: string, when: string, groups: Record<string, Group>]>([
    ['none', 'nobody is in it and nobody may be', { 'group-admins': {} }],
    [
      'time-bound',
      'nobody is in it and somebody may activate it',
      { 'group-admins': { eligible: ['ada'] } },
    ],
    [
      'time-bound',
      'nobody is in it and who may activate it is refused',
      { 'group-admins': { refuses: 'eligible' } },
    ],
    [
      'time-bound',
      'all who are in it activated that',
      {
        'group-admins': {
          members: ['ada', 'bo'],
          assignments: [activated('ada'), activated('bo')],
        },
      },
    ],
    [
      'standing',
      'one of them did not',
      {
        'group-admins': {
          members: ['ada', 'bo'],
          assignments: [activated('ada')],
        },
      },
    ],
    [
      'standing',
      'an administrator put one in, even if that ends',
      {
        'group-admins': {
          members: ['ada'],
          assignments: [
            assignment('ada', { endDateTime: '2026-12-01T08:00:00Z' }),
          ],
        },
      },
    ],
    [
      'standing',
      'one activated what is assigned for good as well',
      {
        'group-admins': {
          members: ['ada'],
          assignments: [activated('ada'), assignment('ada')],
        },
      },
    ],
    [
      'standing',
      'an activation has no end',
      {
        'group-admins': {
          members: ['ada'],
          assignments: [activated('ada', { endDateTime: null })],
        },
      },
    ],
    [
      'standing',
      'a member that the list hides is assigned for good',
      { 'group-admins': { assignments: [assignment('hid')] } },
    ],
    [
      'time-bound',
      'a group in it has only members who activated that',
      {
        'group-admins': { members: ['group-leads'] },
        'group-leads': { members: ['leo'], assignments: [activated('leo')] },
      },
    ],
    [
      'time-bound',
      'a member of a group in it activated the outer one, which says that it came by a group',
      {
        'group-admins': {
          members: ['leo'],
          assignments: [activated('leo', { memberType: 'Group' })],
          eligible: ['group-leads'],
        },
      },
    ],
    [
      'time-bound',
      'nobody is in a group in it, and somebody may activate that',
      {
        'group-admins': { members: ['group-leads'] },
        'group-leads': { eligible: ['leo'] },
      },
    ],
    [
      'standing',
      'somebody is in a group in it all the time',
      {
        'group-admins': {
          members: ['ada', 'group-leads'],
          assignments: [activated('ada'), assignment('group-leads')],
        },
        'group-leads': { members: ['leo'] },
      },
    ],
    [
      'permission-missing',
      'a group in it is not read',
      {
        'group-admins': { members: ['group-leads'] },
        'group-leads': { refuses: 'members' },
      },
    ],
    [
      'permission-missing',
      'who activated membership is refused',
      { 'group-admins': { members: ['ada'], refuses: 'assignments' } },
    ],
    [
      'none',
      'groups are in each other in a circle and nobody else',
      {
        'group-admins': { members: ['group-leads'] },
        'group-leads': { members: ['group-admins'] },
      },
    ],
  ])('is %s if %s', async (expected, _, groups) => {
    expect(await judged(groups)).toBe(expected);
  });

  it('is asked for with few calls, once for all who want to know', async () => {
    const { ask, calls } = directory({ 'group-admins': { eligible: ['ada'] } });
    await ask();
    await ask();
    expect(calls).toEqual([
      'members group-admins',
      'assignments group-admins',
      'eligible group-admins',
    ]);
  });

  it('is unknown where too many groups are in one another', async () => {
    const chain = Array.from({ length: 80 }, (_, at): [string, Group] => [
      at === 0 ? 'group-admins' : `group-${at}`,
      { members: [`group-${at + 1}`] },
    ]);
    expect(await judged(Object.fromEntries(chain))).toBe('too-large');
  });
});
