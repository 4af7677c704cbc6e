/** Reads each key once, all at the same time; the connection limits how many calls run at once. */
export async function readEach<K, V>(
  keys: Iterable<K>,
  read: (key: K) => Promise<V>,
): Promise<Map<K, V>> {
  return new Map(
    await Promise.all(
      [...new Set(keys)].map(async key => [key, await read(key)] as const),
    ),
  );
}
