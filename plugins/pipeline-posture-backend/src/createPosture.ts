import {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  ActionsRegistryService,
  MetricsService,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  Control,
  PipelineProvider,
} from 'backstage-plugin-pipeline-posture-node';
import express from 'express';
import { registerExemptionAction } from './actions/exemptionAction';
import { registerActions } from './actions/registerActions';
import { Announcer } from './announce/Announcer';
import { UntoldStore } from './announce/UntoldStore';
import { EventIngress } from './ingress/EventIngress';
import { RecheckQueue } from './ingress/RecheckQueue';
import { EventMetrics } from './operations/EventMetrics';
import { RunMetrics } from './operations/RunMetrics';
import { EntityAccess } from './access/EntityAccess';
import { BlastRadiusQueries } from './blast-radius/BlastRadiusQueries';
import { IdentityUses } from './blast-radius/IdentityUses';
import { Callers } from './api/Callers';
import { CollectorQueries } from './api/CollectorQueries';
import { HealthQueries } from './api/HealthQueries';
import { createRouter } from './api/createRouter';
import { EntityPostureService } from './api/EntityPostureService';
import { FleetQueries } from './api/FleetQueries';
import { PipelineDetailService } from './api/PipelineDetailService';
import { PipelineQueries } from './api/PipelineQueries';
import { ProgressQueries } from './api/ProgressQueries';
import { Collector } from './collector/Collector';
import { IdentityValidator } from './collector/IdentityValidator';
import { Reassessor } from './collector/Reassessor';
import { ScopeRunner } from './collector/ScopeRunner';
import { SharingJoiner } from './collector/SharingJoiner';
import { startTasks } from './collector/tasks';
import { readConfig } from './config/readConfig';
import { ControlQueries } from './controls/ControlQueries';
import { readFrameworks } from './controls/frameworks';
import { CatalogLinker } from './entities/CatalogLinker';
import { MissingLinks } from './entities/MissingLinks';
import { PostureAssessor } from './evaluation/PostureAssessor';
import { ControlNumbers } from './fleet/ControlNumbers';
import { FleetIndex } from './fleet/FleetIndex';
import { CheckpointStore } from './store/CheckpointStore';
import { EntityStore } from './store/EntityStore';
import { migrate } from './store/migrate';
import { ExemptionEffects } from './exemptions/ExemptionEffects';
import { ExemptionQueries } from './exemptions/ExemptionQueries';
import { ExemptionViews } from './exemptions/ExemptionViews';
import { FindingExemptions } from './exemptions/FindingExemptions';
import { ExemptionRequests } from './exemptions/ExemptionRequests';
import { ExemptionService } from './exemptions/ExemptionService';
import { ExemptionStore } from './exemptions/ExemptionStore';
import { FindingHistories } from './history/FindingHistories';
import { GroupHistory } from './history/GroupHistory';
import { HistoryStore } from './history/HistoryStore';
import { RubricHistory } from './history/RubricHistory';
import { Judge } from './evaluation/Judge';
import { PipelineStore } from './store/PipelineStore';
import { PipelineWriter } from './store/PipelineWriter';
import { RunStore } from './store/RunStore';
import { ScopeStore } from './store/ScopeStore';

/** What the plugin gets from Backstage and from modules. */
export interface PostureOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  database: DatabaseService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  permissions: PermissionsService;
  scheduler: SchedulerService;
  events: EventsService;
  notifications: NotificationService;
  signals: SignalsService;
  metrics: MetricsService;
  tracing: TracingService;
  actions: ActionsRegistryService;
  providers: readonly PipelineProvider[];
  controls: readonly Control[];
  now?: () => Date;
}

/** The running parts of the plugin. */
export interface Posture {
  router: express.Router;
  collector: Collector;
  ingress: EventIngress;
}

/**
 * Puts the parts together.
 *
 * @throws InputError if the configuration is wrong, with the key's path
 */
