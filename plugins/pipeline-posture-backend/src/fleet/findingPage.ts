import {
  DIMENSIONS,
  FindingQuery,
  Page,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { cursorOf, placeOf } from './cursor';
import { FleetView } from './FleetView';
import {
  controlOf,
  dimensionOf,
  isListed,
  severityOf,
  SHOWN,
  shownOf,
} from './outcome';

/** Names a finding. */
export interface FindingName {
  controlId: string;
  pipelineId: string;
}

interface Bucket {
  /** Position in `SEVERITIES`. */
  severity: number;
  controlId: string;
  pipelineIds: string[];
}

/** Findings that match, in their order: severity, control, pipeline. */
function bucketsOf(view: FleetView, query: FindingQuery): Bucket[] {
  const { control, status, severity, dimension } = query;
  const controls = new Set(control);
  const statuses = new Set(status?.map(s => SHOWN.indexOf(s)));
  const severities = new Set(severity?.map(s => SEVERITIES.indexOf(s)));
  const dimensions = new Set(dimension?.map(d => DIMENSIONS.indexOf(d)));
  const { provider, entityRef, owner, system, tier } = query;
  const filters = view.filters({ provider, entityRef, owner, system, tier });
  const buckets = new Map<number, Bucket>();
  for (const pipeline of view.fleet.ordered('id', 'asc')) {
    if (!view.allows(pipeline)) continue;
    if (!filters.every(({ test }) => test(pipeline))) continue;
    for (const bits of pipeline.outcome) {
      const shown = shownOf(bits);
      if (!isListed(shown)) continue;
      if (statuses.size > 0 && !statuses.has(shown)) continue;
      if (severities.size > 0 && !severities.has(severityOf(bits))) continue;
      if (dimensions.size > 0 && !dimensions.has(dimensionOf(bits))) continue;
      const controlId = view.fleet.controls.get(controlOf(bits));
      if (controlId === undefined) continue;
      if (controls.size > 0 && !controls.has(controlId)) continue;
      const key = severityOf(bits) * 65536 + controlOf(bits);
      const bucket = buckets.get(key);
      if (bucket) bucket.pipelineIds.push(pipeline.id);
      else
        buckets.set(key, {
          severity: severityOf(bits),
          controlId,
          pipelineIds: [pipeline.id],
        });
    }
  }
  return [...buckets.values()].sort(
    (a, b) => a.severity - b.severity || (a.controlId < b.controlId ? -1 : 1),
  );
}

/** One page of the findings that match, with the exact number of all. */
export function findingPageOf(
  view: FleetView,
  query: FindingQuery,
  size: number,
): Omit<Page<FindingName>, 'asOf'> {
  const { page = 1, cursor, size: _size, asOf: _asOf, ...filter } = query;
  const buckets = view.fleet.once(
    `findings ${view.key} ${JSON.stringify(filter)}`,
    () => bucketsOf(view, filter),
  );
  const total = buckets.reduce((sum, b) => sum + b.pipelineIds.length, 0);
  const from =
    cursor === undefined ? (page - 1) * size : positionAfter(buckets, cursor);
  const items: FindingName[] = [];
  let at = 0;
  let last: Bucket | undefined;
  for (const bucket of buckets) {
    const ids = bucket.pipelineIds.slice(
      Math.max(0, from - at),
      Math.max(0, from + size - at),
    );
    for (const pipelineId of ids)
      items.push({ controlId: bucket.controlId, pipelineId });
    if (ids.length > 0) last = bucket;
    at += bucket.pipelineIds.length;
    if (at >= from + size) break;
  }
  const end = items.at(-1);
  return {
    items,
    total,
    page: Math.floor(from / size) + 1,
    size,
    ...(end &&
      last &&
      from + size < total && {
        nextCursor: cursorOf('findings', [
          last.severity,
          end.controlId,
          end.pipelineId,
        ]),
      }),
  };
}

/** Position of the first finding after the place of a cursor, whether what stood there is still there or not. */
function positionAfter(buckets: readonly Bucket[], cursor: string): number {
  const [severity, control, pipeline] = placeOf('findings', cursor, 3);
  let position = 0;
  for (const bucket of buckets) {
    const order =
      bucket.severity - Number(severity) ||
      (bucket.controlId < String(control)
        ? -1
        : Number(bucket.controlId > String(control)));
    if (order > 0) return position;
    if (order === 0) {
      const index = bucket.pipelineIds.findIndex(id => id > String(pipeline));
      return position + (index < 0 ? bucket.pipelineIds.length : index);
    }
    position += bucket.pipelineIds.length;
  }
  return position;
}
