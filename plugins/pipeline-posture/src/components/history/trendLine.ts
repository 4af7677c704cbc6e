import { TrendPoint } from 'backstage-plugin-pipeline-posture-common';

const DAY_MS = 86_400_000;

/** Where a point stands in a picture of 100 by 100. */
export interface PlacedPoint extends TrendPoint {
  x: number;
  y: number;
}

/** Points of a trend in their places; days that follow one another are one line, days without a check break it. */
export function linesOf(trend: readonly TrendPoint[]): PlacedPoint[][] {
  if (trend.length === 0) return [];
  const dayOf = ({ day }: TrendPoint) => Date.parse(`${day}T00:00:00Z`);
  const first = dayOf(trend[0]);
  const span = dayOf(trend[trend.length - 1]) - first || DAY_MS;
  const lines: PlacedPoint[][] = [];
  let before: number | undefined;
  for (const point of trend) {
    const at = dayOf(point);
    const placed = {
      ...point,
      x: (100 * (at - first)) / span,
      y: 100 - point.score,
    };
    const follows = before !== undefined && at - before <= DAY_MS;
    if (follows) lines[lines.length - 1].push(placed);
    else lines.push([placed]);
    before = at;
  }
  return lines;
}
