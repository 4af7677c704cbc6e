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

  it('asks again for what it could not pass on', async () => {
    const { feed, asked } = feedOf([
      changesOf({ complete: true }),
      changesOf({ items: [bad], cursor: '2' }),
      changesOf({ items: [bad], cursor: '2' }),
    ]);
    await feed.follow(async () => {});
    await feed.follow(async () => {
      throw new Error('not connected');
    });
    const told: string[] = [];
    await feed.follow(async refs => void told.push(...refs));
    expect(asked).toEqual([undefined, '1', '1']);
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
});
