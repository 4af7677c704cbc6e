import { End } from '../reading/types';

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

/** Names whose end keeps a part from running; nothing if that of any does. */
const namesOf = ({ heeds, heedsSkips }: Part, end: End) =>
  end === 'failed' ? heeds : heedsSkips ?? heeds;

/**
 * Whether a part does not run when another that came before it ended badly.
 * Without a condition of its own it heeds everything before it; else only what
 * the condition names, and what is skipped for it.
 */
export function heedsEndOf(
  part: Part,
  { name, end }: { name: string; end: End },
  all: readonly Part[],
  seen = new Set<Part>(),
): boolean {
  const names = namesOf(part, end);
  if (!names) return true;
  if (seen.has(part)) return false;
  seen.add(part);
  if (names.some(each => same(each, name))) return true;
  return (namesOf(part, 'skipped') ?? []).some(each => {
    const between = all.find(other => same(other.id, each));
    return (
      between !== undefined &&
      comesBefore(name, between, all) &&
      heedsEndOf(between, { name, end }, all, seen)
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
