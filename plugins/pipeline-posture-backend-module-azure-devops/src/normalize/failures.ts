/** A job or a stage, as far as its order goes. */
export interface Part {
  id: string;
  dependsOn: string[];
  heeds?: string[];
  /** The same as `heeds` where it is not told apart. */
  heedsSkips?: string[];
}

const same = (one: string, other: string) =>
  one.toLowerCase() === other.toLowerCase();

/** Names whose being skipped keeps a part from running; nothing if that of any does. */
const skipsOf = ({ heeds, heedsSkips }: Part) => heedsSkips ?? heeds;

/** Whether a part that names others does not run, as one of them is skipped in its turn. */
const stopsWith = (
  part: Part,
  earlier: string,
  all: readonly Part[],
  isSkipped: (between: Part) => boolean,
) =>
  (skipsOf(part) ?? []).some(name => {
    const between = all.find(each => same(each.id, name));
    return (
      between !== undefined &&
      comesBefore(earlier, between, all) &&
      isSkipped(between)
    );
  });

/**
 * Whether a part does not run when another that came before it failed. Without
 * a condition of its own it heeds the failure of everything before it; else only
 * of what the condition names, and of what is skipped for it.
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
  return (
    part.heeds.some(name => same(name, failing)) ||
    stopsWith(part, failing, all, between =>
      heedsFailureOf(between, failing, all, seen),
    )
  );
}

/** Whether a part does not run when another that came before it was skipped. */
export function heedsSkipOf(
  part: Part,
  skipped: string,
  all: readonly Part[],
  seen = new Set<Part>(),
): boolean {
  const names = skipsOf(part);
  if (!names) return true;
  if (seen.has(part)) return false;
  seen.add(part);
  return (
    names.some(name => same(name, skipped)) ||
    stopsWith(part, skipped, all, between =>
      heedsSkipOf(between, skipped, all, seen),
    )
  );
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
