import { z } from 'zod';

/** How many characters have to be changed, added or left out to make one of the other. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(
        Math.min(
          row[j] + 1,
          next[j - 1] + 1,
          row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row[b.length];
}

/** The key that was probably meant: one that differs in a third of its characters at most. */
function nearestTo(wrong: string, keys: readonly string[]): string | undefined {
  const [nearest] = keys
    .map(key => ({
      key,
      distance: distanceOf(wrong.toLowerCase(), key.toLowerCase()),
    }))
    .filter(({ key, distance }) => distance <= Math.ceil(key.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return nearest?.key;
}

function refusalOf(wrong: readonly string[], keys: readonly string[]): string {
  const complaints = wrong.map(one => {
    const nearest = nearestTo(one, keys);
    const meant = nearest ? `; did you mean '${nearest}'?` : '.';
    return `there is no key '${one}' here${meant}`;
  });
  return `${complaints.join(' ')} The keys are ${keys.join(', ')}`;
}

/**
 * An object that takes no keys but those of its shape. What it says of another one names them, the nearest first.
 *
 * @param shape - the keys, each with what it takes
 * @param options - `alsoKnown`: keys that are taken too, but read elsewhere; `wrongType`: what is said of a value that is no object
 * @public
 */
export const strictObject = <S extends z.ZodRawShape>(
  shape: S,
  options: { alsoKnown?: readonly string[]; wrongType?: string } = {},
) =>
  z.strictObject(shape, {
    error: issue => {
      if (issue.code === 'unrecognized_keys') {
        const keys = [...Object.keys(shape), ...(options.alsoKnown ?? [])];
        return refusalOf(issue.keys as string[], keys);
      }
      return issue.code === 'invalid_type' ? options.wrongType : undefined;
    },
  });
