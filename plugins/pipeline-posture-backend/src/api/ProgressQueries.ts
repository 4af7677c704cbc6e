import { Knex } from 'knex';
import {
  COMPLIANCES,
  FleetProgress,
  PipelineFilter,
  PipelineTrend,
  PipelineTrendPoint,
} from 'backstage-plugin-pipeline-posture-common';
import { FleetPipeline } from '../fleet/Fleet';
import { FleetIndex } from '../fleet/FleetIndex';
import { FleetView, Viewer } from '../fleet/FleetView';
import { dayAfter, dayOf } from '../history/days';
import { FixTimes, medianOf } from '../history/FixTimes';
import {
  COMPARED_DAYS,
  DAYS_KEPT,
  DayTable,
  PipelineDays,
} from '../history/PipelineDays';
import { RubricHistory } from '../history/RubricHistory';
import { filterOf } from './PipelineQueries';

const COMPLIANT = COMPLIANCES.indexOf('compliant');
const UNKNOWN = COMPLIANCES.indexOf('unknown');
const NON_COMPLIANT = COMPLIANCES.indexOf('non-compliant');
const ENDING_DAYS = 14;

const pointOf = (
  day: string,
  of: (compliance: number) => number,
): PipelineTrendPoint => {
  const [compliant, unknown, nonCompliant] = [
    of(COMPLIANT),
    of(UNKNOWN),
    of(NON_COMPLIANT),
  ];
  const pipelines = compliant + unknown + nonCompliant;
  return {
    day,
    pipelines,
    compliant,
    nonCompliant,
    unknown,
    compliantShare: Math.floor((100 * compliant) / pipelines),
  };
};

/** The last point is what the lists say of the same pipelines; a day on which none of them was read is a gap. */
function pointsOf(
  table: DayTable,
  pipelines: readonly FleetPipeline[],
  days: { since: string; last: string },
): PipelineTrendPoint[] {
  if (pipelines.length === 0) return [];
  const { byCompliance, read } = table.count(pipelines);
  const points: PipelineTrendPoint[] = [];
  for (let i = 0; i < DAYS_KEPT; i++) {
    const day = dayAfter(table.first, i);
    if (day >= days.since && day < days.last && read[i] > 0)
      points.push(pointOf(day, compliance => byCompliance[compliance][i]));
  }
  const now = COMPLIANCES.map(() => 0);
  for (const { compliance } of pipelines) now[compliance] += 1;
  return [...points, pointOf(days.last, compliance => now[compliance])];
}

/** How the pipelines of a list came to where they are, never over what the caller may not see. */
export class ProgressQueries {
  readonly #knex: Knex;
  readonly #index: FleetIndex;
  readonly #days: PipelineDays;
  readonly #fixes: FixTimes;
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
    this.#days = new PipelineDays(options.knex);
    this.#fixes = new FixTimes(options);
    this.#rubrics = options.rubrics;
    this.#now = options.now;
  }

  /** On how many days the pipelines that match complied, up to now or the day that is asked for. */
  async trend(
    query: PipelineFilter & { days: number },
    viewer: Viewer,
  ): Promise<PipelineTrend> {
    const { days, ...filter } = query;
    const last = filter.asOf ?? dayOf(this.#now());
    const since = dayAfter(last, -days + 1);
    const view = new FleetView(await this.#index.at(filter.asOf), viewer);
    const pipelines = view.matching(filterOf(filter));
    const table = await this.#days.before(last);
    const points = view.fleet.once(
      `pipelines over time ${view.fleet.nameOf(pipelines)} ${since} ${last}`,
      () => pointsOf(table, pipelines, { since, last }),
    );
    return {
      pipelines: pipelines.length,
      points,
      rubricChanges: await this.#rubrics.between(since, last),
      ...(filter.asOf && { asOf: filter.asOf }),
    };
  }

  /** What moved in the last days, of the pipelines that match. */
  async progress(
    query: Omit<PipelineFilter, 'asOf'>,
    viewer: Viewer,
  ): Promise<FleetProgress> {
    const today = dayOf(this.#now());
    const since = dayAfter(today, -COMPARED_DAYS);
    const view = new FleetView(await this.#index.at(), viewer);
    const pipelines = view.matching(filterOf(query));
    const ids = view.fleet.once(
      `ids ${view.fleet.nameOf(pipelines)}`,
      () => new Set(pipelines.map(({ id }) => id)),
    );
    const table = await this.#days.before(today);
    const then = view.fleet.once(
      `progress ${view.fleet.nameOf(pipelines)} ${since}`,
      () =>
        pointsOf(table, pipelines, { since, last: today }).find(
          ({ day }) => day === since,
        ),
    );
    const firstDay = await this.#index.firstDay();
    const isKept = firstDay !== undefined && firstDay <= since;
    const recent = await this.#fixes.recent();
    const name = view.fleet.nameOf(pipelines);
    const { fixes, median } = view.fleet.once(
      `fixes ${name} ${this.#fixes.version}`,
      () => {
        const days = recent.flatMap(fix =>
          ids.has(fix.pipelineId) ? [fix.days] : [],
        );
        return { fixes: days.length, median: medianOf(days) };
      },
    );
    const failingCritical = view.fleet.once(
      `critical ${name} ${today}`,
      () => pipelines.filter(({ id }) => table.wasCritical(id)).length,
    );
    return {
      since,
      ...(then && { compliantShare: then.compliantShare }),
      ...(then &&
        isKept && {
          failingCritical,
        }),
      exemptionsEnding: (await this.#endingSoon()).filter(id => ids.has(id))
        .length,
      fixes,
      ...(median !== undefined && { medianDaysToFix: median }),
    };
  }

  /** Pipelines in which an exemption ends soon, and none that holds longer covers the same. */
  async #endingSoon(): Promise<string[]> {
    const today = dayOf(this.#now());
    const longer = this.#knex('exemption_pipelines as l')
      .join('exemptions as x', 'x.id', 'l.exemption_id')
      .whereRaw('l.pipeline_id = p.pipeline_id and l.control_id = p.control_id')
      .where('x.state', 'active')
      .whereRaw('x.until > e.until')
      .select(this.#knex.raw('1'));
    const rows: Array<{ pipeline_id: string }> = await this.#knex(
      'exemption_pipelines as p',
    )
      .join('exemptions as e', 'e.id', 'p.exemption_id')
      .where('e.state', 'active')
      .where('e.until', '>=', today)
      .where('e.until', '<=', `${dayAfter(today, ENDING_DAYS)}T23:59:59.999Z`)
      .whereNotExists(longer)
      .distinct('p.pipeline_id');
    return rows.map(row => row.pipeline_id);
  }
}
