/** Whether a pattern of a CODEOWNERS file covers a path. The syntax is that of .gitignore, without negation. */
function covers(pattern: string, path: string): boolean {
  const anchored =
    pattern.startsWith('/') || pattern.slice(0, -1).includes('/');
  const body = pattern.replace(/^\//, '').replace(/\/$/, '/**');
  const expression = body
    .split(/(\*\*\/?|\*|\?)/)
    .map(part => {
      if (part === '**/') return '(?:[^/]+/)*';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  // `docs/*` owns what lies in the folder itself, not what lies deeper; a name owns the folder with all that is in it.
  const below = /\/\*$/.test(body) ? '' : '(?:/.*)?';
  const prefix = anchored ? '^' : '^(?:.*/)?';
  return new RegExp(`${prefix}${expression}${below}$`).test(path);
}

/** Longest line that is looked at. */
const MAX_LINE = 500;

/**
 * Whether a CODEOWNERS file names owners of a path. The last pattern that covers
 * it decides; one without owners takes ownership away.
 */
export function hasCodeOwners(file: string, path: string): boolean {
  let owned = false;
  for (const line of file.split('\n')) {
    const [pattern, ...owners] = line
      .slice(0, MAX_LINE)
      .replace(/\s*#.*$/, '')
      .trim()
      .split(/\s+/);
    if (
      pattern &&
      (pattern.match(/\*/g) ?? []).length < 10 &&
      covers(pattern, path)
    ) {
      owned = owners.length > 0;
    }
  }
  return owned;
}
