import { createHash } from 'node:crypto';

const HASH = 64;

/**
 * A text as a column that is searched by takes it: what is too long is cut, and named by its hash so that two stay two.
 * Authors of pipelines write these texts; none of them may stop the reading of a whole project.
 *
 * @param most - bytes, for PostgreSQL limits the bytes of an index entry and the characters of a column
 */
export function fit(text: string, most = 700): string {
  // PostgreSQL takes every character but this one.
  const clean = text.replaceAll('\u0000', '\uFFFD');
  if (Buffer.byteLength(clean) <= most) return clean;
  const hash = createHash('sha256').update(clean).digest('hex');
  // Three bytes is the most that one unit takes; half a pair would be another text when it comes back.
  const kept = clean
    .slice(0, Math.floor((most - HASH - 1) / 3))
    .replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}~${hash}`;
}
