import { Knex } from 'knex';
import {
  PipelineSnapshot,
  scoreEntity,
  Transition,
} from 'backstage-plugin-pipeline-posture-common';
import { ResultRecord } from '../evaluation/assessment';
import { EntityRow } from '../store/entityRows';
import { isPostgres } from '../store/migrate';
import { PipelineRow } from '../store/pipelineRows';

const grouped = <T, V>(
  rows: readonly T[],
  key: (row: T) => string,
  value: (row: T) => V,
) => {
  const groups = new Map<string, V[]>();
  for (const row of rows)
    groups.set(key(row), [...(groups.get(key(row)) ?? []), value(row)]);
  return groups;
};
const text = (list: Iterable<string> = []) => [...list].sort().join('\n');

/** All rows that belong together, of one moment, whoever writes meanwhile. */
const ofOneMoment = <T>(knex: Knex, read: (tx: Knex) => Promise<T>) =>
  knex.transaction(
    read,
    isPostgres(knex) ? { isolationLevel: 'repeatable read' } : undefined,
  );

interface Entry {
  id: number;
  pipeline_id: string;
  event_id: string;
  cause: string;
  score_before: number | null;
  score_after: number | null;
  transitions: string;
}

/**
 * What a reader could see that does not fit together: half of a transaction, or something written twice.
 *
 * @returns sentences; none, if all is well
 */
export const contradictionsOf = (knex: Knex): Promise<string[]> =>
  ofOneMoment(knex, async tx => {
    const found: string[] = [];
    const pipelines: PipelineRow[] = await tx('pipelines').whereNull('gone_at');
    const of = async (table: string, column: string) =>
      grouped(
        await tx(table),
        row => row.pipeline_id as string,
        row => String(row[column]),
      );
    const findings = grouped(
      await tx('findings'),
      row => row.pipeline_id as string,
      row => `${row.control_id} ${row.status}`,
    );
    const keys = await of('pipeline_keys', 'key');
    const identities = await of('identity_pipelines', 'identity_id');
    const ledger = grouped<Entry, Entry>(
      await tx('changes').orderBy('id'),
      row => row.pipeline_id,
      row => row,
    );
    for (const row of pipelines) {
      const expect = (what: string, is: unknown, should: unknown) => {
        if (is !== should) found.push(`${row.id}: ${what}: ${is} ≠ ${should}`);
      };
      const results: ResultRecord[] = JSON.parse(row.results);
      const snapshot: PipelineSnapshot = JSON.parse(row.snapshot);
      const posture = JSON.parse(row.posture);
      const loud = results
        .filter(({ status }) => status === 'fail' || status === 'unknown')
        .map(r => `${r.controlId} ${r.preview ? 'preview' : r.status}`);
      expect('findings', text(findings.get(row.id)), text(loud));
      expect('keys', text(keys.get(row.id)), text(JSON.parse(row.keys)));
      expect('score', row.score, posture.score);
      expect('failing', row.failing, posture.counts.fail);
      expect('outcome', row.outcome?.length, 4 * results.length);
      if (snapshot.identities.known)
        expect(
          'identities',
          text(identities.get(row.id)),
          text(snapshot.identities.value.map(({ id }) => id)),
        );
      found.push(...ledgerFaults(row.id, ledger.get(row.id) ?? [], results));
      expect('ledger', ledger.get(row.id)?.at(-1)?.score_after, row.score);
    }
    found.push(...(await entityFaults(tx, pipelines)));
    found.push(...(await dayFaults(tx)));
    return found;
  });

/** Each entry goes on where the one before it ended, and the last ends where the pipeline is. */
function ledgerFaults(
  id: string,
  entries: readonly Entry[],
  results: readonly ResultRecord[],
): string[] {
  const found: string[] = [];
  const statuses = new Map<string, string | undefined>();
  const events = grouped(
    entries,
    row => row.event_id,
    row => row,
  );
  let score: number | null = null;
  for (const [event, [first]] of events) {
    if (first.score_before !== score)
      found.push(
        `${id}: event ${event} goes on from ${first.score_before}, and it was ${score}`,
      );
    score = first.score_after;
  }
  for (const { transitions, event_id } of entries) {
    for (const { controlId, from, to } of JSON.parse(
      transitions,
    ) as Transition[]) {
      if (statuses.has(controlId) && statuses.get(controlId) !== from)
        found.push(`${id}: event ${event_id} repeats a change of ${controlId}`);
      statuses.set(controlId, to);
    }
  }
  const added = entries.filter(({ cause }) => cause === 'pipeline-added');
  if (added.length !== 1) found.push(`${id} was added ${added.length} times`);
  for (const { controlId, status } of results)
    if (statuses.has(controlId) && statuses.get(controlId) !== status)
      found.push(`${id}: the ledger lacks a change of ${controlId}`);
  return found;
}

