import { Knex } from 'knex';
import {
  COMPLIANCES,
  FleetSummary,
  GRADES,
  GroupRollUp,
  PipelineQuery,
  rollUp,
  RollUpBy,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { AssessedFinding } from '../evaluation/PostureAssessor';
import { PipelineQueries, Viewer } from './PipelineQueries';
import { whereInList } from './visibility';

interface EntityRow {
  entity_ref: string;
  owner: string | null;
  system: string | null;
  score: number;
  grade: number;
  compliance: number;
}

const zeros = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map(key => [key, 0])) as Record<K, number>;

/** Numbers over many pipelines and entities, never over what the caller may not see. */
export class FleetQueries {
  readonly #knex: Knex;
  readonly #queries: PipelineQueries;

  constructor(options: { knex: Knex; queries: PipelineQueries }) {
    this.#knex = options.knex;
    this.#queries = options.queries;
  }

  async summary(query: PipelineQuery, viewer: Viewer): Promise<FleetSummary> {
    const rows: Array<{
      grade: number;
      compliance: number;
      provider: string;
      n: number | string;
    }> = await this.#queries
      .matching(query, viewer)
      .groupBy('p.grade', 'p.compliance', 'p.provider')
      .select(
        'p.grade',
        'p.compliance',
        'p.provider',
        this.#knex.raw('count(*) as n'),
      );
    const summary: FleetSummary = {
      pipelines: 0,
      byGrade: zeros(GRADES),
      byCompliance: zeros(COMPLIANCES),
      byProvider: {},
      failingBySeverity: zeros(SEVERITIES),
      controls: [],
      linked: 0,
    };
    for (const { grade, compliance, provider, n } of rows) {
      summary.pipelines += Number(n);
      summary.byGrade[GRADES[grade]] += Number(n);
      summary.byCompliance[COMPLIANCES[compliance]] += Number(n);
      summary.byProvider[provider] =
        (summary.byProvider[provider] ?? 0) + Number(n);
    }
    const findings = () =>
      this.#queries
        .matching(query, viewer)
        .join('findings as f', 'f.pipeline_id', 'p.id');
    const severities: Array<{
      severity: keyof FleetSummary['failingBySeverity'];
      n: number | string;
    }> = await findings()
      .where('f.status', 'fail')
      .groupBy('f.severity')
      .select('f.severity', this.#knex.raw('count(distinct p.id) as n'));
    severities.forEach(
      ({ severity, n }) => (summary.failingBySeverity[severity] = Number(n)),
    );
    const controls: Array<{
      control_id: string;
      status: string;
      n: number | string;
    }> = await findings()
      .groupBy('f.control_id', 'f.status')
      .select('f.control_id', 'f.status', this.#knex.raw('count(*) as n'));
    const byControl = new Map<string, { failing: number; unknown: number }>();
    for (const { control_id, status, n } of controls) {
      const counts = byControl.get(control_id) ?? { failing: 0, unknown: 0 };
      if (status === 'fail') counts.failing += Number(n);
      if (status === 'unknown') counts.unknown += Number(n);
      byControl.set(control_id, counts);
    }
    summary.controls = [...byControl]
      .map(([controlId, counts]) => ({ controlId, ...counts }))
      .sort(
        (a, b) =>
          b.failing - a.failing ||
          b.unknown - a.unknown ||
          (a.controlId < b.controlId ? -1 : 1),
      );
    const [{ n }]: Array<{ n: number | string }> = await this.#queries
      .matching({ ...query, linked: true }, viewer)
      .count({ n: '*' });
    summary.linked = Number(n);
    return summary;
  }

  async rollUps(by: RollUpBy, viewer: Viewer): Promise<GroupRollUp[]> {
    const query = this.#knex('entities')
      .whereNotNull('score')
      .where({ gone: false })
      .select('entity_ref', 'owner', 'system', 'score', 'grade', 'compliance');
    if (viewer.visible !== 'all')
      whereInList(this.#knex, query, 'entity_ref', viewer.visible);
    const entities: EntityRow[] = await query;
    const groups = await this.#group(entities, by);
    const rollUps = await Promise.all(
      [...groups].map(([ref, members]) => this.#rollUp(ref, members)),
    );
    return rollUps.sort(
      (a, b) =>
        (a.compliantShare ?? 100) - (b.compliantShare ?? 100) ||
        ((a.ref ?? '~') < (b.ref ?? '~') ? -1 : 1),
    );
  }

  /** An entity counts for its owner and for every group above it, or for its system or that one's domain. */
  async #group(
    entities: readonly EntityRow[],
    by: RollUpBy,
  ): Promise<Map<string | undefined, EntityRow[]>> {
    const rows: Array<{ ref: string; parent: string | null }> =
      await this.#knex('org');
    const parents = new Map(
      rows.map(row => [row.ref, row.parent ?? undefined]),
    );
    const placesOf = (entity: EntityRow): Array<string | undefined> => {
      if (by === 'system') return [entity.system ?? undefined];
      if (by === 'domain')
        return [entity.system ? parents.get(entity.system) : undefined];
      const places = new Set<string>();
      for (
        let ref = entity.owner ?? undefined;
        ref && !places.has(ref);
        ref = parents.get(ref)
      ) {
        places.add(ref);
      }
      return places.size > 0 ? [...places] : [undefined];
    };
    const groups = new Map<string | undefined, EntityRow[]>();
    for (const entity of entities) {
      for (const place of placesOf(entity)) {
        const members = groups.get(place);
        if (members) members.push(entity);
        else groups.set(place, [entity]);
      }
    }
    return groups;
  }

  async #rollUp(
    ref: string | undefined,
    members: readonly EntityRow[],
  ): Promise<GroupRollUp> {
    const refs = members.map(m => m.entity_ref);
    const findings: Array<{
      pipeline_id: string;
      control_id: string;
      finding: string;
    }> = await whereInList(
      this.#knex,
      this.#knex('findings as f')
        .join('entity_pipelines as e', 'e.pipeline_id', 'f.pipeline_id')
        .where('f.status', 'fail'),
      'e.entity_ref',
      refs,
    ).distinct('f.pipeline_id', 'f.control_id', 'f.finding');
    const controls = new Map<string, { pipelines: number; gain: number }>();
    for (const row of findings) {
      const finding: AssessedFinding = JSON.parse(row.finding);
      const counts = controls.get(row.control_id) ?? { pipelines: 0, gain: 0 };
      counts.pipelines += 1;
      counts.gain += finding.gainIfFixed;
      controls.set(row.control_id, counts);
    }
    const exempt = await whereInList(
      this.#knex,
      this.#knex('findings as f')
        .join('entity_pipelines as e', 'e.pipeline_id', 'f.pipeline_id')
        .where('f.status', 'exempt'),
      'e.entity_ref',
      refs,
    ).distinct('f.pipeline_id', 'f.control_id');
    const pipelines = new Set(findings.map(row => row.pipeline_id)).size || 1;
    return {
      ...(ref && { ref }),
      ...rollUp(
        members.map(m => ({
          score: m.score,
          grade: GRADES[m.grade],
          compliance: COMPLIANCES[m.compliance],
        })),
      ),
      worst: [...members]
        .sort(
          (a, b) => a.score - b.score || (a.entity_ref < b.entity_ref ? -1 : 1),
        )
        .slice(0, 5)
        .map(m => ({
          entityRef: m.entity_ref,
          score: m.score,
          grade: GRADES[m.grade],
        })),
      failingControls: [...controls]
        .map(([controlId, { pipelines: n, gain }]) => ({
          controlId,
          pipelines: n,
          gain: Math.round(gain / pipelines),
        }))
        .sort(
          (a, b) =>
            b.pipelines - a.pipelines || (a.controlId < b.controlId ? -1 : 1),
        )
        .slice(0, 5),
      exempt: exempt.length,
    };
  }
}
