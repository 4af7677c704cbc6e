import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { PostureConfig } from '../config/readConfig';
import { CatalogLinker } from '../entities/CatalogLinker';
import { Announcer } from '../announce/Announcer';
import { ExemptionService } from '../exemptions/ExemptionService';
import { GroupHistory } from '../history/GroupHistory';
import { removeHistoryBefore } from '../history/retention';
import { CheckpointStore } from '../store/CheckpointStore';
import { withoutValues } from '../store/databaseError';
import { EntityStore } from '../store/EntityStore';
import { PipelineWriter } from '../store/PipelineWriter';
import { RunStore } from '../store/RunStore';
import { ScopeStore } from '../store/ScopeStore';
import { transact } from '../store/transact';
import { markUnread, removeGone } from '../store/unread';
import { Collector } from './Collector';
import { Reassessor } from './Reassessor';

const DAY_MS = 24 * 3600_000;
const KEEP_RUNS_MS = 30 * DAY_MS;
const KEEP_GONE_MS = 90 * DAY_MS;
/** However short the interval, a reading of a large source takes its time. */
const UNREAD_AT_LEAST_MS = 6 * 3600_000;

/** What the recurring work needs. */
export interface TaskOptions {
  scheduler: SchedulerService;
  logger: LoggerService;
  knex: Knex;
  config: PostureConfig;
  collector: Collector;
  linker: CatalogLinker;
  reassessor: Reassessor;
  scopes: ScopeStore;
  runs: RunStore;
  checkpoints: CheckpointStore;
  writer: PipelineWriter;
  entities: EntityStore;
  groups: GroupHistory;
  exemptions: ExemptionService;
  announcer: Announcer;
  now: () => Date;
}

/** Work that one replica at a time does for all. Collection itself is not here: scopes are leased. */
export async function startTasks(options: TaskOptions): Promise<void> {
  const { scheduler, config, collector, linker } = options;
  const every = (ms: number) => ({ milliseconds: ms });
  // The scheduler logs what a task throws.
  const task = (work: (signal: AbortSignal) => Promise<void>) => ({
    fn: (signal: unknown) =>
      work(signal as AbortSignal).catch(error => {
        throw withoutValues(error);
      }),
  });
  await scheduler.scheduleTask({
    id: 'pipeline-posture-discovery',
    frequency: every(config.discoverEveryMs),
    timeout: { minutes: 30 },
    ...task(signal => collector.discover(signal)),
  });
  await scheduler.scheduleTask({
    id: 'pipeline-posture-catalog-links',
    frequency: every(config.linkEveryMs),
    timeout: { minutes: 30 },
    ...task(signal => linker.sync(signal)),
  });
  await scheduler.scheduleTask({
    id: 'pipeline-posture-upkeep',
    frequency: { minutes: 5 },
    timeout: { minutes: 30 },
    ...task(signal => upkeep(options, signal)),
  });
}

/** Brings results up to date that no run will: other rubric, expired, orphaned, gone. */
export async function upkeep(
  options: TaskOptions,
  signal: AbortSignal,
): Promise<void> {
  const {
    knex,
    config,
    reassessor,
    scopes,
    runs,
    checkpoints,
    writer,
    entities,
    announcer,
    logger,
  } = options;
  const now = options.now();
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const rescored = await reassessor.applyRubric(signal);
  await announcer.announce(rescored);
  const unread = Math.max(2 * config.collectEveryMs, UNREAD_AT_LEAST_MS);
  const stale = await markUnread(knex, ago(unread));
  const expired = await reassessor.expire(ago(config.expireAfterMs), signal);
  for (const key of await scopes.goneScopesWithPipelines()) {
    await transact(knex, async tx => {
      const { ids } = await writer.markGone(tx, key, new Set(), now);
      await entities.relinkPipelines(tx, ids);
    });
    await checkpoints.forget(key);
  }
  const ended = await options.exemptions.expire();
  await removeHistoryBefore(knex, ago(config.keepHistoryMs), signal);
  const told = await announcer.announceLeft(now, ago(config.leaseMs));
  const abandoned = await runs.abandonOrphans(now, ago(config.leaseMs));
  await runs.removeOlderThan(ago(KEEP_RUNS_MS));
  await removeGone(knex, ago(KEEP_GONE_MS));
  for (const due of await options.exemptions.ending()) {
    if (await announcer.exemptionEnds(due, now))
      await options.exemptions.reminded(due);
  }
  for await (const changed of entities.settleDirty()) {
    await announcer.labelsChanged(changed);
  }
  await options.groups.noteToday();
  logger.debug('Upkeep done', {
    rescored: rescored.length,
    stale,
    expired,
    abandoned,
    told,
    exemptionsEnded: ended.length,
  });
}
