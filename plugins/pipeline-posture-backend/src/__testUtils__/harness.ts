import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import {
  metricsServiceMock,
  tracingServiceMock,
} from '@backstage/backend-test-utils/alpha';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { Announcer } from '../announce/Announcer';
import { UntoldStore } from '../announce/UntoldStore';
import { RunMetrics } from '../operations/RunMetrics';
import { Knex } from 'knex';
import { neutralControls } from 'backstage-plugin-pipeline-posture-controls';
import {
  DEFAULT_SCORING_POLICY,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
import { PipelineProvider } from 'backstage-plugin-pipeline-posture-node';
import { Collector } from '../collector/Collector';
import { Reassessor } from '../collector/Reassessor';
import { ScopeRunner } from '../collector/ScopeRunner';
import { SharingJoiner } from '../collector/SharingJoiner';
import { PostureAssessor } from '../evaluation/PostureAssessor';
import { ControlNumbers } from '../fleet/ControlNumbers';
import { CheckpointStore } from '../store/CheckpointStore';
import { EntityStore } from '../store/EntityStore';
import { migrate } from '../store/migrate';
import { AlertConfig } from '../config/readConfig';
import { limitsOf } from '../config/exemptionConfig';
import { ExemptionService } from '../exemptions/ExemptionService';
import { ExemptionStore } from '../exemptions/ExemptionStore';
import { HistoryStore } from '../history/HistoryStore';
import { Judge } from '../evaluation/Judge';
import { PipelineStore } from '../store/PipelineStore';
import { PipelineWriter } from '../store/PipelineWriter';
import { RunStore } from '../store/RunStore';
import { ScopeStore } from '../store/ScopeStore';
import { TestProvider } from './TestProvider';

/** The collector and its stores on a real database, with a clock that the test moves. */
export async function collectorOn(
  database: Knex,
  providers: PipelineProvider[],
  options: {
    logger?: LoggerService;
    leaseMs?: number;
    scopesAtOnce?: number;
    alerts?: Partial<AlertConfig>;
  } = {},
) {
  const knex = await migrate(mockServices.database({ knex: database }));
  const clock = { at: new Date('2026-11-21T08:00:00.000Z') };
  const now = () => clock.at;
  const logger = options.logger ?? mockServices.logger.mock();
  const leaseMs = options.leaseMs ?? 60_000;
  const sent: NotificationSendOptions[] = [];
  const scopes = new ScopeStore(knex);
  const runs = new RunStore(knex);
  const history = new HistoryStore(knex);
  const exemptions = new ExemptionStore(knex);
  const pipelines = new PipelineStore(knex);
  const numbers = new ControlNumbers(knex);
  const writer = new PipelineWriter({ history, numbers });
  const entities = new EntityStore(knex, now);
  const checkpoints = new CheckpointStore(knex);
  const joiner = new SharingJoiner(knex);
  const assessor = PostureAssessor.create({
    controls: neutralControls,
    disabledControls: new Map(),
    policy: DEFAULT_SCORING_POLICY,
    expireAfterMs: 7 * 24 * 3600_000,
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
  const exemptionService = new ExemptionService({
    store: exemptions,
    pipelines,
    entities,
    reassessor,
    controls: assessor.controls,
    limits: limitsOf(undefined),
    now,
  });
  const events = mockServices.events.mock();
  const announcer = new Announcer({
    events,
    notifications: { send: async notification => void sent.push(notification) },
    signals: { publish: async () => {} },
    entities,
    pipelines,
    untold: new UntoldStore(knex),
    logger,
    alerts: {
      enabled: true,
      stopsComplying: true,
      newCritical: true,
      exemptionEnds: true,
      ...options.alerts,
    },
  });
  const replica = () =>
    new Collector({
      providers,
      scopes,
      runs,
      runner: new ScopeRunner({
        announcer,
        metrics: new RunMetrics(metricsServiceMock.mock()),
        tracing: tracingServiceMock.mock(),
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
        logger: { ...logger, child: () => logger },
        collectEveryMs: 3600_000,
        leaseMs,
        now,
      }),
      logger,
      scopesAtOnce: options.scopesAtOnce ?? 4,
      leaseMs,
      now,
    });
  return {
    knex,
    clock,
    scopes,
    runs,
    pipelines,
    writer,
    entities,
    checkpoints,
    numbers,
    history,
    exemptions,
    reassessor,
    assessor,
    now,
    exemptionService,
    sent,
    events,
    logger,
    announcer,
    replica,
    later(ms: number) {
      clock.at = new Date(clock.at.getTime() + ms);
    },
  };
}

/** The same with one scope that has been collected once. */
export async function collectedOn(
  knex: Knex,
  ...snapshots: PipelineSnapshot[]
) {
  const provider = new TestProvider().has('A', ...snapshots);
  const harness = await collectorOn(knex, [provider]);
  const collector = harness.replica();
  await collector.discover(new AbortController().signal);
  await collector.poll();
  const ago = (ms: number) => new Date(harness.clock.at.getTime() - ms);
  return { ...harness, provider, collector, ago };
}