export async function createPosture(options: PostureOptions): Promise<Posture> {
  const {
    auditor,
    auth,
    catalog,
    httpAuth,
    logger,
    permissions,
    providers,
    scheduler,
  } = options;
  const now = options.now ?? (() => new Date());
  const config = readConfig(
    options.config,
    new Set(options.controls.map(c => c.id)),
  );
  for (const [id, reason] of config.disabledControls) {
    logger.info(`Control ${id} is switched off: ${reason}`);
  }
  if (providers.length === 0) {
    logger.warn(
      'There is no source of pipelines: add the Azure DevOps or the AWS module to the backend, and configure pipelinePosture.azureDevOps or pipelinePosture.aws',
    );
  }
  const knex = await migrate(options.database);
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
  const linker = new CatalogLinker({ catalog, auth, entities, logger });
  const index = new FleetIndex({
    knex,
    numbers,
    now,
    keepHistoryMs: config.keepHistoryMs,
  });
  const rubrics = new RubricHistory({
    knex,
    rubric: assessor.rubric,
    controls: assessor.controls,
    policy: config.scoring,
  });
  const groups = new GroupHistory({ knex, index, rubrics, now });
  await groups.noteRubric();
  const queries = new PipelineQueries({ knex, index });
  const exemptionViews = new ExemptionViews({
    store: exemptions,
    pipelines,
    now,
  });
  const answering = {
    knex,
    entities,
    queries,
    assessor,
    exemptions: new FindingExemptions({
      store: exemptions,
      views: exemptionViews,
      entities,
    }),
    policy: config.scoring,
    now,
  };
  const postures = new EntityPostureService(answering);
  const details = new PipelineDetailService({
    ...answering,
    pipelines,
    judge,
  });
  const callers = new Callers({
    access: new EntityAccess({ catalog, permissions, auth }),
    permissions,
    httpAuth,
  });
  const exemptionService = new ExemptionService({
    store: exemptions,
    pipelines,
    entities,
    reassessor,
    controls: assessor.controls,
    limits: config.exemptions,
    now,
  });
  const exemptionQueries = new ExemptionQueries({
    store: exemptions,
    views: exemptionViews,
    entities,
    queries,
    effects: new ExemptionEffects({
      controls: assessor.controls,
      policy: config.scoring,
    }),
    now,
  });
  const requests = new ExemptionRequests({
    auditor,
    callers,
    exemptions: exemptionService,
    details,
  });
  const collectorQueries = new CollectorQueries({
    knex,
    scopes,
    runs,
    providers,
  });
  const blastRadius = new BlastRadiusQueries({
    uses: new IdentityUses({ knex, index }),
    pipelines,
  });
  const router = await createRouter({
    auditor,
    blastRadius,
    callers,
    collector,
    collectorQueries,
    config,
    controlQueries: new ControlQueries({
      index,
      assessor,
      exemptions,
      rubrics,
      now,
      frameworks: readFrameworks(),
      providers,
    }),
    health: new HealthQueries({ scopes, collector: collectorQueries }),
    index,
    missingLinks: new MissingLinks({ knex, catalog }),
    entities,
    exemptions: exemptionService,
    exemptionQueries,
    findingHistories: new FindingHistories(knex),
    fleet: new FleetQueries({ index, policy: config.scoring }),
    groups,
    history,
    knex,
    now,
    postures,
    details,
    progress: new ProgressQueries({ knex, index, rubrics, now }),
    queries,
    requests,
    views: exemptionViews,
    store: exemptions,
    validator: new IdentityValidator({
      providers,
      scopes,
      pipelines,
      logger,
      now,
    }),
  });
  registerExemptionAction({ registry: options.actions, auth, requests });
  registerActions({
    registry: options.actions,
    auditor,
    callers,
    postures,
    queries,
  });
  await startTasks({
    scheduler,
    logger,
    knex,
    config,
    collector,
    linker,
    reassessor,
    scopes,
    runs,
    checkpoints,
    writer,
    entities,
    groups,
    exemptions: exemptionService,
    announcer,
    now,
  });
  const ingress = new EventIngress({
    events: options.events,
    knex,
    providers,
    queue: new RecheckQueue({
      check: ref => collector.checkAgain(ref, 'event'),
      logger,
    }),
    metrics: new EventMetrics(options.metrics),
    logger,
  });
  return { router, collector, ingress };
}
