import { Fleet } from './Fleet';

const aFleet = () =>
  new Fleet({
    pipelines: [],
    entities: [],
    parents: new Map(),
    controls: new Map(),
  });

describe('what follows from a fleet', () => {
  it('is worked out once', async () => {
    const fleet = aFleet();
    const work = jest.fn(async () => 1);
    await fleet.once('sum', work);
    expect(await fleet.once('sum', work)).toBe(1);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('is asked for again where it failed', async () => {
    const fleet = aFleet();
    const failing = fleet.once('sum', async () => {
      throw new Error('the database is away');
    });
    await expect(failing).rejects.toThrow('away');
    expect(await fleet.once('sum', async () => 1)).toBe(1);
  });
});
