import { Knex } from 'knex';
import { FleetPipeline } from '../fleet/Fleet';
import { FleetIndex } from '../fleet/FleetIndex';
import { FleetView, Viewer } from '../fleet/FleetView';
import { IdentityRow } from '../store/identityRows';

/** One pipeline that can act as an identity. */
export interface IdentityUsage {
  pipeline: FleetPipeline;
  /** True if it uses it to deploy to production, or where that cannot be told. */
  production: boolean;
  /** What it reaches in production by it. */
  targets: string[];
  /** Who can change the pipeline, as `<kind>:<name>`; undefined if that is not known. */
  changers?: string[];
}

/** An identity with the pipelines that a viewer may see. */
export interface UsedIdentity {
  identity: IdentityRow;
  uses: IdentityUsage[];
}

interface UseRow {
  identity_id: string;
  pipeline_id: string;
  tiers: string;
  targets: string;
}

/** Which pipelines can act as which identities, read once for each state of the fleet. */
export class IdentityUses {
  readonly #knex: Knex;
  readonly #index: FleetIndex;

  constructor(options: { knex: Knex; index: FleetIndex }) {
    this.#knex = options.knex;
    this.#index = options.index;
  }

  /** The fleet as a viewer may see it. */
  async view(viewer: Viewer): Promise<FleetView> {
    return new FleetView(await this.#index.at(), viewer);
  }

  /** All identities that a pipeline which the viewer may see can act as. */
  async seen(view: FleetView): Promise<UsedIdentity[]> {
    const all = await view.fleet.once('identities', () => this.#read(view));
    return view.fleet.once(`identities ${view.key}`, () =>
      all.flatMap(({ identity, uses }) => {
        const visible = uses.filter(use => view.allows(use.pipeline));
        return visible.length > 0 ? [{ identity, uses: visible }] : [];
      }),
    );
  }

  async #read({ fleet }: FleetView): Promise<UsedIdentity[]> {
    const identities: IdentityRow[] = await this.#knex('identities');
    const rows: UseRow[] = await this.#knex('identity_pipelines');
    const changers: Array<{ id: string; changers: string | null }> =
      await this.#knex('pipelines')
        .whereNull('gone_at')
        .whereNotNull('changers')
        .select('id', 'changers');
    const changersOf = new Map(
      changers.map(row => [row.id, JSON.parse(row.changers ?? '[]')]),
    );
    const byId = new Map<string, UsedIdentity>(
      identities.map(row => [row.identity_id, { identity: row, uses: [] }]),
    );
    for (const row of rows) {
      const pipeline = fleet.pipeline(row.pipeline_id);
      if (!pipeline) continue;
      byId.get(row.identity_id)?.uses.push({
        pipeline,
        production: /(^|,)(production|unknown)(,|$)/.test(row.tiers),
        targets: JSON.parse(row.targets),
        changers: changersOf.get(row.pipeline_id),
      });
    }
    return [...byId.values()].filter(({ uses }) => uses.length > 0);
  }
}
