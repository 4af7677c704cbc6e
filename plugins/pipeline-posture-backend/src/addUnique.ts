/**
 * Adds what has an id to a list.
 *
 * @throws Error if there is one with that id already
 */
export function addUnique<T extends { id: string }>(
  what: string,
  list: T[],
  added: readonly T[],
): void {
  for (const one of added) {
    if (list.some(({ id }) => id === one.id)) {
      throw new Error(
        `There is a ${what} '${one.id}' already; is a module installed twice?`,
      );
    }
    list.push(one);
  }
}
