import { performance } from 'node:perf_hooks';
import { generateAzureOrganisation } from 'pipeline-posture-estate';
import { startFleet } from './fleet';
import { BenchRow } from './row';

const SIZE = {
  seed: 3,
  projects: 2,
  pipelines: 60,
  repositories: 20,
  connections: 20,
  environments: 10,
  releases: 10,
};
const PAUSE_S = 1;
/** Requests that were on their way when the pause was asked for still arrive. */
const IN_FLIGHT_MS = 60;

/** B10: behaviour while the service asks for pauses, on refusals and on answers that succeed. */
export async function benchThrottling(): Promise<BenchRow[]> {
  const state = generateAzureOrganisation(SIZE);
  const calm = await startFleet(state);
  const began = performance.now();
  const expected = await calm.collect(new Date('2026-11-21T08:00:00Z'));
  const undisturbed = performance.now() - began;
  await calm.close();

  const fleet = await startFleet(state);
  const { behaviour, calls } = fleet.estate;
  const pauses: Array<{ operation: string; kind: 'throttle' | 'slow-down' }> = [
    { operation: 'core.projects.list', kind: 'slow-down' },
    { operation: 'release.definitions.get', kind: 'throttle' },
    { operation: 'git.blobs.zip', kind: 'throttle' },
    { operation: 'security.namespaces.list', kind: 'slow-down' },
  ];
  for (const { operation, kind } of pauses) {
    behaviour.addFault({
      match: { operation },
      kind,
      times: 1,
      retryAfterSeconds: PAUSE_S,
    });
  }
  const start = performance.now();
  const got = await fleet.collect(new Date('2026-11-21T08:00:00Z'));
  const elapsed = performance.now() - start;
  let inside = 0;
  for (const { operation } of pauses) {
    const asked =
      calls.all().find(each => each.operation === operation)?.at ?? 0;
    inside += calls
      .all()
      .filter(
        ({ at }) =>
          at > asked + IN_FLIGHT_MS &&
          at < asked + PAUSE_S * 1000 - IN_FLIGHT_MS,
      ).length;
  }
  await fleet.close();
  // Pauses that overlap cost their time once; counting each is the most that it can be.
  const windows = pauses
    .map(
      ({ operation }) =>
        calls.all().find(each => each.operation === operation)?.at ?? 0,
    )
    .sort((a, b) => a - b);
  let minimum = undisturbed;
  let until = 0;
  for (const at of windows) {
    minimum += Math.max(0, at + PAUSE_S * 1000 - Math.max(at, until));
    until = Math.max(until, at + PAUSE_S * 1000);
  }
  return [
    {
      row: 'B10',
      what: 'requests inside a Retry-After window',
      figure: inside,
      bar: 0,
      must: 'at most',
      unit: 'requests',
      notes: `${pauses.length} pauses of ${PAUSE_S} s`,
    },
    {
      row: 'B10',
      what: 'total time, against the theoretical minimum',
      figure: elapsed / minimum,
      bar: 1.2,
      must: 'at most',
      unit: 'of minimum',
      notes: `${Math.round(elapsed)} ms, at least ${Math.round(minimum)} ms`,
    },
    {
      row: 'B10',
      what: 'pipelines lost',
      figure: expected.withStages - got.withStages,
      bar: 0,
      must: 'at most',
      unit: 'pipelines',
      notes: `${got.withStages} of ${expected.withStages} read whole`,
    },
  ];
}
