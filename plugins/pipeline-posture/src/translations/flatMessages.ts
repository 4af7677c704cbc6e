/** The paths of nested messages: of `{ a: { b: 'x' } }` it is `a.b`. */
export type PathOf<T, Start extends string = ''> = {
  [K in keyof T & string]: T[K] extends string
    ? `${Start}${K}`
    : PathOf<T[K], `${Start}${K}.`>;
}[keyof T & string];

function entriesOf(messages: object, start: string): Array<[string, string]> {
  return Object.entries<string | object>({ ...messages }).flatMap(
    ([key, value]) =>
      typeof value === 'string'
        ? [[`${start}${key}`, value] as [string, string]]
        : entriesOf(value, `${start}${key}.`),
  );
}

/** Messages by their paths. */
export const flatMessages = (messages: object): Record<string, string> =>
  Object.fromEntries(entriesOf(messages, ''));