/** What a crash leaves to do is marked; everything else is as its pipelines say. */
async function entityFaults(tx: Knex, pipelines: readonly PipelineRow[]) {
  const byId = new Map(pipelines.map(row => [row.id, row]));
  const edges = grouped(
    await tx('entity_pipelines'),
    row => row.entity_ref as string,
    row => row.pipeline_id as string,
  );
  const entities: EntityRow[] = await tx('entities').where({ dirty: false });
  return entities.flatMap(entity => {
    const score = scoreEntity(
      (edges.get(entity.entity_ref) ?? [])
        .flatMap(id => byId.get(id) ?? [])
        .map(row => ({
          id: row.id,
          reachesProduction: row.reaches,
          posture: JSON.parse(row.posture),
        })),
    );
    return entity.score === (score?.score ?? null)
      ? []
      : [`${entity.entity_ref}: ${entity.score} ≠ ${score?.score}`];
  });
}

/** A day has one row for each subject. */
async function dayFaults(tx: Knex): Promise<string[]> {
  const spans: Array<{ subject: string; day: string; last_day: string }> =
    await tx('posture_daily').orderBy(['subject', 'day']);
  return spans.flatMap((span, i) => {
    const before = spans[i - 1];
    return before?.subject === span.subject && before.last_day >= span.day
      ? [`${span.subject} has two rows for ${span.day}`]
      : [];
  });
}

/** Where an answer came from and when it was read: a checkpoint keeps the time of the first reading. */
const READ_AT = /read at [\d:.TZ-]+/g;

/** What follows from the sources, whenever and however often they were read: one line for each row. */
export const contentOf = (knex: Knex) =>
  ofOneMoment(knex, async tx => {
    const lines = async (table: string, ...columns: string[]) =>
      (await tx(table).select(...columns)).map(
        row => `${table} ${JSON.stringify(row)}`,
      );
    const pipelines: PipelineRow[] = await tx('pipelines').whereNull('gone_at');
    const findings = await tx('findings');
    const all = [
      ...pipelines.map(row => {
        const { collectedAt: _, ...snapshot } = JSON.parse(row.snapshot);
        const results = (JSON.parse(row.results) as ResultRecord[]).map(
          ({ controlId, status }) => [controlId, status],
        );
        const { id, score, grade, compliance, reaches, stale_since } = row;
        const numbers = { id, score, grade, compliance, reaches, stale_since };
        return `pipelines ${JSON.stringify({ ...numbers, results, snapshot })}`;
      }),
      ...findings.map(row => {
        const { since: _, ...finding } = JSON.parse(row.finding);
        const { pipeline_id, control_id } = row;
        const key = { pipeline_id, control_id };
        return `findings ${JSON.stringify({ ...key, ...finding })}`;
      }),
      ...(await lines('identities', 'identity_id', 'credential', 'breadth')),
      ...(await lines(
        'identity_pipelines',
        'identity_id',
        'pipeline_id',
        'tiers',
        'targets',
      )),
      ...(await lines(
        'finding_resources',
        'pipeline_id',
        'control_id',
        'resource',
      )),
      ...(await lines('pipeline_repositories', 'pipeline_id', 'repository')),
      ...(await lines('pipeline_keys', 'pipeline_id', 'key')),
      ...(await lines('entity_pipelines', 'entity_ref', 'pipeline_id')),
      ...(await lines(
        'entities',
        'entity_ref',
        'score',
        'grade',
        'compliance',
      )),
    ];
    return all.map(line => line.replace(READ_AT, '')).sort();
  });

/** Where two contents differ, as far as a person can read it. */
export function differencesOf(
  is: readonly string[],
  should: readonly string[],
): Array<{ is?: string; should?: string }> {
  const [has, wants] = [new Set(is), new Set(should)];
  const lacking = should.filter(line => !has.has(line));
  const surplus = is.filter(line => !wants.has(line));
  const most = Math.min(5, Math.max(lacking.length, surplus.length));
  return Array.from({ length: most }, (_, i) => {
    const [a = '', b = ''] = [surplus[i], lacking[i]];
    let same = 0;
    while (same < a.length && a[same] === b[same]) same += 1;
    const shown = (line: string) =>
      `${line.slice(0, 80)} … ${line.slice(
        Math.max(0, same - 100),
        same + 100,
      )}`;
    return { is: shown(a), should: shown(b) };
  });
}
