import {
  changePipelineFiles,
  generateAzureOrganisation,
} from 'pipeline-posture-estate';
import { FLEET, startFleet } from './fleet';
import { runNaivePlan } from './naivePlan';
import { BenchRow } from './row';

const HOUR_MS = 3_600_000;

/** Reads that have no change marker of their own and are repeated on a slower cadence. */
const PERMISSION_READS = [
  'pipelinepermissions.get',
  'securityroles.roleassignments.list',
  'security.accesscontrollists.list',
  'identities.read',
  'graph.memberships.list',
];

/** B1 and B2: what a first run and a second one, with one in a hundred pipelines changed, cost in calls. */
export async function benchCalls(): Promise<BenchRow[]> {
  const state = generateAzureOrganisation(FLEET);
  const fleet = await startFleet(state);
  const { estate } = fleet;
  const start = new Date('2026-11-21T08:00:00Z');
  const first = await fleet.collect(start);
  const firstCalls = estate.calls.count();
  const firstBy = estate.calls.byOperation();
  const changed = changePipelineFiles(state, 0.01);
  estate.calls.reset();
  const second = await fleet.collect(new Date(start.getTime() + HOUR_MS));
  const secondCalls = estate.calls.count();
  const secondBy = estate.calls.byOperation();
  const permissions = PERMISSION_READS.reduce(
    (sum, name) => sum + (secondBy[name] ?? 0),
    0,
  );
  const naive = await runNaivePlan(estate, state);
  await fleet.close();
  const lists = Object.entries(secondBy)
    .filter(
      ([name]) =>
        /\.list$|generalsettings|queryconfigurations/.test(name) &&
        !PERMISSION_READS.includes(name),
    )
    .reduce((sum, [, count]) => sum + count, 0);
  const marked = secondCalls - permissions - lists;
  const markedFirst = firstCalls;
  return [
    {
      row: 'B1',
      what: 'HTTP calls per Azure pipeline, first run',
      figure: firstCalls / first.pipelines,
      bar: 1,
      must: 'at most',
      unit: 'calls',
      notes: `${firstCalls} calls for ${first.pipelines} pipelines, ${
        first.withStages
      } of them read whole; ${JSON.stringify(firstBy)}`,
    },
    {
      row: 'B1',
      what: 'the same, as a share of a naive plan',
      figure: firstCalls / naive,
      bar: 0.25,
      must: 'at most',
      unit: 'of naive',
      notes: `the naive plan makes ${naive} calls`,
    },
    {
      row: 'B2',
      what: 'second run, 1 % changed: calls that a change marker could save',
      figure: marked / markedFirst,
      bar: 0.05,
      must: 'at most',
      unit: 'of first run',
      notes: `${changed} files changed, ${
        second.withStages
      } pipelines read whole; ${secondCalls} calls, of which ${lists} bulk lists (the markers themselves) and ${permissions} permission reads; ${JSON.stringify(
        secondBy,
      )}`,
    },
  ];
}
