import { moveOf } from './scoreMove';

const on = (day: string, score: number) => ({ day, score });

describe('how a score moved', () => {
  it('compares with the first day that was read within thirty days', () => {
    expect(
      moveOf([
        on('2026-10-01', 90),
        on('2026-10-24', 60),
        on('2026-11-20', 70),
        on('2026-11-21', 54),
      ]),
    ).toEqual({ by: -6, since: '2026-10-24' });
  });

  it('says that nothing moved as a zero, and nothing where there is nothing to compare', () => {
    expect(moveOf([on('2026-11-20', 54), on('2026-11-21', 54)])).toEqual({
      by: 0,
      since: '2026-11-20',
    });
    expect(moveOf([on('2026-09-01', 90), on('2026-11-21', 54)])).toBe(
      undefined,
    );
    expect(moveOf([])).toBe(undefined);
  });
});
