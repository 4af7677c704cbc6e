import { timelineOf } from './timeline';

const on = (day: number, value: number) => ({
  day: `2026-11-${String(day).padStart(2, '0')}`,
  value,
});

describe('the line over time', () => {
  it('joins days that follow one another', () => {
    const { lines, gaps } = timelineOf([on(1, 0), on(2, 50), on(3, 100)]);
    expect(lines).toHaveLength(1);
    expect(lines[0].map(({ x, y }) => [x, y])).toEqual([
      [0, 100],
      [50, 50],
      [100, 0],
    ]);
    expect(gaps).toEqual([]);
  });

  it('breaks where nothing was read, and never draws a zero there', () => {
    const { lines, gaps } = timelineOf([on(1, 80), on(2, 80), on(5, 60)]);
    expect(lines.map(line => line.map(({ value }) => value))).toEqual([
      [80, 80],
      [60],
    ]);
    expect(gaps).toEqual([{ from: 25, to: 100 }]);
  });

  it('puts a single day into the middle', () => {
    expect(timelineOf([on(4, 10)]).lines[0][0].x).toBe(50);
  });

  it('places markers inside of the picture only', () => {
    const { xOf } = timelineOf([on(1, 1), on(11, 1)]);
    expect(xOf('2026-11-06')).toBe(50);
    expect(xOf('2026-10-30')).toBeUndefined();
  });

  it('draws nothing of nothing', () => {
    expect(timelineOf([]).lines).toEqual([]);
  });
});
