import { matchesWildcards } from '../wildcards';

/** Names that nobody would name on purpose: a pattern that takes one of them takes any. */
const ANY = ['refs/heads/zq9', 'refs/heads/zq9/zq9'];

const fullPattern = (pattern: string) =>
  /^(refs|\*)/i.test(pattern) ? pattern : `refs/heads/${pattern}`;

/** True if a pattern for branches keeps none out: `*`, `refs/heads/**`. */
export const takesAnyBranch = (pattern: string): boolean =>
  ANY.some(each => matchesWildcards(fullPattern(pattern), each, '?'));

/**
 * Why a pattern lets code through that nobody reviewed; nothing if it names
 * branches. A tag can be put on any commit, and no policy of a branch holds
 * for it.
 */
export function openPattern(pattern: string): string | undefined {
  if (takesAnyBranch(pattern)) return `it allows ${pattern}`;
  return /^refs\/tags\//i.test(pattern) ||
    matchesWildcards(fullPattern(pattern), 'refs/tags/zq9', '?')
    ? `it allows ${pattern}, and a tag may stand on any commit`
    : undefined;
}
