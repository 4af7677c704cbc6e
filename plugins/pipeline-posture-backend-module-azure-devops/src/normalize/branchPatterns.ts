/** Names that nobody would name on purpose: a pattern that takes one of them takes any. */
const ANY = ['refs/heads/zq9', 'refs/heads/zq9/zq9'];

/** True if a pattern for branches keeps none out: `*`, `refs/heads/**`. */
export function takesAnyBranch(pattern: string): boolean {
  const full = /^(refs|\*)/i.test(pattern) ? pattern : `refs/heads/${pattern}`;
  const source = full
    .split('*')
    .map(part => part.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\?/g, '.'))
    .join('.*');
  const matcher = new RegExp(`^${source}$`, 'i');
  return ANY.some(each => matcher.test(each));
}
