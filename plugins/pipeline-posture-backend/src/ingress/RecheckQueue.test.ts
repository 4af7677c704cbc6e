import { mockServices } from '@backstage/backend-test-utils';
import { PipelineRef } from 'backstage-plugin-pipeline-posture-common';
import { RecheckLimits, RecheckQueue } from './RecheckQueue';

const ref = (id: string): PipelineRef => ({ provider: 'p', scope: 's', id });
const many = (n: number) => Array.from({ length: n }, (_, i) => ref(`${i}`));

describe('RecheckQueue', () => {
  let queue: RecheckQueue | undefined;
  let checked: string[];
  beforeEach(() => {
    jest.useFakeTimers();
    checked = [];
  });
  afterEach(() => {
    queue?.stop();
    jest.useRealTimers();
  });

  function start(
    limits: RecheckLimits = {},
    check = async (_: PipelineRef) => {},
  ) {
    const logger = mockServices.logger.mock();
    queue = new RecheckQueue({
      check: async one => {
        checked.push(one.id);
        await check(one);
      },
      logger,
      limits,
    });
    queue.start();
    return { queue, logger };
  }

  it('reads a pipeline once for a burst, and once more for what comes after', async () => {
    start();
    for (let i = 0; i < 5; i++) queue?.add([ref('a')]);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(checked).toEqual(['a']);
    queue?.add([ref('a')]);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(checked).toEqual(['a']);
    await jest.advanceTimersByTimeAsync(15_000);
    expect(checked).toEqual(['a', 'a']);
  });

  it('reads a flood at a steady pace, and loses none of it', async () => {
    start({ checksPerMinute: 20 });
    queue?.add(many(50));
    await jest.advanceTimersByTimeAsync(30_000);
    expect(checked).toHaveLength(20);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(new Set(checked).size).toBe(50);
  });

  it('leaves to the schedule what is too much, and says so once', () => {
    const { logger } = start();
    expect(queue?.add(many(1200))).toBe(1000);
    expect(queue?.add([ref('one more')])).toBe(0);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('reads no more than four at once', async () => {
    start({}, () => new Promise(() => {}));
    queue?.add(many(20));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(checked).toHaveLength(4);
  });

  it('goes on after a reading that fails, and logs nothing of its message', async () => {
    const { logger } = start({}, async one => {
      if (one.id === '0') throw new Error('token abc');
    });
    queue?.add(many(2));
    await jest.advanceTimersByTimeAsync(3_000);
    expect(checked).toEqual(['0', '1']);
    expect(JSON.stringify((logger.warn as jest.Mock).mock.calls)).not.toContain(
      'abc',
    );
  });
});
