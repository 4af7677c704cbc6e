import { NotFoundError } from '@backstage/errors';
import {
  ExemptionDetail,
  ExemptionPage,
  ExemptionQuery,
  ExemptionView,
  FacetValue,
} from 'backstage-plugin-pipeline-posture-common';
import { PipelineQueries } from '../api/PipelineQueries';
import { FleetView, Viewer } from '../fleet/FleetView';
import { dayOf } from '../history/days';
import { EntityStore } from '../store/EntityStore';
import { ExemptionEffects } from './ExemptionEffects';
import { ExemptionRights } from './ExemptionService';
import { ExemptionStore } from './ExemptionStore';
import { StoredExemption } from './exemptionRows';
import { ExemptionViews } from './ExemptionViews';
import { countsOf, endingSoon, inOrderOf, isIn } from './queues';
import { Weakest, weakestOf } from './weakest';

/** Who asks, and what that allows. */
export interface ExemptionCaller {
  viewer: Viewer;
  rights: ExemptionRights;
}

/** What an exemption is about. */
type Target = Pick<
  StoredExemption,
  'id' | 'state' | 'controlId' | 'pipelineId' | 'entityRef'
>;

const NONE: Weakest = { ids: [], count: 0 };

const NOT_FOUND = 'It does not exist, or you do not have access.';

/** Lists of exemptions and single ones, of those that a caller may see, now or at the end of a day. */
export class ExemptionQueries {
  readonly #store: ExemptionStore;
  readonly #views: ExemptionViews;
  readonly #entities: EntityStore;
  readonly #queries: PipelineQueries;
  readonly #effects: ExemptionEffects;
  readonly #now: () => Date;

  constructor(options: {
    store: ExemptionStore;
    views: ExemptionViews;
    entities: EntityStore;
    queries: PipelineQueries;
    effects: ExemptionEffects;
    now: () => Date;
  }) {
    this.#store = options.store;
    this.#views = options.views;
    this.#entities = options.entities;
    this.#queries = options.queries;
    this.#effects = options.effects;
    this.#now = options.now;
  }

  /** @throws InputError for a day that has not come, or of which nothing is kept */
  async list(
    query: ExemptionQuery,
    caller: ExemptionCaller,
  ): Promise<ExemptionPage> {
    const { queue, state, owner, asOf, page = 1, size = 25 } = query;
    const today = asOf ?? dayOf(this.#now());
    const view = await this.#queries.view(caller.viewer, asOf);
    const all = (await this.#seen(query, caller.viewer)).filter(
      e =>
        (!query.control || e.controlId === query.control) &&
        (!query.pipelineId || e.pipelineId === query.pipelineId) &&
        (!query.entityRef || e.entityRef === query.entityRef),
    );
    const places = new Map(all.map(e => [e.id, ownersOf(e, view)]));
    const ofOwner = all.filter(
      e =>
        !owner?.length ||
        places.get(e.id)?.above.some(ref => owner.includes(ref)),
    );
    const ending = endingSoon(all, today);
    const asked = (e: StoredExemption) =>
      (!queue || isIn(queue, e, ending)) &&
      (!state?.length || state.includes(e.state));
    const matching = inOrderOf(queue, ofOwner.filter(asked));
    return {
      items: await this.#shown(
        matching.slice((page - 1) * size, page * size),
        view,
        caller,
        asOf,
      ),
      total: matching.length,
      page,
      size,
      counts: countsOf(ofOwner, ending),
      owners: frequent(
        all.filter(asked).flatMap(e => places.get(e.id)?.own ?? []),
      ),
      ...(asOf && { asOf }),
    };
  }

  /** @throws NotFoundError if there is none, or the caller may not see what it applies to */
  async of(
    id: string,
    caller: ExemptionCaller,
    asOf?: string,
  ): Promise<ExemptionDetail> {
    const day = await this.#queries.index.pastDay(asOf);
    const view = await this.#queries.view(caller.viewer, asOf);
    const found = (await this.#seen({ asOf }, caller.viewer, id))[0];
    if (!found) throw new NotFoundError(NOT_FOUND);
    const [shown] = await this.#shown([found], view, caller, asOf);
    const { ids, count } = await this.#weakest(found, view, asOf);
    const rows = await this.#queries.rows(ids, day);
    const findings = await this.#queries.views(
      await this.#queries.storedFindings(rows, day, [found.controlId]),
      rows,
      view,
      day,
    );
    return {
      ...shown,
      findings: findings.sort(
        (a, b) => ids.indexOf(a.pipelineId) - ids.indexOf(b.pipelineId),
      ),
      findingCount: count,
      seeEvidence: caller.viewer.evidence,
      ...(asOf && { asOf }),
    };
  }

