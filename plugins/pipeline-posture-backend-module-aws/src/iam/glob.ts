/**
 * Whether a text matches a pattern of IAM: `*` stands for any run of characters,
 * `?` for one. Linear in time for every pattern, so that no policy can stall it.
 */
export function globMatches(pattern: string, text: string): boolean {
  return match(pattern, text, char => char !== '');
}

/**
 * Whether everything that `narrow` can match is matched by `wide` as well.
 * Sound, not complete: it may say no where the answer is yes, never the reverse.
 */
export function globCovers(wide: string, narrow: string): boolean {
  // A question mark cannot stand for the star of the narrower pattern.
  return match(wide, narrow, char => char !== '*');
}

function match(
  pattern: string,
  text: string,
  questionMarkTakes: (char: string) => boolean,
): boolean {
  let at = 0;
  let read = 0;
  let star = -1;
  let starRead = 0;
  while (read < text.length) {
    const want = pattern[at];
    if (want === '*') {
      star = at;
      starRead = read;
      at += 1;
    } else if (
      want !== undefined &&
      (want === '?' ? questionMarkTakes(text[read]) : want === text[read])
    ) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      at = star + 1;
      starRead += 1;
      read = starRead;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** Longest patterns that are compared with each other exactly. */
const EXACT_LIMIT = 400;

/**
 * Whether some text matches both patterns. Very long patterns are taken to
 * overlap, since that is the side on which no right is overlooked.
 */
export function globsOverlap(one: string, other: string): boolean {
  if (one.length > EXACT_LIMIT || other.length > EXACT_LIMIT) return true;
  // row[j]: whether the prefix of `one` read so far and other[0..j) have a common text
  let row: boolean[] = [true];
  for (let j = 0; j < other.length; j++)
    row[j + 1] = row[j] && other[j] === '*';
  for (let i = 0; i < one.length; i++) {
    const next: boolean[] = [row[0] && one[i] === '*'];
    for (let j = 0; j < other.length; j++) {
      const a = one[i];
      const b = other[j];
      if (a === '*' || b === '*') {
        next[j + 1] =
          row[j] ||
          (a === '*' ? next[j] || row[j + 1] : false) ||
          (b === '*' ? row[j + 1] || next[j] : false);
      } else {
        next[j + 1] = row[j] && (a === '?' || b === '?' || a === b);
      }
    }
    row = next;
  }
  return row[other.length];
}

/** Segments of an ARN: partition, service, region, account, resource. */
const ARN_COLONS = 5;

/**
 * Whether two patterns of ARNs can name the same resource. A wildcard does not
 * reach over the colons between the segments.
 */
export function arnsOverlap(one: string, other: string): boolean {
  const a = one.split(':');
  const b = other.split(':');
  if (a.length <= ARN_COLONS || b.length <= ARN_COLONS) {
    return globsOverlap(one, other);
  }
  for (let i = 0; i < ARN_COLONS; i++) {
    if (a[i] !== b[i] && !globsOverlap(a[i], b[i])) return false;
  }
  return globsOverlap(
    a.slice(ARN_COLONS).join(':'),
    b.slice(ARN_COLONS).join(':'),
  );
}
