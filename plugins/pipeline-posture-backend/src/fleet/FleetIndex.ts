import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { dayAfter, dayOf } from '../history/days';
import { ControlNumbers } from './ControlNumbers';
import { Fleet, FleetEntity, FleetPipeline } from './Fleet';
import { FleetReader, FleetVersions } from './FleetReader';

/** Days of the past whose fleet is kept in memory. */
const MOST_DAYS = 3;
const KEEP_DAY_MS = 5 * 60_000;
/** Above this many pipelines the fleet is put together anew at most this often, however fast things change. */
const LARGE = 20_000;
const LARGE_EVERY_MS = 5_000;
/** The earliest day does not move while a process looks; asking again now and then is enough. */
const KEEP_FIRST_DAY_MS = 60_000;

/**
 * The fleet in memory, so that lists, totals and sums over it take milliseconds and agree with each other.
 *
 * The database stays the truth: every question first compares a number for each scope, and reads anew only the scopes
 * and entities that changed since.
 */
export class FleetIndex {
  readonly #reader: FleetReader;
  readonly #numbers: ControlNumbers;
  readonly #now: () => Date;
  readonly #keepHistoryMs: number;
  readonly #byScope = new Map<string, FleetPipeline[]>();
  readonly #entities = new Map<string, FleetEntity>();
  readonly #days = new Map<string, { at: number; fleet: Promise<Fleet> }>();
  #versions?: FleetVersions;
  #fleet?: Fleet;
  #builtAt = 0;
  #parents: Map<string, string | undefined> = new Map();
  #refreshing: Promise<unknown> = Promise.resolve();
  #firstDay?: { at: number; day: string | undefined };

  constructor(options: {
    knex: Knex;
    numbers: ControlNumbers;
    now: () => Date;
    keepHistoryMs: number;
  }) {
    this.#reader = new FleetReader(options.knex);
    this.#numbers = options.numbers;
    this.#now = options.now;
    this.#keepHistoryMs = options.keepHistoryMs;
  }

  /**
   * The fleet as it is, or as it was at the end of a day.
   *
   * @throws InputError for a day that has not come, or of which nothing is kept
   */
  async at(day?: string): Promise<Fleet> {
    const past = await this.pastDay(day);
    return past === undefined ? this.#current() : this.#asOf(past);
  }

  /**
   * The day, if it is over; undefined for now.
   *
   * @throws InputError for a day that has not come, or of which nothing is kept
   */
  async pastDay(day: string | undefined): Promise<string | undefined> {
    if (day === undefined) return undefined;
    const today = dayOf(this.#now());
    if (day > today)
      throw new InputError(
        `asOf: ${day} has not come; today is ${today} (UTC)`,
      );
    const first = await this.firstDay();
    if (first === undefined)
      throw new InputError('asOf: nothing has been recorded yet');
    if (day < first)
      throw new InputError(
        `asOf: nothing is recorded of ${day}; the first day is ${first}`,
      );
    return day === today ? undefined : day;
  }

  /** The first day that can be asked for. */
  async firstDay(): Promise<string | undefined> {
    const at = Date.now();
    if (!this.#firstDay?.day || at - this.#firstDay.at > KEEP_FIRST_DAY_MS)
      this.#firstDay = { at, day: await this.#reader.firstDay() };
    const { day } = this.#firstDay;
    // What ended before the retention was removed: days before it are no longer complete.
    const kept = dayAfter(
      dayOf(new Date(this.#now().getTime() - this.#keepHistoryMs)),
    );
    return day !== undefined && day < kept ? kept : day;
  }

  #asOf(day: string): Promise<Fleet> {
    const kept = this.#days.get(day);
    if (kept && Date.now() - kept.at < KEEP_DAY_MS) return kept.fleet;
    const fleet = this.#load(day);
    this.#days.delete(day);
    this.#days.set(day, { at: Date.now(), fleet });
    fleet.catch(() => {
      if (this.#days.get(day)?.fleet === fleet) this.#days.delete(day);
    });
    if (this.#days.size > MOST_DAYS) {
      const [oldest] = this.#days.keys();
      this.#days.delete(oldest);
    }
    return fleet;
  }

  async #load(day: string): Promise<Fleet> {
    const controls = await this.#numbers.ids();
    return new Fleet({ ...(await this.#reader.asOf(day)), controls });
  }

  async #current(): Promise<Fleet> {
    const refreshed = this.#refreshing.then(
      () => this.#refresh(),
      () => this.#refresh(),
    );
    this.#refreshing = refreshed.catch(() => {});
    return refreshed;
  }

  async #refresh(): Promise<Fleet> {
    const known = this.#versions;
    const large = (this.#fleet?.pipelines.length ?? 0) > LARGE;
    if (this.#fleet && large && Date.now() - this.#builtAt < LARGE_EVERY_MS)
      return this.#fleet;
    const versions = await this.#reader.versions();
    const scopes = known && changedScopes(known, versions);
    const changed =
      !known ||
      (scopes?.length ?? 0) > 0 ||
      known.entities !== versions.entities ||
      known.org !== versions.org;
    if (!changed && this.#fleet) return this.#fleet;
    if (!scopes || scopes.length > 0) await this.#readPipelines(scopes);
    if (known?.entities !== versions.entities)
      await this.#readEntities(known?.entities ?? -1);
    if (known?.org !== versions.org)
      this.#parents = await this.#reader.parents();
    this.#versions = versions;
    this.#builtAt = Date.now();
    this.#fleet = new Fleet({
      pipelines: [...this.#byScope.values()].flat(),
      entities: this.#entities.values(),
      parents: this.#parents,
      controls: await this.#numbers.ids(),
    });
    return this.#fleet;
  }

  async #readPipelines(scopes: readonly string[] | undefined) {
    const pipelines = await this.#reader.pipelines(scopes);
    if (scopes) scopes.forEach(key => this.#byScope.delete(key));
    else this.#byScope.clear();
    for (const pipeline of pipelines) {
      const list = this.#byScope.get(pipeline.scopeKey);
      if (list) list.push(pipeline);
      else this.#byScope.set(pipeline.scopeKey, [pipeline]);
    }
  }

  async #readEntities(after: number) {
    const { gone, entities } = await this.#reader.entities(after);
    gone.forEach(ref => this.#entities.delete(ref));
    entities.forEach(entity => this.#entities.set(entity.ref, entity));
  }
}

function changedScopes(known: FleetVersions, now: FleetVersions): string[] {
  const keys = new Set([...known.scopes.keys(), ...now.scopes.keys()]);
  return [...keys].filter(key => known.scopes.get(key) !== now.scopes.get(key));
}
