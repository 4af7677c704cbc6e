import { Knex } from 'knex';
import {
  DEFAULT_SCORING_POLICY,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { neutralControls } from 'backstage-plugin-pipeline-posture-controls';
import { PostureAssessor } from '../../plugins/pipeline-posture-backend/src/evaluation/PostureAssessor';
import { ControlNumbers } from '../../plugins/pipeline-posture-backend/src/fleet/ControlNumbers';
import { HistoryStore } from '../../plugins/pipeline-posture-backend/src/history/HistoryStore';
import { scopeKey } from '../../plugins/pipeline-posture-backend/src/store/keys';
import { EntityStore } from '../../plugins/pipeline-posture-backend/src/store/EntityStore';
import { PipelineWriter } from '../../plugins/pipeline-posture-backend/src/store/PipelineWriter';
import { fleet } from './snapshots';

/** Pipelines that are really judged and saved; the others are copies of their rows. */
const TEMPLATES = 200;
const DAY_MS = 24 * 3600_000;

/** The controls and the policy that the benchmark judges by. */
export const benchAssessor = () =>
  PostureAssessor.create({
    controls: neutralControls,
    disabledControls: new Map(),
    policy: DEFAULT_SCORING_POLICY,
    expireAfterMs: 7 * DAY_MS,
  });

const dayBefore = (days: number) =>
  new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

async function saveTemplates(knex: Knex): Promise<void> {
  const assessor = benchAssessor();
  const numbers = new ControlNumbers(knex);
  await numbers.ensure(assessor.controls.map(({ id }) => id));
  const history = new HistoryStore(knex);
  const writer = new PipelineWriter({ history, numbers });
  const now = new Date();
  const entities = new EntityStore(knex, () => now);
  const snapshots = [...fleet(TEMPLATES)].map(snapshot => ({
    ...snapshot,
    collectedAt: now.toISOString(),
  }));
  const byScope = new Map<string, typeof snapshots>();
  for (const snapshot of snapshots) {
    const key = scopeKey({
      provider: snapshot.ref.provider,
      id: snapshot.ref.scope,
    });
    byScope.set(key, [...(byScope.get(key) ?? []), snapshot]);
  }
  for (const [key, members] of byScope) {
    const [provider, id] = key.split('~');
    await knex('sources')
      .insert({
        key: `${provider}~bench`,
        provider,
        source_id: 'bench',
        title: provider,
      })
      .onConflict('key')
      .ignore();
    await knex('scopes').insert({
      key,
      provider,
      scope_id: id,
      source_key: `${provider}~bench`,
      title: `${provider} ${id}`,
      next_run_at: new Date(Date.now() + 365 * DAY_MS).toISOString(),
      last_run_id: 'bench',
      last_good_run_at: now.toISOString(),
    });
    await knex.transaction(tx =>
      writer.save(
        tx,
        members.map(snapshot => ({
          snapshot,
          assessment: assessor.assess(snapshot, undefined, now),
        })),
        { scopeKey: key, runId: 'bench', now },
      ),
    );
  }
  // Two pipelines for each entity, by the annotation that both have.
  await entities.saveEntities(
    Array.from({ length: TEMPLATES / 2 }, (_, i) => ({
      entityRef: `component:default/e${i}`,
      kind: 'Component',
      owner: 'group:default/team-0',
      system: 'system:default/s0',
      lifecycle: i % 3 === 0 ? 'experimental' : 'production',
      targets: [2 * i, 2 * i + 1].map(n => [
        `dev.azure.com/project-repo=project${n % 40}/service-${n}`,
      ]),
      hash: `${i}`,
    })),
  );
  await knex('entities').update({ dirty: true });
  for await (const changed of entities.settleDirty()) void changed;
  const { ref } = snapshots[0];
  const linked = await knex('entity_pipelines').where({
    pipeline_id: stringifyPipelineRef(ref),
  });
  if (linked.length !== 1)
    throw new Error('The templates are not linked to entities');
}

/** Copies rows of a table `copies` times, with what makes a copy its own. */
async function copy(
  knex: Knex,
  table: string,
  copies: number,
  own: Record<string, string>,
  where = '',
): Promise<void> {
  const columns = Object.keys(await knex(table).columnInfo());
  const list = columns.map(column => `"${column}"`).join(', ');
  const values = columns
    .map(column => own[column] ?? `t."${column}"`)
    .join(', ');
  await knex.raw(
    `insert into ${table} (${list})
     with recursive n(k) as (select 1 union all select k + 1 from n where k < ${copies})
     select ${values} from ${table} t, n ${where}`,
  );
}

const PIPELINE = `replace(t."pipeline_id", '~p', '~' || k || 'p')`;
const ENTITY = `replace(t."entity_ref", '/e', '/' || k || 'e')`;

/**
 * Fills a migrated database with entities, two pipelines each, and 90 days of history, mostly by copying inside it.
 */
export async function fill(knex: Knex, entities: number): Promise<void> {
  await saveTemplates(knex);
  const copies = (entities * 2) / TEMPLATES - 1;
  await copy(knex, 'pipelines', copies, {
    id: `replace(t."id", '~p', '~' || k || 'p')`,
    name: `t."name" || '-' || k`,
    search: `t."search" || ' ' || k`,
    score: `(t."score" + k) % 101`,
    grade: `(t."grade" + k) % 6`,
    compliance: `(t."compliance" + k) % 3`,
    valid_from: `'${dayBefore(60)}'`,
  });
  for (const table of [
    'findings',
    'pipeline_keys',
    'finding_resources',
    'pipeline_repositories',
  ])
    await copy(knex, table, copies, {
      pipeline_id: PIPELINE,
      ...(table === 'findings' && { valid_from: `'${dayBefore(60)}'` }),
      ...(table === 'finding_resources' && {
        resource: `t."resource" || '-' || (k / 20)`,
      }),
      ...(table === 'pipeline_keys' && { key: `t."key" || '-' || k` }),
    });
  await copy(knex, 'identity_pipelines', copies, { pipeline_id: PIPELINE });
  await copy(knex, 'entities', copies, {
    entity_ref: ENTITY,
    owner: `'group:default/team-' || ((k * 100 + t."label_seq") % 500)`,
    system: `'system:default/s' || ((k * 100 + t."label_seq") % 1000)`,
    score: `(t."score" + k) % 101`,
    grade: `(t."grade" + k) % 6`,
    compliance: `(t."compliance" + k) % 3`,
    valid_from: `'${dayBefore(60)}'`,
    label_seq: 't."label_seq" + 1000 * k',
  });
  await copy(knex, 'entity_targets', copies, {
    entity_ref: ENTITY,
    key: `t."key" || '-' || k`,
  });
  await copy(knex, 'entity_pipelines', copies, {
    entity_ref: ENTITY,
    pipeline_id: PIPELINE,
    valid_from: `'${dayBefore(60)}'`,
  });
  await fillOrg(knex);
  await fillHistory(knex);
  await knex('counters')
    .where({ name: 'labels' })
    .update({ value: 1000 * (copies + 2) });
  if (knex.client.config.client === 'pg') await knex.raw('analyze');
}

async function fillOrg(knex: Knex): Promise<void> {
  const rows = [
    ...Array.from({ length: 500 }, (_, i) => ({
      ref: `group:default/team-${i}`,
      parent: `group:default/department-${i % 25}`,
    })),
    ...Array.from({ length: 25 }, (_, i) => ({
      ref: `group:default/department-${i}`,
      parent: 'group:default/everybody',
    })),
    ...Array.from({ length: 1000 }, (_, i) => ({
      ref: `system:default/s${i}`,
      parent: `domain:default/d${i % 40}`,
    })),
  ];
  await knex.batchInsert('org', rows, 200);
}

/** One change in 90 days for nine of ten pipelines, as one per cent a day makes it. */
async function fillHistory(knex: Knex): Promise<void> {
  const [from, until, today] = [dayBefore(90), dayBefore(60), dayBefore(0)];
  const numbers = '"score", "grade", "compliance", "failing", "unknown"';
  for (const [first, last] of [
    [from, dayBefore(61)],
    [until, today],
  ])
    await knex.raw(
      `insert into posture_daily (subject, day, last_day, ${numbers})
       select 'pipeline:' || id, '${first}', '${last}', ${numbers} from pipelines where true
       on conflict do nothing`,
    );
  for (const [first, last] of [
    [from, dayBefore(61)],
    [until, today],
  ])
    await knex.raw(
      `insert into posture_daily (subject, day, last_day, ${numbers})
       select 'entity:' || entity_ref, '${first}', '${last}', score, grade, compliance, 1, 1
       from entities where score is not null
       on conflict do nothing`,
    );
  await knex.raw(
    `insert into pipeline_versions (id, from_day, until_day, scope_key, provider, name, search, kind, url, rubric, reaches,
       score, potential, coverage, grade, compliance, failing, unknown, collected_at, stale_since, outcome, body)
     select t.id, '${from}', '${until}', t.scope_key, t.provider, t.name, t.search, t.kind, t.url, t.rubric, t.reaches,
       t.score, t.potential, t.coverage, t.grade, t.compliance, t.failing, t.unknown, t.collected_at, null, t.outcome, t.outcome
     from pipelines t where t.score % 10 <> 0`,
  );
  await knex.raw(
    `insert into changes (event_id, at, pipeline_id, cause, transitions, score_before, score_after, rubric)
     select 'b-' || t.id, '${until}T08:00:00.000Z', t.id, 'setting-changed', '[]', t.score, t.score, t.rubric
     from pipelines t where t.score % 10 <> 0`,
  );
}
