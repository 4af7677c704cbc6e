import {
  EntityQuery,
  EntityRow,
  FleetFacets,
  FleetSummary,
  GroupRollUp,
  HeatMap,
  Page,
  PipelineFilter,
  RollUpBy,
  ScoringPolicy,
} from 'backstage-plugin-pipeline-posture-common';
import { entityPageOf } from '../fleet/entityPage';
import { facetsOf } from '../fleet/facetsOf';
import { FleetIndex } from '../fleet/FleetIndex';
import { FleetView, Viewer } from '../fleet/FleetView';
import { heatMapOf, rollUpsOf } from '../fleet/groupsOf';
import { summaryOf } from '../fleet/summaryOf';
import { filterOf } from './PipelineQueries';

/** Numbers over many pipelines and entities, never over what the caller may not see. */
export class FleetQueries {
  readonly #index: FleetIndex;
  readonly #policy: ScoringPolicy;

  constructor(options: { index: FleetIndex; policy: ScoringPolicy }) {
    this.#index = options.index;
    this.#policy = options.policy;
  }

  async #answer<T>(
    what: string,
    query: PipelineFilter,
    viewer: Viewer,
    work: (view: FleetView, filter: PipelineFilter) => T,
  ): Promise<T & { asOf?: string }> {
    const { asOf } = query;
    const filter = filterOf(query);
    const view = new FleetView(await this.#index.at(asOf), viewer);
    const answer = view.fleet.once(
      `${what} ${view.key} ${JSON.stringify(filter)}`,
      () => work(view, filter),
    );
    return { ...answer, ...(asOf && { asOf }) };
  }

  async summary(query: PipelineFilter, viewer: Viewer): Promise<FleetSummary> {
    const summary = await this.#answer('summary', query, viewer, summaryOf);
    return { ...summary, policy: this.#policy };
  }

  facets(query: PipelineFilter, viewer: Viewer): Promise<FleetFacets> {
    return this.#answer('facets', query, viewer, facetsOf);
  }

  async entities(
    { page = 1, size = 25, ...query }: EntityQuery,
    viewer: Viewer,
  ): Promise<Page<EntityRow>> {
    const { asOf } = query;
    const view = new FleetView(await this.#index.at(asOf), viewer);
    return {
      ...entityPageOf(view, filterOf(query), { page, size }),
      ...(asOf && { asOf }),
    };
  }

  rollUps(
    by: RollUpBy,
    query: PipelineFilter,
    viewer: Viewer,
  ): Promise<{ items: GroupRollUp[]; asOf?: string }> {
    return this.#answer(`roll-ups ${by}`, query, viewer, (view, filter) => ({
      items: rollUpsOf(view, by, filter),
    }));
  }

  heatMap(
    by: RollUpBy,
    query: PipelineFilter,
    viewer: Viewer,
  ): Promise<HeatMap> {
    return this.#answer(`heat map ${by}`, query, viewer, (view, filter) => ({
      by,
      groups: heatMapOf(view, by, filter),
    }));
  }
}
