import { intervalsOf, LedgerEntry, until } from './findingIntervals';

const day = (number: number) =>
  `2026-11-${String(number).padStart(2, '0')}T08:00:00.000Z`;
const added: LedgerEntry = { at: day(1), cause: 'pipeline-added' };
const change = (
  at: number,
  cause: LedgerEntry['cause'],
  from?: 'pass' | 'fail' | 'unknown',
  to?: 'pass' | 'fail' | 'unknown',
): LedgerEntry => ({
  at: day(at),
  cause,
  transition: { controlId: 'c', from, to },
});

describe('the times in which a control said the same', () => {
  it('are one where nothing has changed', () => {
    expect(
      intervalsOf([added], { latest: { status: 'fail', exempt: false } }),
    ).toEqual([
      { status: 'fail', exempt: false, from: day(1), ruleChange: false },
    ]);
  });

  it('follow each other, newest first, each with why it began', () => {
    expect(
      intervalsOf(
        [
          added,
          change(3, 'setting-changed', 'pass', 'fail'),
          change(5, 'control-changed', 'fail', 'pass'),
        ],
        { latest: { status: 'pass', exempt: false } },
      ),
    ).toEqual([
      {
        status: 'pass',
        exempt: false,
        from: day(5),
        cause: 'control-changed',
        ruleChange: true,
      },
      {
        status: 'fail',
        exempt: false,
        from: day(3),
        to: day(5),
        cause: 'setting-changed',
        ruleChange: false,
      },
      {
        status: 'pass',
        exempt: false,
        from: day(1),
        to: day(3),
        ruleChange: false,
      },
    ]);
  });

  it('say when an exemption covered it, which ends with what was observed', () => {
    const shown = intervalsOf(
      [
        added,
        change(2, 'exemption-started', 'fail', 'fail'),
        change(4, 'could-not-check', 'fail', 'unknown'),
      ],
      { latest: { status: 'unknown', exempt: false } },
    );
    expect(shown.map(({ status, exempt }) => [status, exempt])).toEqual([
      ['unknown', false],
      ['fail', true],
      ['fail', false],
    ]);
  });

  it('begin with the first day that is kept where the ledger is no longer whole', () => {
    expect(
      intervalsOf([change(4, 'exemption-ended', 'fail', 'fail')], {
        latest: { status: 'fail', exempt: false },
        since: '2026-11-02T00:00:00.000Z',
      }),
    ).toMatchObject([
      { status: 'fail', exempt: false, from: day(4) },
      { status: 'fail', exempt: true, from: '2026-11-02T00:00:00.000Z' },
    ]);
  });

  it('tell nothing of a time before the control was there, and of one without the pipeline that it was gone', () => {
    expect(
      intervalsOf(
        [
          added,
          change(2, 'control-added', undefined, 'pass'),
          { at: day(3), cause: 'pipeline-gone' },
          { at: day(6), cause: 'pipeline-added' },
        ],
        { latest: { status: 'fail', exempt: false } },
      ),
    ).toMatchObject([
      { status: 'fail', from: day(6) },
      { cause: 'pipeline-gone', from: day(3), to: day(6) },
      { status: 'pass', from: day(2), to: day(3) },
    ]);
  });

  it('are cut at a day of the past', () => {
    const all = intervalsOf(
      [added, change(5, 'setting-changed', 'pass', 'fail')],
      { latest: { status: 'fail', exempt: false } },
    );
    expect(until(all, '2026-11-03T23:59:59.999Z')).toEqual([
      { status: 'pass', exempt: false, from: day(1), ruleChange: false },
    ]);
  });
});
