import { mockServices } from '@backstage/backend-test-utils';
import { LabelChanges } from 'backstage-plugin-pipeline-posture-common';
import { LabelFeed } from './LabelFeed';

const changesOf = (part: Partial<LabelChanges>): LabelChanges => ({
  items: [],
  cursor: '1',
  complete: false,
  more: false,
  ...part,
});
const bad = {
  entityRef: 'component:default/a',
  compliance: 'non-compliant' as const,
  grade: 'F' as const,
};

function feedOf(answers: Array<LabelChanges | Error>) {
  const asked: Array<string | undefined> = [];
  const feed = new LabelFeed({
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
    api: {
      getLabels: async cursor => {
        asked.push(cursor);
        const answer = answers.shift();
        if (!answer || answer instanceof Error)
          throw answer ?? new Error('no answer');
        return answer;
      },
    },
  });
  return { feed, asked };
}

describe('LabelFeed', () => {
  it('reads page after page and goes on from its cursor', async () => {
    const { feed, asked } = feedOf([
      changesOf({ items: [bad], cursor: '5', complete: true, more: true }),
      changesOf({ items: [], cursor: '9' }),
    ]);
    await feed.follow(async () => {});
    expect(asked).toEqual([undefined, '5']);
    expect(feed.labelsOf(bad.entityRef)).toEqual(bad);
  });

  it('keeps the last labels while the backend is away', async () => {
    const { feed } = feedOf([
      changesOf({ items: [bad], complete: true }),
      new Error('down'),
    ]);
    await feed.follow(async () => {});
    await feed.follow(async () => {});
    expect(feed.ready).toBe(true);
    expect(feed.labelsOf(bad.entityRef)).toEqual(bad);
  });

  it('forgets a label that is gone and says so', async () => {
    const told: string[][] = [];
    const { feed } = feedOf([
      changesOf({ items: [bad], complete: true }),
      changesOf({ items: [{ entityRef: bad.entityRef }], cursor: '2' }),
    ]);
    await feed.follow(async refs => void told.push(refs));
    await feed.follow(async refs => void told.push(refs));
    expect(told).toEqual([[bad.entityRef], [bad.entityRef]]);
    expect(feed.labelsOf(bad.entityRef)).toBeUndefined();
  });

  it('passes on later what it could not pass on', async () => {
    const { feed, asked } = feedOf([
      changesOf({ complete: true }),
      changesOf({ items: [bad], cursor: '2' }),
      changesOf({ cursor: '2' }),
    ]);
    await feed.follow(async () => {});
    await feed.follow(async () => {
      throw new Error('not connected');
    });
    const told: string[] = [];
    await feed.follow(async refs => void told.push(...refs));
    expect(asked).toEqual([undefined, '1', '2']);
    expect(told).toEqual([bad.entityRef]);
  });

  it('starts over when the backend no longer knows its cursor', async () => {
    const { feed } = feedOf([
      changesOf({ items: [bad], cursor: '7', complete: true }),
      changesOf({ items: [], cursor: '0', complete: true }),
    ]);
    await feed.follow(async () => {});
    await feed.follow(async () => {});
    expect(feed.labelsOf(bad.entityRef)).toBeUndefined();
  });

  const many = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => ({
      ...bad,
      entityRef: `component:default/c${from + i}`,
    }));

  it('knows nothing of any entity before the last page, and does not have all of a large catalog processed', async () => {
    const { feed } = feedOf([
      changesOf({
        items: many(0, 1500),
        cursor: '1',
        complete: true,
        more: true,
      }),
      new Error('down'),
      changesOf({ items: many(1500, 3000), cursor: '2', more: true }),
      changesOf({ items: [bad], cursor: '3' }),
    ]);
    const told: string[][] = [];
    const listener = async (refs: string[]) => void told.push(refs);
    await feed.follow(listener);
    expect(feed.ready).toBe(false);
    await feed.follow(listener);
    expect(feed.ready).toBe(true);
    expect(feed.labelsOf('component:default/c2999')?.grade).toBe('F');
    expect(told).toEqual([]);
  });

  it('keeps all labels while it starts over, and tells what is another one then', async () => {
    const better = { ...bad, grade: 'C' as const };
    const told: string[][] = [];
    const { feed } = feedOf([
      changesOf({ items: [bad, ...many(0, 2)], cursor: '7', complete: true }),
      changesOf({ items: many(0, 1), cursor: '1', complete: true, more: true }),
      new Error('down'),
      changesOf({ items: [better], cursor: '2' }),
    ]);
    await feed.follow(async () => {});
    const listener = async (refs: string[]) => void told.push(refs);
    await feed.follow(listener);
    expect(feed.labelsOf(bad.entityRef)).toEqual(bad);
    expect(feed.labelsOf('component:default/c1')).toBeDefined();
    expect(told).toEqual([]);
    await feed.follow(listener);
    expect(feed.labelsOf(bad.entityRef)).toEqual(better);
    expect(feed.labelsOf('component:default/c1')).toBeUndefined();
    expect(told).toEqual([[bad.entityRef, 'component:default/c1']]);
  });
});
