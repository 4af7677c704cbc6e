import { performance } from 'node:perf_hooks';
import { BenchRow } from '../azure-devops/row';
import { startApi } from './apiServer';
import { benchDatabases, BenchDatabase, postgresNote } from './database';
import { fill } from './fill';

const SMALL = 5_000;
const LARGE = 50_000;
const WARM_UPS = 5;
const REQUESTS = 60;

interface Question {
  what: string;
  barMs: number;
  path(round: number): string;
  /** True where each question is a new one, so that its time follows the size of the fleet. */
  isNeverKept?: boolean;
}

const PAGE = 200;
const SIZE = 25;
const lists: Array<[string, string]> = [
  ['by score', 'sort=score&order=asc'],
  ['by name, failing critical', 'sort=name&severity=critical'],
  [
    'by failing, production, non-compliant',
    'sort=failing&order=desc&tier=production&compliance=non-compliant',
  ],
];

const QUESTIONS: Question[] = [
  {
    what: 'Posture of an entity',
    barMs: 20,
    path: round =>
      `/entities/component/default/${1 + (round % 20)}e${1 + (round % 90)}`,
  },
  ...lists.flatMap(([name, query]): Question[] => [
    {
      what: `First page ${name}`,
      barMs: 100,
      path: () => `/pipelines?${query}&size=${SIZE}`,
    },
    {
      what: `Page ${PAGE} ${name}`,
      barMs: 100,
      path: () => `/pipelines?${query}&size=${SIZE}&page=${PAGE}`,
    },
  ]),
  { what: 'Summary of the fleet', barMs: 300, path: () => '/summary' },
  { what: 'Roll-up by owner', barMs: 300, path: () => '/rollups?by=owner' },
  {
    what: 'Values of all filters',
    barMs: 300,
    path: () => '/facets?tier=production',
  },
  {
    what: 'Compliant pipelines over 90 days',
    barMs: 300,
    path: () => '/trends/pipelines',
  },
  {
    // Another filter each time, so that nothing is answered from what was kept: it takes as long as there are pipelines.
    what: 'Compliant pipelines over 90 days, of a team',
    barMs: 300,
    isNeverKept: true,
    path: round =>
      `/trends/pipelines?tier=production&owner=group:default/department-${
        round % 25
      }&grade=${'ABCD'[round % 4]}`,
  },
  { what: 'What moved in the fleet', barMs: 300, path: () => '/progress' },
];

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

interface Measured {
  p50: number;
  p95: number;
  first: number;
}

type Api = Awaited<ReturnType<typeof startApi>>;

/** Nine of ten entities may be read, and every pipeline belongs to one: otherwise nothing that follows means anything. */
async function mustBeFilled(api: Api, { knex }: BenchDatabase): Promise<void> {
  const { pipelines } = JSON.parse((await api.get('/summary')).body);
  const [{ n }] = await knex('pipelines').count({ n: '*' });
  if (pipelines !== Number(n) * 0.9)
    throw new Error(`The caller sees ${pipelines} of ${n} pipelines`);
}

async function timeOf(api: Api, path: string): Promise<number> {
  const started = performance.now();
  const { status, body } = await api.get(path);
  const time = performance.now() - started;
  if (status !== 200) throw new Error(`${path} answered ${status}: ${body}`);
  return time;
}

/** The same question to both in turn, so that a slow moment of the machine falls on both. */
async function measure(
  apis: readonly Api[],
  { path }: Question,
): Promise<Measured[]> {
  const pages = await Promise.all(apis.map(api => lastPage(api, path(0))));
  const times = apis.map((): number[] => []);
  for (let round = 0; round < WARM_UPS + REQUESTS; round++) {
    for (const [i, api] of apis.entries())
      times[i].push(await timeOf(api, pages[i] ?? path(round)));
  }
  return times.map(all => {
    const sorted = all.slice(WARM_UPS).sort((a, b) => a - b);
    return { p50: at(sorted, 0.5), p95: at(sorted, 0.95), first: all[0] };
  });
}

/** Small fleets have fewer pages; their last one is compared then, which is as full. */
async function lastPage(
  api: Awaited<ReturnType<typeof startApi>>,
  path: string,
): Promise<string | undefined> {
  if (!path.includes('&page=')) return undefined;
  const { body } = await api.get(path);
  const { total } = JSON.parse(body);
  const page = Math.max(1, Math.min(PAGE, Math.floor(total / SIZE)));
  return path.replace(/&page=\d+/, `&page=${page}`);
}

/** B7: the API over a large organisation, by a caller who may not see everything. */
export async function benchApi(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const open of benchDatabases()) {
    const databases: BenchDatabase[] = [];
    const apis: Api[] = [];
    for (const entities of [SMALL, LARGE]) {
      const database = await open();
      databases.push(database);
      await fill(database.knex, entities);
      const api = await startApi(database.knex);
      apis.push(api);
      await mustBeFilled(api, database);
    }
    for (const question of QUESTIONS) {
      const [small, large] = await measure(apis, question);
      rows.push(...rowsOf(databases[0].name, question, small, large));
    }
    for (const api of apis) await api.stop();
    for (const database of databases) await database.remove();
  }
  return rows;
}

const ratioOf = (
  name: BenchDatabase['name'],
  what: string,
  small: Measured,
  large: Measured,
): BenchRow => ({
  row: 'B7',
  what: `${name}: ${what}, against ${SMALL} entities, p50`,
  figure: large.p50 / small.p50,
  bar: 2,
  must: 'at most',
  unit: 'times',
  notes: `p50 there ${small.p50.toFixed(1)} ms, p95 ${small.p95.toFixed(1)} ms`,
});

const rowsOf = (
  name: BenchDatabase['name'],
  { what, barMs, isNeverKept }: Question,
  small: Measured,
  large: Measured,
): BenchRow[] => [
  {
    row: 'B7',
    what: `${name}: ${what}, p95`,
    figure: large.p95,
    bar: barMs,
    must: 'at most',
    unit: 'ms',
    notes: `${LARGE} entities, ${
      LARGE * 2
    } pipelines, 90 days; p50 ${large.p50.toFixed(
      1,
    )} ms, first ${large.first.toFixed(0)} ms.${
      name === 'SQLite' ? postgresNote() : ''
    }`,
  },
  ...(isNeverKept ? [] : [ratioOf(name, what, small, large)]),
];
