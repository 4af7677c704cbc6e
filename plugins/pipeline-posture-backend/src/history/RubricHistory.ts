import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import {
  RubricChange,
  ScoringPolicy,
} from 'backstage-plugin-pipeline-posture-common';
import { Control } from 'backstage-plugin-pipeline-posture-node';

/** What a rubric is made of, as far as a reader wants to know what changed. */
interface RubricContent {
  /** A short text by control id, which changes with its rule, severity or dimension. */
  controls: Record<string, string>;
  policy: string;
}

const hashOf = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

/** Which controls and policy results were made with, so that a step in a trend can be told from a change of rules. */
export class RubricHistory {
  readonly rubric: string;
  readonly #knex: Knex;
  readonly #content: RubricContent;

  constructor(options: {
    knex: Knex;
    rubric: string;
    controls: readonly Control[];
    policy: ScoringPolicy;
  }) {
    this.rubric = options.rubric;
    this.#knex = options.knex;
    this.#content = {
      controls: Object.fromEntries(
        options.controls.map(c => [
          c.id,
          hashOf([c.severity, c.dimension, c.lifecycle, c.measure]),
        ]),
      ),
      policy: hashOf(options.policy),
    };
  }

  /** Keeps what this process judges by. */
  async note(now: Date): Promise<void> {
    await this.#knex('rubrics')
      .insert({
        rubric: this.rubric,
        at: now.toISOString(),
        content: JSON.stringify(this.#content),
      })
      .onConflict('rubric')
      .ignore();
  }

  /** Days between two, both among them, on which the rules changed. */
  async between(first: string, last: string): Promise<RubricChange[]> {
    const days: Array<{ day: string; rubric: string }> = await this.#knex(
      'group_daily',
    )
      .where({ grouping: 'fleet' })
      .where('day', '>=', first)
      .where('day', '<=', last)
      .orderBy('day')
      .select('day', 'rubric');
    return this.changes(days);
  }

  /** Days on which results were made by other rules than on the day before them. */
  async changes(
    days: ReadonlyArray<{ day: string; rubric: string }>,
  ): Promise<RubricChange[]> {
    const steps = days.flatMap(({ day, rubric }, i) =>
      i > 0 && days[i - 1].rubric !== rubric
        ? [{ day, before: days[i - 1].rubric, after: rubric }]
        : [],
    );
    if (steps.length === 0) return [];
    const rows: Array<{ rubric: string; content: string }> = await this.#knex(
      'rubrics',
    ).whereIn('rubric', [
      ...new Set(steps.flatMap(({ before, after }) => [before, after])),
    ]);
    const contents = new Map(
      rows.map(row => [row.rubric, JSON.parse(row.content) as RubricContent]),
    );
    return steps.map(({ day, before, after }) => {
      const old = contents.get(before)?.controls ?? {};
      const now = contents.get(after)?.controls ?? {};
      return {
        day,
        controlsAdded: Object.keys(now).filter(id => !(id in old)),
        controlsRemoved: Object.keys(old).filter(id => !(id in now)),
        controlsChanged: Object.keys(now).filter(
          id => id in old && old[id] !== now[id],
        ),
        policyChanged:
          contents.get(before)?.policy !== contents.get(after)?.policy,
      };
    });
  }
}
