import { FleetView, isResult } from '../fleet/FleetView';

/** Pipelines whose score or finding one exemption shows, the weakest; one for a whole entity may concern many. */
const MOST_PIPELINES = 20;

/** Some of the pipelines in which a control does not plainly pass, and how many these are. */
export interface Weakest {
  ids: string[];
  count: number;
}

/**
 * Of given pipelines, those that a viewer may see and in which a control does not plainly pass, the lowest scores first.
 * An exemption of an entity goes on to cover a pipeline that now belongs to others: who sees the entity may not see it.
 */
export function weakestOf(
  ids: readonly string[],
  controlId: string,
  view: FleetView,
): Weakest {
  const test = view.resultTest({ control: controlId });
  const open = ids.flatMap(id => {
    const pipeline = view.fleet.pipeline(id);
    return test &&
      pipeline &&
      view.allows(pipeline) &&
      pipeline.outcome.some(bits => isResult(bits, test))
      ? [pipeline]
      : [];
  });
  open.sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1));
  return {
    ids: open.slice(0, MOST_PIPELINES).map(({ id }) => id),
    count: open.length,
  };
}
