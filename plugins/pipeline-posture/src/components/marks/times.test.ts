import { absoluteTime, daysSince, relativeTime } from './times';

const now = new Date('2026-11-21T08:00:00Z');

describe('times', () => {
  it.each([
    ['2026-11-21T07:59:40Z', 'now'],
    ['2026-11-21T07:35:00Z', '25 minutes ago'],
    ['2026-11-21T06:00:00Z', '2 hours ago'],
    ['2026-11-21T12:59:00Z', 'in 4 hours'],
    ['2026-11-20T07:00:00Z', 'yesterday'],
    ['2026-11-14T09:00:00Z', '6 days ago'],
    ['2026-11-13T09:00:00Z', 'Nov 13, 2026'],
  ])('says %s as %s', (at, words) => {
    expect(relativeTime(at, now, 'en')).toBe(words);
  });

  it('speaks the language of the viewer', () => {
    expect(relativeTime('2026-11-21T06:00:00Z', now, 'de')).toBe(
      'vor 2 Stunden',
    );
  });

  it('gives the exact time in UTC too', () => {
    expect(absoluteTime('2026-11-21T06:00:12Z', 'en')).toMatch(
      /Nov 21, 2026.*\(6:00:12.AM UTC\)$/,
    );
  });

  it('counts whole days', () => {
    expect(daysSince('2026-11-18T07:00:00Z', now)).toBe(3);
    expect(daysSince('2026-11-21T07:00:00Z', now)).toBe(0);
  });
});
