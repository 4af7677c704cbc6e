import { RunView } from 'backstage-plugin-pipeline-posture-common';
import { progressOf, tenthOf } from './progress';

const run = (pipelinesDone: number, pipelinesTotal?: number) => ({
  lastRun: { pipelinesDone, pipelinesTotal } as RunView,
});

describe('the progress of runs', () => {
  it('adds up what goes on', () => {
    expect(progressOf([run(20, 100), run(179, 212)])).toEqual({
      done: 199,
      total: 312,
      percent: 63,
    });
  });

  it('has no percentage while one does not know how much there is', () => {
    expect(progressOf([run(20, 100), run(5)])).toEqual({
      done: 25,
      percent: 0,
    });
  });

  it('never goes beyond 100, and is not 100 of nothing', () => {
    expect(progressOf([run(12, 10)]).percent).toBe(100);
    expect(progressOf([run(0, 0)]).percent).toBe(0);
    expect(progressOf([]).percent).toBe(0);
  });

  it('is said at each tenth', () => {
    const said = new Set(Array.from({ length: 101 }, (_, i) => tenthOf(i)));
    expect(said.size).toBe(11);
  });
});
