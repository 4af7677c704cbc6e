/**
 * Whether a pattern in which `*` stands for anything covers a text, without
 * regard to case.
 *
 * Patterns are written by others. A regular expression with several `.*` may
 * take longer than anybody waits; this only ever goes back to the last `*`.
 *
 * @param single - a sign that stands for any one character, where there is one
 */
export function matchesWildcards(
  pattern: string,
  text: string,
  single?: string,
): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let next = 0;
  let at = 0;
  let star: { after: number; takesTo: number } | undefined;
  while (at < given.length) {
    const sign = wanted[next];
    if (sign === '*') {
      next += 1;
      star = { after: next, takesTo: at };
    } else if (sign !== undefined && (sign === given[at] || sign === single)) {
      next += 1;
      at += 1;
    } else if (star) {
      // The last `*` takes one character more.
      star.takesTo += 1;
      next = star.after;
      at = star.takesTo;
    } else return false;
  }
  while (wanted[next] === '*') next += 1;
  return next === wanted.length;
}