  /** Number of requests that wait, of those that a viewer may see. */
  async waiting(viewer: Viewer): Promise<number> {
    return (await this.#seen({ state: ['waiting'] }, viewer)).length;
  }

  /** Whether a viewer may see an exemption. @throws NotFoundError if not, or if there is none */
  async mustSee(id: string, viewer: Viewer): Promise<void> {
    if ((await this.#seen({}, viewer, id)).length === 0)
      throw new NotFoundError(NOT_FOUND);
  }

  /** Of the stored exemptions, those whose target the viewer may see. */
  async #seen(
    { state, asOf }: Pick<ExemptionQuery, 'state' | 'asOf'>,
    viewer: Viewer,
    id?: string,
  ): Promise<StoredExemption[]> {
    const { visible, unlinked } = viewer;
    let list: StoredExemption[];
    if (asOf !== undefined) list = await this.#views.asOf(asOf, undefined);
    else if (id === undefined) list = await this.#store.list({ state });
    else list = [await this.#store.get(id)].flatMap(one => one ?? []);
    if (id !== undefined) list = list.filter(one => one.id === id);
    if (visible === 'all' && unlinked) return list;
    const view = await this.#queries.view(viewer);
    const entities = await this.#entities.entitiesOf(
      list.flatMap(e => e.pipelineId ?? []),
    );
    return list.filter(({ entityRef, pipelineId = '' }) => {
      const refs = entityRef ? [entityRef] : entities.get(pipelineId) ?? [];
      if (refs.length > 0) return refs.some(ref => view.sees({ ref }));
      // A pipeline that is gone has no entities any more: whether it had any is not known.
      return view.fleet.pipeline(pipelineId) ? unlinked : visible === 'all';
    });
  }

  async #shown(
    exemptions: readonly StoredExemption[],
    view: FleetView,
    { rights }: ExemptionCaller,
    asOf: string | undefined,
  ): Promise<ExemptionView[]> {
    const shown = await this.#views.of(exemptions, rights, asOf);
    return Promise.all(
      shown.map(async exemption => {
        const owners = ownersOf(exemption, view).own;
        // Of the past only the whole scores are kept.
        const open =
          asOf === undefined &&
          (exemption.state === 'waiting' || exemption.state === 'active');
        const { ids, count } = open
          ? await this.#weakest(exemption, view, asOf)
          : NONE;
        const effects = this.#effects.of(
          exemption.controlId,
          await this.#queries.rows(ids),
        );
        return {
          ...exemption,
          ...(owners.length > 0 && { owners }),
          ...(effects.length > 0 && {
            effects,
            effectCount: count,
          }),
        };
      }),
    );
  }

  /** What an exemption shows of the pipelines that it is about. */
  async #weakest(
    exemption: Target,
    view: FleetView,
    asOf: string | undefined,
  ): Promise<Weakest> {
    const ids = await this.#pipelinesOf(exemption, view, asOf);
    return weakestOf(ids, exemption.controlId, view);
  }

  /**
   * Pipelines that an exemption covers, or may come to cover, whoever may see them. Which ones it covered in the past is
   * not kept.
   */
  async #pipelinesOf(
    exemption: Target,
    view: FleetView,
    asOf: string | undefined,
  ): Promise<readonly string[]> {
    const { id, state, pipelineId, entityRef = '' } = exemption;
    if (pipelineId) return [pipelineId];
    if (state === 'active' && asOf === undefined)
      return this.#store.pipelinesOf(id);
    return (
      view.fleet.entities.get(entityRef)?.pipelineIds ??
      this.#entities.pipelinesOf(entityRef)
    );
  }
}

/** Owners of what an exemption applies to, and those with all groups above them. */
function ownersOf(
  {
    entityRef,
    pipelineId = '',
  }: Pick<StoredExemption, 'pipelineId' | 'entityRef'>,
  view: FleetView,
): { own: string[]; above: string[] } {
  const entity = entityRef && view.fleet.entities.get(entityRef);
  const pipeline = view.fleet.pipeline(pipelineId);
  const ofPipeline = pipeline ? view.entitiesOf(pipeline) : [];
  const entities = entity ? [entity] : ofPipeline;
  const own = [...new Set(entities.flatMap(({ owner }) => owner ?? []))].sort();
  return {
    own,
    above: [...new Set(own.flatMap(ref => view.fleet.withAbove(ref)))],
  };
}

/** Values by how often they occur. */
function frequent(values: readonly string[]): FacetValue[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
