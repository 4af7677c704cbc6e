import { mockServices } from '@backstage/backend-test-utils';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { EndingExemption } from '../exemptions/endingOn';
import { EntityStore } from '../store/EntityStore';
import { PipelineStore } from '../store/PipelineStore';
import { Reminders } from './Reminders';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const ending = (id: string, step = 14) =>
  ({
    exemption: {
      id,
      controlId: 'no-plaintext-secret',
      entityRef: 'component:default/shop',
      requestedBy: 'user:default/olga',
      until: '2026-12-21',
    },
    days: step,
    step,
  } as EndingExemption);

function start() {
  const logger = mockServices.logger.mock();
  const world = { reachable: false, at: 0 };
  const send = jest.fn(async (_: NotificationSendOptions) => {
    if (!world.reachable) throw new Error('Request failed with status 404');
  });
  const reminders = new Reminders({
    notifications: { send },
    entities: {
      ownerOf: async () => ['group:default/a'],
    } as unknown as EntityStore,
    pipelines: { names: async () => new Map() } as unknown as PipelineStore,
    logger,
  });
  const remind = (due: EndingExemption) =>
    reminders.send(due, new Date(world.at));
  return { logger, world, send, reminders, remind };
}

describe('reminders that an exemption ends', () => {
  it('are tried ever more seldom where nobody takes them, and warned of once', async () => {
    const { logger, world, send, remind } = start();
    const dues = [ending('one'), ending('two'), ending('two', 3)];
    for (; world.at < 24 * HOUR; world.at += 5 * MINUTE)
      for (const due of dues) expect(await remind(due)).toBe(false);
    // 0, 5, 15, 35 … minutes: nine tries of each instead of 288.
    expect(send).toHaveBeenCalledTimes(9 * dues.length);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('are tried once a day at least', async () => {
    const { world, send, remind } = start();
    const day = async () => {
      send.mockClear();
      for (let n = 0; n < 24 * 12; n++, world.at += 5 * MINUTE)
        await remind(ending('one'));
      return send.mock.calls.length;
    };
    for (let n = 0; n < 4; n++) await day();
    expect([await day(), await day(), await day()]).toEqual([1, 1, 1]);
  });

  it('are all tried again as soon as one arrives', async () => {
    const { logger, world, send, remind } = start();
    await remind(ending('one'));
    await remind(ending('two'));
    world.reachable = true;
    expect(await remind(ending('three'))).toBe(true);
    expect(await remind(ending('one'))).toBe(true);
    expect(await remind(ending('two'))).toBe(true);
    expect(send).toHaveBeenLastCalledWith({
      recipients: {
        type: 'entity',
        entityRef: ['user:default/olga', 'group:default/a'],
      },
      payload: expect.objectContaining({
        title: 'An exemption ends in 14 days',
        description: expect.stringContaining('for component:default/shop is'),
      }),
    });
    // Lost again is news again.
    world.reachable = false;
    await remind(ending('four'));
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });

  it('are all tried again as soon as something else arrives', async () => {
    const { world, reminders, remind } = start();
    await remind(ending('one'));
    world.reachable = true;
    expect(await remind(ending('one'))).toBe(false);
    reminders.received();
    expect(await remind(ending('one'))).toBe(true);
  });
});
