import {
  known,
  PipelineSnapshot,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { ControlNumbers } from '../../plugins/pipeline-posture-backend/src/fleet/ControlNumbers';
import { HistoryStore } from '../../plugins/pipeline-posture-backend/src/history/HistoryStore';
import { EntityStore } from '../../plugins/pipeline-posture-backend/src/store/EntityStore';
import { scopeKey } from '../../plugins/pipeline-posture-backend/src/store/keys';
import { PipelineStore } from '../../plugins/pipeline-posture-backend/src/store/PipelineStore';
import { PipelineWriter } from '../../plugins/pipeline-posture-backend/src/store/PipelineWriter';
import { BenchRow } from '../azure-devops/row';
import { benchDatabases, postgresNote } from './database';
import { benchAssessor } from './fill';
import { fleet, numbersFrom } from './snapshots';

const PIPELINES = 200;
const DAYS = 90;
const RUNS_A_DAY = 24;
const CHANGED_A_DAY = 0.01;
const HOUR_MS = 3600_000;

/** A change that a control sees, and another one next time. */
const changed = (
  snapshot: PipelineSnapshot,
  seed: number,
): PipelineSnapshot => ({
  ...snapshot,
  leaks:
    snapshot.leaks.known && snapshot.leaks.value.length === 0
      ? known([
          { where: `variable TOKEN_${seed}`, pattern: 'name', in: 'setting' },
        ])
      : known([]),
});

/** B8: what 90 days of hourly runs leave, written by the product's own writer. */
export async function benchBytes(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const open of benchDatabases()) {
    const database = await open();
    const { knex } = database;
    const empty = await database.size();
    const assessor = benchAssessor();
    const numbers = new ControlNumbers(knex);
    await numbers.ensure(assessor.controls.map(({ id }) => id));
    const history = new HistoryStore(knex);
    const pipelines = new PipelineStore(knex);
    const writer = new PipelineWriter({ history, numbers });
    const end = Date.now();
    let now = new Date(end - DAYS * 24 * HOUR_MS);
    const entities = new EntityStore(knex, () => now);
    let snapshots = [...fleet(PIPELINES)];
    const ids = snapshots.map(({ ref }) => stringifyPipelineRef(ref));
    await entities.saveEntities(
      snapshots.map((_, i) => ({
        entityRef: `component:default/e${i}`,
        kind: 'Component',
        owner: `group:default/team-${i % 10}`,
        targets: [[`dev.azure.com/project-repo=project${i % 40}/service-${i}`]],
        hash: `${i}`,
      })),
    );
    const next = numbersFrom(11);
    let previous = await pipelines.previous(ids);
    for (let run = 0; run < DAYS * RUNS_A_DAY; run++) {
      now = new Date(end - DAYS * 24 * HOUR_MS + run * HOUR_MS);
      const touched = new Set(
        snapshots.flatMap((_, i) =>
          next() < CHANGED_A_DAY / RUNS_A_DAY ? [i] : [],
        ),
      );
      snapshots = snapshots.map((snapshot, i) => ({
        ...(touched.has(i) ? changed(snapshot, run) : snapshot),
        collectedAt: now.toISOString(),
      }));
      // An unchanged pipeline is written by one run a day: more of them leave no more behind.
      if (touched.size === 0 && run % RUNS_A_DAY !== 0) continue;
      await knex.transaction(async tx => {
        const { changed: moved, rekeyed } = await writer.save(
          tx,
          snapshots.map((snapshot, i) => ({
            snapshot,
            assessment: assessor.assess(snapshot, previous.get(ids[i]), now),
          })),
          {
            scopeKey: scopeKey({ provider: 'bench', id: 'bench' }),
            runId: 'bench',
            now,
          },
        );
        await entities.relinkPipelines(tx, rekeyed);
        await entities.makeDirtyByPipelines(tx, moved);
      });
      for await (const labels of entities.settleDirty()) void labels;
      await history.noteEntitiesDay(ids, now);
      previous = await pipelines.previous(ids);
    }
    const [{ n }] = await knex('changes').count({ n: '*' });
    rows.push({
      row: 'B8',
      what: `${database.name}: bytes per pipeline after ${DAYS} days`,
      figure: ((await database.size()) - empty) / PIPELINES / 1024,
      bar: 40,
      must: 'at most',
      unit: 'KiB',
      notes: `${PIPELINES} pipelines, one entity each, ${RUNS_A_DAY} runs a day, ${
        CHANGED_A_DAY * 100
      } % changed a day; ${n} entries in the ledger.${
        database.name === 'SQLite' ? postgresNote() : ''
      }`,
    });
    await database.remove();
  }
  return rows;
}
