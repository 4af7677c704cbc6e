/** A job or a stage, as far as its order goes. */
export interface Part {
  id: string;
  dependsOn: string[];
  heeds?: string[];
}

const same = (one: string, other: string) =>
  one.toLowerCase() === other.toLowerCase();

/**
 * Whether a part does not run when another that came before it failed. Without
 * a condition of its own it heeds the failure of everything before it; else only
 * of what the condition names, and of what those heed.
 */
export function heedsFailureOf(
  part: Part,
  failing: string,
  all: readonly Part[],
  seen = new Set<Part>(),
): boolean {
  if (!part.heeds) return true;
  if (seen.has(part)) return false;
  seen.add(part);
  return part.heeds.some(name => {
    if (same(name, failing)) return true;
    const between = all.find(each => same(each.id, name));
    return (
      between !== undefined &&
      comesBefore(failing, between, all) &&
      heedsFailureOf(between, failing, all, seen)
    );
  });
}

/** Whether a part has finished before another starts. */
export function comesBefore(
  earlier: string,
  part: Part,
  all: readonly Part[],
  seen = new Set<string>(),
): boolean {
  return part.dependsOn.some(name => {
    const key = name.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    if (same(name, earlier)) return true;
    const next = all.find(each => same(each.id, name));
    return next !== undefined && comesBefore(earlier, next, all, seen);
  });
}
