import { Knex } from 'knex';
import { Announcer } from './announce/Announcer';
import { UntoldStore } from './announce/UntoldStore';
import { RunMetrics } from './operations/RunMetrics';
import { Collector } from './collector/Collector';
import { Reassessor } from './collector/Reassessor';
import { ScopeRunner } from './collector/ScopeRunner';
import { SharingJoiner } from './collector/SharingJoiner';
import { PostureAssessor } from './evaluation/PostureAssessor';
import { ControlNumbers } from './fleet/ControlNumbers';
import { CheckpointStore } from './store/CheckpointStore';
import { EntityStore } from './store/EntityStore';
import { ExemptionStore } from './exemptions/ExemptionStore';
import { HistoryStore } from './history/HistoryStore';
import { Judge } from './evaluation/Judge';
import { PipelineStore } from './store/PipelineStore';
import { PipelineWriter } from './store/PipelineWriter';
import { RunStore } from './store/RunStore';
import { ScopeStore } from './store/ScopeStore';
import { PostureConfig } from './config/readConfig';
import { PostureOptions } from './PostureOptions';

/** What reads pipelines, judges them and keeps the results. */
export async function createCollecting(
  { logger, providers, ...options }: PostureOptions,
  context: { knex: Knex; config: PostureConfig; now: () => Date },
) {
  const { knex, config, now } = context;
  const scopes = new ScopeStore(knex);
  const runs = new RunStore(knex);
  const checkpoints = new CheckpointStore(knex);
  const history = new HistoryStore(knex);
  const exemptions = new ExemptionStore(knex);
  const pipelines = new PipelineStore(knex);
  const numbers = new ControlNumbers(knex);
  const writer = new PipelineWriter({ history, numbers });
  const entities = new EntityStore(knex, now);
  const joiner = new SharingJoiner(knex);
  const assessor = PostureAssessor.create({
    controls: options.controls,
    disabledControls: config.disabledControls,
    policy: config.scoring,
    expireAfterMs: config.expireAfterMs,
  });
  await numbers.ensure(assessor.controls.map(({ id }) => id));
  const judge = new Judge({ joiner, pipelines, exemptions, assessor });
  const reassessor = new Reassessor({
    knex,
    pipelines,
    writer,
    entities,
    assessor,
    exemptions,
    judge,
    now,
  });
  const announcer = new Announcer({
    events: options.events,
    notifications: options.notifications,
    signals: options.signals,
    entities,
    pipelines,
    untold: new UntoldStore(knex),
    logger,
    alerts: config.alerts,
  });
  const metrics = new RunMetrics(options.metrics);
  for (const provider of providers) {
    provider.observeCalls?.(outcome => metrics.call(provider.id, outcome));
  }
  const runner = new ScopeRunner({
    announcer,
    metrics,
    tracing: options.tracing,
    knex,
    scopes,
    runs,
    checkpoints,
    pipelines,
    writer,
    entities,
    exemptions,
    history,
    judge,
    reassessor,
    logger,
    collectEveryMs: config.collectEveryMs,
    leaseMs: config.leaseMs,
    now,
  });
  const collector = new Collector({
    providers,
    scopes,
    runs,
    runner,
    logger,
    scopesAtOnce: config.scopesAtOnce,
    leaseMs: config.leaseMs,
    now,
  });
  return {
    scopes,
    runs,
    checkpoints,
    history,
    exemptions,
    pipelines,
    numbers,
    writer,
    entities,
    assessor,
    judge,
    reassessor,
    announcer,
    collector,
  };
}
