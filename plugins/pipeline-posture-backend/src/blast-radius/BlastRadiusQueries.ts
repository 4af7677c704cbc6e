import { NotFoundError } from '@backstage/errors';
import {
  BlastRadius,
  IdentityQuery,
  IdentityRank,
  Page,
} from 'backstage-plugin-pipeline-posture-common';
import { Viewer } from '../fleet/FleetView';
import { PipelineStore } from '../store/PipelineStore';
import { cutsOf, pathsOf } from './cutsOf';
import { graphOf } from './graphOf';
import { IdentityUses, IdentityUsage } from './IdentityUses';
import { dangerOf, rankOf } from './rankOf';

const byDanger = (a: IdentityUsage, b: IdentityUsage) =>
  b.targets.length - a.targets.length ||
  (a.pipeline.id < b.pipeline.id ? -1 : 1);

/** What identities endanger, over the pipelines that the caller may see. */
export class BlastRadiusQueries {
  readonly #uses: IdentityUses;
  readonly #pipelines: PipelineStore;

  constructor(options: { uses: IdentityUses; pipelines: PipelineStore }) {
    this.#uses = options.uses;
    this.#pipelines = options.pipelines;
  }

  async list(
    query: IdentityQuery,
    viewer: Viewer,
  ): Promise<Page<IdentityRank>> {
    const { text, provider, owner, page = 1, size = 25 } = query;
    const view = await this.#uses.view(viewer);
    const seen = await this.#uses.seen(view);
    const filters = view.filters({ provider, owner });
    const wanted = text?.toLocaleLowerCase('en-US');
    const all = view.matching({}).length;
    const ranks = view.fleet.once(
      `ranks ${view.key} ${JSON.stringify([text, provider, owner])}`,
      () =>
        seen
          .filter(
            ({ identity, uses }) =>
              (!wanted ||
                `${identity.name} ${identity.identity_id}`
                  .toLocaleLowerCase('en-US')
                  .includes(wanted)) &&
              (filters.length === 0 ||
                uses.some(use =>
                  filters.every(({ test }) => test(use.pipeline)),
                )),
          )
          .map(used => rankOf(view, used, all))
          .sort((a, b) => dangerOf(b) - dangerOf(a) || (a.id < b.id ? -1 : 1)),
    );
    return {
      items: ranks.slice((page - 1) * size, page * size),
      total: ranks.length,
      page,
      size,
    };
  }

  /** @throws NotFoundError, the same whether the identity does not exist or all of its pipelines are hidden */
  async of(
    id: string,
    { page, size }: { page: number; size: number },
    viewer: Viewer,
  ): Promise<BlastRadius> {
    const view = await this.#uses.view(viewer);
    const used = (await this.#uses.seen(view)).find(
      ({ identity }) => identity.identity_id === id,
    );
    if (!used)
      throw new NotFoundError('It does not exist, or you do not have access.');
    const uses = [...used.uses].sort(byDanger);
    const shown = uses.slice((page - 1) * size, page * size);
    const stored = await this.#pipelines.getMany(
      shown.map(use => use.pipeline.id),
    );
    const cuts = cutsOf(uses, pipelineId => pipelineId);
    const names = await this.#pipelines.names(
      cuts.flatMap(cut => (cut.change === 'stop-use' ? [cut.label] : [])),
    );
    return {
      identity: rankOf(view, used, view.matching({}).length),
      ...graphOf(
        { id, name: used.identity.name },
        stored.map(pipeline => pipeline.snapshot),
      ),
      productionPaths: pathsOf(uses),
      cuts: cuts.map(cut => ({
        ...cut,
        label: names.get(cut.label) ?? cut.label,
      })),
      shownPipelines: shown.length,
      page,
      size,
    };
  }
}
