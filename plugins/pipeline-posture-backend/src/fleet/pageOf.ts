import { Page } from 'backstage-plugin-pipeline-posture-common';
import { compareIn, FleetOrder, FleetPipeline, orderKeyOf } from './Fleet';
import { cursorOf, placeOf } from './cursor';
import { FleetView } from './FleetView';

/** What part of an ordered list is wanted. */
export interface PageRequest {
  order: FleetOrder;
  direction: 'asc' | 'desc';
  page?: number;
  size: number;
  cursor?: string;
}

const keyed = (pipeline: FleetPipeline, order: FleetOrder) => ({
  key: orderKeyOf(pipeline, order),
  id: pipeline.id,
});

/** One page of the pipelines that match, with the exact number of all. */
export function pageOf(
  view: FleetView,
  matching: readonly FleetPipeline[],
  request: PageRequest,
): Omit<Page<FleetPipeline>, 'asOf'> {
  const { order, direction, size } = request;
  const kind = `${order} ${direction}`;
  const sorted = view.fleet.once(
    `order ${view.fleet.nameOf(matching)} ${kind}`,
    () => inOrder(view, matching, order, direction),
  );
  let from = ((request.page ?? 1) - 1) * size;
  if (request.cursor !== undefined) {
    const [key, id] = placeOf(kind, request.cursor, 2);
    from = sorted.findIndex(
      pipeline =>
        compareIn(order, direction, pipeline, { key, id: String(id) }) > 0,
    );
    if (from < 0) from = sorted.length;
  }
  const items = sorted.slice(from, from + size);
  const last = items.at(-1);
  return {
    items,
    total: sorted.length,
    page: Math.floor(from / size) + 1,
    size,
    ...(last &&
      from + size < sorted.length && {
        nextCursor: cursorOf(kind, [orderKeyOf(last, order), last.id]),
      }),
  };
}

/** Few are sorted; many are picked from the list of all, which is sorted once. */
function inOrder(
  { fleet }: FleetView,
  matching: readonly FleetPipeline[],
  order: FleetOrder,
  direction: 'asc' | 'desc',
): readonly FleetPipeline[] {
  if (matching.length * 8 < fleet.pipelines.length) {
    return [...matching].sort((a, b) =>
      compareIn(order, direction, a, keyed(b, order)),
    );
  }
  const wanted = new Set(matching);
  return fleet.ordered(order, direction).filter(p => wanted.has(p));
}
