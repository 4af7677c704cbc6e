import {
  chainFact,
  Fact,
  known,
  mapFact,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { Directory, EntraGroup, GroupMember } from './Directory';
import { AZURE_OPERATIONS } from './operations';
import * as wire from './wire';

/** Whether somebody is in a group, and if so, all the time or only after activating it. */
export type Membership = 'none' | 'standing' | 'time-bound';

/** What one group tells of its direct members. */
export interface GroupReading {
  /** How many accounts are in it without having activated that. */
  standing: number;
  /** How many activated their membership, which ends by itself. */
  activated: number;
  /** Object ids of groups that are in it all the time. */
  nested: string[];
}

const MAX_GROUPS = 50;

const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0);

/**
 * Tells apart who activated membership and who has it without. What an
 * administrator assigned counts as standing even if it ends: until then nobody
 * has to activate anything.
 */
export function readingOf(
  members: GroupMember[],
  assignments: wire.GroupAssignment[],
): GroupReading {
  const isActivated = (each: wire.GroupAssignment) =>
    /^activated$/i.test(each.assignmentType) && Boolean(each.endDateTime);
  const idsOf = (some: wire.GroupAssignment[]) =>
    new Set(some.map(({ principalId }) => principalId.toLowerCase()));
  // What comes through another group is judged by that group.
  const assigned = idsOf(
    assignments.filter(
      each => !isActivated(each) && !/^group$/i.test(each.memberType),
    ),
  );
  const activated = idsOf(assignments.filter(isActivated));
  const lasting = members.filter(
    ({ id }) => assigned.has(id) || !activated.has(id),
  );
  const listed = new Set(members.map(({ id }) => id));
  // Hidden members are not in the list, but their assignments are.
  const hidden = [...assigned].filter(id => !listed.has(id));
  return {
    standing: lasting.filter(each => !each.isGroup).length + hidden.length,
    activated: [...activated].filter(id => !assigned.has(id)).length,
    nested: lasting.filter(each => each.isGroup).map(({ id }) => id),
  };
}

const tooMany = ({ title }: EntraGroup): UnknownReason => ({
  code: 'too-large',
  message: `More than ${MAX_GROUPS} groups are in ${title}, one in the other, so not all of them are read.`,
  call: AZURE_OPERATIONS.members.call,
  actor: 'cloud-administrator',
  action: `Put people into ${title} directly, as eligible members.`,
});

/** Finds out of groups of Microsoft Entra whether people are in them all the time, asking about each group once. */
export class EntraGroups {
  readonly #directory: Directory;
  readonly #remember: <T>(
    name: string,
    ask: () => Promise<Fact<T>>,
  ) => Promise<Fact<T>>;

  /** @param remember - gives the answer that was given under a name before, or asks */
  constructor(
    directory: Directory,
    remember: <T>(
      name: string,
      ask: () => Promise<Fact<T>>,
    ) => Promise<Fact<T>>,
  ) {
    this.#directory = directory;
    this.#remember = remember;
  }

  /** Follows groups that are in the group all the time. One account that is in any of them all the time decides. */
  async membershipOf(group: EntraGroup): Promise<Fact<Membership>> {
    const source = AZURE_OPERATIONS.groupAssignments.call;
    const seen = new Map([[group.id.toLowerCase(), group]]);
    let activated = 0;
    let next = [group];
    while (next.length > 0) {
      if (seen.size > MAX_GROUPS) return unknown(tooMany(group));
      const read = await Promise.all(next.map(each => this.#read(each)));
      const readings = read.flatMap(each => (each.known ? [each.value] : []));
      const standing = sum(readings.map(each => each.standing));
      if (standing > 0) {
        const observed = `${standing} are in ${group.title} without activating it`;
        return known('standing', { source, observed });
      }
      for (const each of read) if (!each.known) return each;
      activated += sum(readings.map(each => each.activated));
      next = [...new Set(readings.flatMap(({ nested }) => nested))]
        .filter(id => !seen.has(id))
        .map(id => ({ id, title: `a group in ${group.title}` }));
      for (const each of next) seen.set(each.id, each);
    }
    if (activated > 0) {
      const observed = `${activated} activated membership of ${group.title}`;
      return known('time-bound', { source, observed });
    }
    return this.#withoutMembers([...seen.values()]);
  }

  /** Nobody is in the groups now. Whether somebody may activate that only tells two good answers apart. */
  async #withoutMembers(groups: EntraGroup[]): Promise<Fact<Membership>> {
    const source = AZURE_OPERATIONS.groupEligibility.call;
    for (const group of groups) {
      const eligible = await this.#remember(`eligible/${group.id}`, () =>
        this.#directory.groupEligibility(group),
      );
      if (!eligible.known || eligible.value.length > 0) {
        const observed = `nobody is in ${groups[0].title} now`;
        return known('time-bound', { source, observed });
      }
    }
    return known('none', {
      source,
      observed: `nobody is in ${groups[0].title}, and nobody may activate it`,
    });
  }

  #read(group: EntraGroup): Promise<Fact<GroupReading>> {
    return this.#remember(`members/${group.id}`, async () => {
      const [members, assignments] = await Promise.all([
        this.#directory.membersOf(group),
        this.#directory.groupAssignments(group),
      ]);
      return chainFact(members, all =>
        mapFact(assignments, given => readingOf(all, given)),
      );
    });
  }
}
