import { Pacer } from './Pacer';

function pacerAt(start = 0) {
  let now = start;
  const slept: number[] = [];
  const pacer = Pacer.create({
    maxConcurrency: 2,
    maxWaitMs: 60_000,
    now: () => now,
    sleep: async ms => {
      slept.push(ms);
      now += ms;
    },
  });
  return {
    pacer,
    slept,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('pacing', () => {
  it('waits as many seconds as an answer asked for', async () => {
    const { pacer, slept } = pacerAt();
    pacer.observe({ 'retry-after': '7' });
    await pacer.run(async () => undefined);
    expect(slept).toEqual([7000]);
  });

  it('understands a date as well', async () => {
    const { pacer, slept } = pacerAt(Date.parse('2026-11-21T08:00:00Z'));
    pacer.observe({ 'retry-after': 'Sat, 21 Nov 2026 08:00:30 GMT' });
    await pacer.run(async () => undefined);
    expect(slept).toEqual([30_000]);
  });

  it('spreads requests when the budget is nearly used up', async () => {
    const { pacer, slept } = pacerAt();
    pacer.observe({ 'x-ratelimit-limit': '200', 'x-ratelimit-remaining': '5' });
    await pacer.run(async () => undefined);
    expect(slept).toHaveLength(1);
    expect(pacer.recentlyThrottled).toBe(false);
  });

  it('remembers for a minute that it was asked to slow down', () => {
    const { pacer, pass } = pacerAt();
    pacer.observe({ 'x-ratelimit-delay': '0.500' });
    expect(pacer.recentlyThrottled).toBe(true);
    pass(61_000);
    expect(pacer.recentlyThrottled).toBe(false);
  });

  it('says when a pause is longer than may be waited', () => {
    const { pacer } = pacerAt();
    pacer.observe({ 'retry-after': '120' });
    expect(pacer.exhausted).toBe(true);
  });

  it('ignores a pause that makes no sense', async () => {
    const { pacer, slept } = pacerAt();
    pacer.observe({ 'retry-after': 'soon' });
    await pacer.run(async () => undefined);
    expect(slept).toEqual([]);
  });

  it('lets no more requests run at once than allowed', async () => {
    const { pacer } = pacerAt();
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        pacer.run(async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise(resolve => setTimeout(resolve, 1));
          running -= 1;
        }),
      ),
    );
    expect(most).toBe(2);
  });
});
