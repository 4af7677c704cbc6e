import { matchesWildcards } from '../wildcards';

/** Names that nobody would name on purpose: a pattern that takes one of them takes any. */
const ANY = ['refs/heads/zq9', 'refs/heads/zq9/zq9'];

/** True if a pattern for branches keeps none out: `*`, `refs/heads/**`. */
export function takesAnyBranch(pattern: string): boolean {
  const full = /^(refs|\*)/i.test(pattern) ? pattern : `refs/heads/${pattern}`;
  return ANY.some(each => matchesWildcards(full, each, '?'));
}
