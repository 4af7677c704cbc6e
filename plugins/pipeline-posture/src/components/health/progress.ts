import { ScopeView } from 'backstage-plugin-pipeline-posture-common';

/** How far several runs are together. */
export interface RunProgress {
  done: number;
  /** Undefined while one of them does not know how much there is. */
  total?: number;
  /** 0 to 100, rounded down. */
  percent: number;
}

/** Adds up the runs that go on. */
export function progressOf(
  running: ReadonlyArray<Pick<ScopeView, 'lastRun'>>,
): RunProgress {
  const runs = running.flatMap(({ lastRun }) => (lastRun ? [lastRun] : []));
  const done = runs.reduce((sum, run) => sum + run.pipelinesDone, 0);
  if (runs.length === 0 || runs.some(run => run.pipelinesTotal === undefined)) {
    return { done, percent: 0 };
  }
  const total = runs.reduce((sum, run) => sum + (run.pipelinesTotal ?? 0), 0);
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
  return { done, total, percent: Math.min(100, percent) };
}

/** A percentage, rounded down to tens. */
export const tenthOf = (percent: number) => 10 * Math.floor(percent / 10);
