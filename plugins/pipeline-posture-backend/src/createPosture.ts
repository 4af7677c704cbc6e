import express from 'express';
import { registerExemptionAction } from './actions/exemptionAction';
import { registerActions } from './actions/registerActions';
import { EventIngress } from './ingress/EventIngress';
import { RecheckQueue } from './ingress/RecheckQueue';
import { EventMetrics } from './operations/EventMetrics';
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
import { startTasks } from './collector/tasks';
import { readConfig } from './config/readConfig';
import { ControlQueries } from './controls/ControlQueries';
import { readFrameworks } from './controls/frameworks';
import { CatalogLinker } from './entities/CatalogLinker';
import { MissingLinks } from './entities/MissingLinks';
import { FleetIndex } from './fleet/FleetIndex';
import { migrate } from './store/migrate';
import { ExemptionEffects } from './exemptions/ExemptionEffects';
import { ExemptionQueries } from './exemptions/ExemptionQueries';
import { ExemptionViews } from './exemptions/ExemptionViews';
import { FindingExemptions } from './exemptions/FindingExemptions';
import { ExemptionRequests } from './exemptions/ExemptionRequests';
import { ExemptionService } from './exemptions/ExemptionService';
import { FindingHistories } from './history/FindingHistories';
import { GroupHistory } from './history/GroupHistory';
import { RubricHistory } from './history/RubricHistory';
import { createCollecting } from './createCollecting';
import { PostureOptions } from './PostureOptions';

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
  const {
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
  } = await createCollecting(options, { knex, config, now });
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
