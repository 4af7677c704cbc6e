import { Knex } from 'knex';
import { chunked } from '../store/keys';
import { resourcesOf } from '../store/FindingStore';
import { FleetView } from '../fleet/FleetView';
import { StoredFinding } from './PostureRows';

/** In how many other pipelines one fix would mend the same. */
export class AlsoFixes {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @returns one number for each finding; only pipelines that the viewer may see count */
  async of(
    findings: readonly StoredFinding[],
    view: FleetView,
  ): Promise<number[]> {
    const resources = findings.map(({ finding }) => resourcesOf(finding));
    const using = await this.#using([...new Set(resources.flat())]);
    return findings.map(({ pipelineId, finding }, i) => {
      const others = new Set<string>();
      for (const resource of resources[i]) {
        for (const id of using.get(`${finding.controlId} ${resource}`) ?? []) {
          const pipeline =
            id === pipelineId ? undefined : view.fleet.pipeline(id);
          if (pipeline && view.allows(pipeline)) others.add(id);
        }
      }
      return others.size;
    });
  }

  async #using(resources: readonly string[]): Promise<Map<string, string[]>> {
    const using = new Map<string, string[]>();
    for (const chunk of chunked(resources)) {
      const rows: Array<{
        pipeline_id: string;
        control_id: string;
        resource: string;
      }> = await this.#knex('finding_resources').whereIn('resource', chunk);
      for (const { pipeline_id, control_id, resource } of rows) {
        const key = `${control_id} ${resource}`;
        const list = using.get(key);
        if (list) list.push(pipeline_id);
        else using.set(key, [pipeline_id]);
      }
    }
    return using;
  }
}
