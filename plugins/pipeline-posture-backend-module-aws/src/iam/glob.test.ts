import fc from 'fast-check';
import { globCovers, globMatches, globsOverlap } from './glob';

const letters = fc.string({
  unit: fc.constantFrom('a', 'b', '/'),
  maxLength: 8,
});
const pattern = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '*', '?'),
  maxLength: 8,
});
/** The obvious meaning, slow for hostile patterns. */
const MEANINGS: Record<string, string> = { '*': '.*', '?': '.' };
const byRegExp = (glob: string, text: string) =>
  new RegExp(
    `^${[...glob].map(char => MEANINGS[char] ?? char).join('')}$`,
    's',
  ).test(text);

describe('patterns of IAM', () => {
  it('match what their regular expression matches', () => {
    fc.assert(
      fc.property(pattern, letters, (glob, text) => {
        expect(globMatches(glob, text)).toBe(byRegExp(glob, text));
      }),
    );
  });

  it('cover only patterns whose every match they match', () => {
    fc.assert(
      fc.property(pattern, pattern, letters, (wide, narrow, text) => {
        const applies = globCovers(wide, narrow) && globMatches(narrow, text);
        expect(!applies || globMatches(wide, text)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it('overlap whenever a text matches both', () => {
    fc.assert(
      fc.property(pattern, pattern, letters, (one, other, text) => {
        const applies = globMatches(one, text) && globMatches(other, text);
        expect(!applies || globsOverlap(one, other)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it('do not overlap when nothing can match both', () => {
    expect(globsOverlap('arn:aws:s3:::a*', 'arn:aws:s3:::b*')).toBe(false);
    expect(globsOverlap('a*c', 'ab')).toBe(false);
  });

  it('are matched in linear time, whatever they are', () => {
    const hostile = `${'*a'.repeat(2000)}b`;
    const started = process.hrtime.bigint();
    expect(globMatches(hostile, 'a'.repeat(20_000))).toBe(false);
    expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(5);
  });
});
