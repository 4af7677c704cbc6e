import { InputError } from '@backstage/errors';

/** Where a page ended. */
export type Place = readonly (string | number)[];

/** A cursor that says nothing to whoever holds it. */
export const cursorOf = (kind: string, place: Place) =>
  Buffer.from(JSON.stringify([kind, ...place])).toString('base64url');

/**
 * Reads a cursor.
 *
 * @param kind - what list and order it must be of
 * @throws InputError for anything else than {@link cursorOf} of the same kind gave
 */
export function placeOf(
  kind: string,
  cursor: string,
  length: number,
): (string | number)[] {
  try {
    const [of, ...place] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    const fits =
      place.length === length &&
      place.every((part: unknown) =>
        ['string', 'number'].includes(typeof part),
      );
    if (of === kind && fits) return place;
  } catch {
    // Told below, like every other cursor that is not ours.
  }
  throw new InputError(
    'cursor: it does not belong to this list and order; ask for the first page without one',
  );
}
