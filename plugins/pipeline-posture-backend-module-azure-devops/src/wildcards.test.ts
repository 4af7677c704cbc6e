import fc from 'fast-check';
import { growthOf, LINEAR } from 'pipeline-posture-estate';
import { matchesAny } from './config/AzureDevOpsConfig';
import { takesAnyBranch } from './normalize/branchPatterns';
import { matchesPath } from './normalize/protection';
import { matchesWildcards } from './wildcards';

describe('a pattern with wildcards', () => {
  const part = fc.constantFrom('a', 'b', 'ab', '.', '/', '?', '(');

  it.each([undefined, '?'])(
    'covers what a regular expression of the same meaning covers, with %s for one character',
    single => {
      const pattern = fc.array(fc.oneof(part, fc.constant('*')), {
        maxLength: 6,
      });
      const text = fc.array(part, { maxLength: 8 });
      fc.assert(
        fc.property(pattern, text, (signs, parts) => {
          const one = signs.join('');
          const other = parts.join('');
          const source = one.replace(/[.?()*/]/g, sign => {
            if (sign === '*') return '.*';
            return sign === single ? '.' : `\\${sign}`;
          });
          expect(matchesWildcards(one, other.toUpperCase(), single)).toBe(
            new RegExp(`^${source}$`, 'i').test(other),
          );
        }),
      );
    },
  );

  it('takes work that grows with the length of a name, however hostile', () => {
    const pattern = '*a'.repeat(500);
    expect(
      growthOf(
        20_000,
        size => 'b'.repeat(size),
        name => matchesWildcards(pattern, name),
      ),
    ).toBeLessThan(LINEAR);
  });

  // Those end; before, the process stood still.
  const hostile = `${'*'.repeat(2000)}x`;

  it('is answered for branches, however many stars it has', () => {
    expect(takesAnyBranch(hostile)).toBe(false);
    expect(takesAnyBranch(`${'*z'.repeat(1000)}x`)).toBe(false);
    expect(takesAnyBranch('*'.repeat(2000))).toBe(true);
  });

  it('is answered for the paths of a policy', () => {
    const path = `/${'a'.repeat(400)}.yml`;
    expect(matchesPath(path, [hostile])).toBe(false);
    expect(matchesPath(path, [`${'*a'.repeat(2000)}x`])).toBe(false);
    expect(matchesPath(path, [`!${hostile}`])).toBe(true);
  });

  it('is answered for the names of projects', () => {
    expect(matchesAny('a'.repeat(400), [hostile])).toBe(false);
  });
});

describe('a pattern for branches', () => {
  it.each([
    ['*', true],
    ['**', true],
    ['refs/heads/*', true],
    ['refs/heads/**', true],
    ['REFS/heads/???', true],
    ['???', true],
    ['*/*', true],
    ['refs/heads/release/*', false],
    ['main', false],
    ['refs/heads/?', false],
  ])('%s takes any: %s', (pattern, expected) => {
    expect(takesAnyBranch(pattern)).toBe(expected);
  });
});
