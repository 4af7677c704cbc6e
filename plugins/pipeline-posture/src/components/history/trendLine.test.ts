import { TrendPoint } from 'backstage-plugin-pipeline-posture-common';
import { linesOf } from './trendLine';

const point = (day: string, score: number): TrendPoint => ({
  day,
  score,
  grade: 'D',
  compliance: 'unknown',
  failing: 1,
  unknown: 0,
});

describe('the line of a trend', () => {
  it('goes from the first day to the last, with a hundred at the top', () => {
    const [line] = linesOf([point('2026-11-20', 100), point('2026-11-21', 40)]);
    expect(line.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [100, 60],
    ]);
  });

  it('breaks where nothing was checked; a gap is no zero', () => {
    const lines = linesOf([
      point('2026-11-18', 50),
      point('2026-11-19', 50),
      point('2026-11-22', 60),
    ]);
    expect(lines.map(line => line.map(({ day }) => day))).toEqual([
      ['2026-11-18', '2026-11-19'],
      ['2026-11-22'],
    ]);
  });

  it('is nothing without points', () => {
    expect(linesOf([])).toEqual([]);
  });
});
