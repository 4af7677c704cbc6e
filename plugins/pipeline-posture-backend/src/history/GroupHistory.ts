import { Knex } from 'knex';
import {
  COMPLIANCES,
  GroupTrend,
  GroupTrendPoint,
  RollUpBy,
  TrendBy,
} from 'backstage-plugin-pipeline-posture-common';
import { FleetEntity } from '../fleet/Fleet';
import { FleetIndex } from '../fleet/FleetIndex';
import { FleetView, Viewer } from '../fleet/FleetView';
import { placesOf } from '../fleet/groupsOf';
import { chunked } from '../store/keys';
import { dayAfter, dayOf } from './days';
import { entitySpans } from './entitySpans';
import { hierarchiesSince } from './hierarchies';
import { RubricHistory } from './RubricHistory';

interface GroupDay {
  grouping: TrendBy;
  ref: string;
  day: string;
  entities: number;
  compliant: number;
  non_compliant: number;
  unknown: number;
  score_sum: number;
  rubric: string;
}

const GROUPINGS: readonly RollUpBy[] = ['owner', 'system', 'domain'];
const COMPLIANT = COMPLIANCES.indexOf('compliant');
const NON_COMPLIANT = COMPLIANCES.indexOf('non-compliant');
const EVERYTHING: Viewer = { visible: 'all', unlinked: true, evidence: false };

type Numbers = Omit<GroupDay, 'grouping' | 'ref' | 'day' | 'rubric'>;

const none = (): Numbers => ({
  entities: 0,
  compliant: 0,
  non_compliant: 0,
  unknown: 0,
  score_sum: 0,
});

function count(
  numbers: Numbers,
  entity: Pick<FleetEntity, 'score' | 'compliance'>,
  by: 1 | -1 = 1,
) {
  numbers.entities += by;
  numbers.score_sum += by * (entity.score ?? 0);
  if (entity.compliance === COMPLIANT) numbers.compliant += by;
  else if (entity.compliance === NON_COMPLIANT) numbers.non_compliant += by;
  else numbers.unknown += by;
}

const toPoint = (day: string, numbers: Numbers): GroupTrendPoint => ({
  day,
  entities: numbers.entities,
  compliant: numbers.compliant,
  nonCompliant: numbers.non_compliant,
  unknown: numbers.unknown,
  compliantShare: Math.floor((100 * numbers.compliant) / numbers.entities),
  meanScore: Math.floor(numbers.score_sum / numbers.entities),
});

/** How groups, and all together, did on each day. */
export class GroupHistory {
  readonly #knex: Knex;
  readonly #index: FleetIndex;
  readonly #rubrics: RubricHistory;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    index: FleetIndex;
    rubrics: RubricHistory;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#index = options.index;
    this.#rubrics = options.rubrics;
    this.#now = options.now;
  }

  /** Keeps by which rules this process judges. */
  noteRubric(): Promise<void> {
    return this.#rubrics.note(this.#now());
  }

  /**
   * Writes today's numbers of every group; the last writing of a day stands.
   * Nothing is written for a day on which nothing was read: that is a gap.
   */
  async noteToday(): Promise<void> {
    const day = dayOf(this.#now());
    const read = await this.#knex('scopes')
      .where('last_good_run_at', '>=', day)
      .first('key');
    if (!read) return;
    const view = new FleetView(await this.#index.at(), EVERYTHING);
    const groups = new Map<string, Numbers>();
    const add = (grouping: TrendBy, ref: string, entity: FleetEntity) => {
      const key = `${grouping} ${ref}`;
      const numbers = groups.get(key) ?? none();
      groups.set(key, numbers);
      count(numbers, entity);
    };
    for (const entity of view.entities()) {
      if (entity.score === undefined) continue;
      add('fleet', '', entity);
      for (const by of GROUPINGS)
        for (const place of placesOf(view.fleet.hierarchy, entity, by))
          add(by, place ?? '', entity);
    }
    const { rubric } = this.#rubrics;
    const rows = [...groups].map(([key, numbers]): GroupDay => {
      const [grouping] = key.split(' ', 1) as [TrendBy];
      const ref = key.slice(grouping.length + 1);
      return { grouping, ref, day, rubric, ...numbers };
    });
    await this.#write(day, rows);
  }

  async #write(day: string, rows: readonly GroupDay[]): Promise<void> {
    const known: GroupDay[] = await this.#knex('group_daily').where({ day });
    const name = (row: GroupDay) => `${row.grouping} ${row.ref}`;
    const old = new Map(known.map(row => [name(row), row]));
    const changed = rows.filter(row => {
      const before = old.get(name(row));
      return (
        !before ||
        (Object.keys(row) as Array<keyof GroupDay>).some(
          key => before[key] !== row[key],
        )
      );
    });
    const kept = new Set(rows.map(name));
    for (const row of known.filter(one => !kept.has(name(one)))) {
      const { grouping, ref } = row;
      await this.#knex('group_daily').where({ grouping, ref, day }).delete();
    }
    for (const chunk of chunked(changed)) {
      await this.#knex('group_daily')
        .insert(chunk)
        .onConflict(['grouping', 'ref', 'day'])
        .merge();
    }
  }

  /** The trend of a group over the entities that the viewer may see. */
  async trend(
    query: { by: TrendBy; ref?: string; days: number },
    viewer: Viewer,
  ): Promise<GroupTrend> {
    const { by, ref } = query;
    const today = dayOf(this.#now());
    const since = dayAfter(today, -query.days + 1);
    const fleet: GroupDay[] = await this.#knex('group_daily')
      .where({ grouping: 'fleet' })
      .where('day', '>=', since)
      .orderBy('day');
    return {
      by,
      ...(ref !== undefined && { ref }),
      points:
        viewer.visible === 'all'
          ? await this.#stored(by, ref, since)
          : await this.#visible(
              query,
              viewer.visible,
              fleet.map(row => row.day),
            ),
      rubricChanges: await this.#rubrics.changes(fleet),
    };
  }

  async #stored(by: TrendBy, ref = '', since: string) {
    const rows: GroupDay[] = await this.#knex('group_daily')
      .where({ grouping: by, ref })
      .where('day', '>=', since)
      .orderBy('day');
    return rows.map(row => toPoint(row.day, row));
  }

  /**
   * Sums of some entities are not stored: they follow from what each entity was on each day, to whom it belonged, and
   * what was above that.
   */
  async #visible(
    { by, ref }: { by: TrendBy; ref?: string },
    visible: ReadonlySet<string>,
    days: readonly string[],
  ): Promise<GroupTrendPoint[]> {
    if (days.length === 0) return [];
    const hierarchyOf = await hierarchiesSince(this.#knex, days[0]);
    const spans = (await entitySpans(this.#knex, days[0])).filter(span =>
      visible.has(span.ref),
    );
    return days.flatMap(day => {
      const hierarchy = hierarchyOf(day);
      const numbers = none();
      for (const span of spans) {
        if (day < span.from || span.until <= day) continue;
        if (by === 'fleet' || placesOf(hierarchy, span, by).includes(ref))
          count(numbers, span);
      }
      return numbers.entities === 0 ? [] : [toPoint(day, numbers)];
    });
  }
}
