const DAY_MS = 86_400_000;

/** A value on a day. */
export interface DayValue {
  /** `2026-11-21`, UTC. */
  day: string;
  /** 0 to 100. */
  value: number;
}

/** Where a value stands in a picture of 100 by 100. */
export interface Placed extends DayValue {
  x: number;
  y: number;
}

/** A span without values. */
export interface Gap {
  from: number;
  to: number;
}

/** A picture's parts. */
export interface Timeline {
  /** Days that follow one another are one line; days without a value break it. */
  lines: Placed[][];
  gaps: Gap[];
  /** Where a day stands from left to right; undefined outside of the picture. */
  xOf(day: string): number | undefined;
}

const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** Places values by their days. What is not known is a gap, never a zero. */
export function timelineOf(values: readonly DayValue[]): Timeline {
  if (values.length === 0) return { lines: [], gaps: [], xOf: () => undefined };
  const first = timeOf(values[0].day);
  const span = timeOf(values[values.length - 1].day) - first;
  const place = (day: string) =>
    span === 0 ? 50 : (100 * (timeOf(day) - first)) / span;
  const lines: Placed[][] = [];
  const gaps: Gap[] = [];
  let before: Placed | undefined;
  for (const one of values) {
    const placed = { ...one, x: place(one.day), y: 100 - one.value };
    if (before && timeOf(one.day) - timeOf(before.day) <= DAY_MS) {
      lines[lines.length - 1].push(placed);
    } else {
      lines.push([placed]);
      if (before) gaps.push({ from: before.x, to: placed.x });
    }
    before = placed;
  }
  return {
    lines,
    gaps,
    xOf: day => {
      const x = place(day);
      return x >= 0 && x <= 100 ? x : undefined;
    },
  };
}
