import { ConfigReader } from '@backstage/config';
import { Knex } from 'knex';
import {
  ProductionClassifier,
  SourceHosts,
} from 'backstage-plugin-pipeline-posture-node';
import { GENERATED_AZURE_TOKEN } from 'pipeline-posture-estate';
import { AzureDevOpsPipelineProvider } from '../../plugins/pipeline-posture-backend-module-azure-devops/src/AzureDevOpsPipelineProvider';
import { Organisations } from '../../plugins/pipeline-posture-backend-module-azure-devops/src/client/Organisations';
import { readAzureDevOpsConfig } from '../../plugins/pipeline-posture-backend-module-azure-devops/src/config/AzureDevOpsConfig';
import { Announcer } from '../../plugins/pipeline-posture-backend/src/announce/Announcer';
import { UntoldStore } from '../../plugins/pipeline-posture-backend/src/announce/UntoldStore';
import { Collector } from '../../plugins/pipeline-posture-backend/src/collector/Collector';
import { Reassessor } from '../../plugins/pipeline-posture-backend/src/collector/Reassessor';
import { ScopeRunner } from '../../plugins/pipeline-posture-backend/src/collector/ScopeRunner';
import { SharingJoiner } from '../../plugins/pipeline-posture-backend/src/collector/SharingJoiner';
import { Judge } from '../../plugins/pipeline-posture-backend/src/evaluation/Judge';
import { ExemptionStore } from '../../plugins/pipeline-posture-backend/src/exemptions/ExemptionStore';
import { ControlNumbers } from '../../plugins/pipeline-posture-backend/src/fleet/ControlNumbers';
import { HistoryStore } from '../../plugins/pipeline-posture-backend/src/history/HistoryStore';
import { RunMetrics } from '../../plugins/pipeline-posture-backend/src/operations/RunMetrics';
import { CheckpointStore } from '../../plugins/pipeline-posture-backend/src/store/CheckpointStore';
import { EntityStore } from '../../plugins/pipeline-posture-backend/src/store/EntityStore';
import { PipelineStore } from '../../plugins/pipeline-posture-backend/src/store/PipelineStore';
import { PipelineWriter } from '../../plugins/pipeline-posture-backend/src/store/PipelineWriter';
import { RunStore } from '../../plugins/pipeline-posture-backend/src/store/RunStore';
import { ScopeStore } from '../../plugins/pipeline-posture-backend/src/store/ScopeStore';
import { benchAssessor } from './fill';

const silent = {
  debug() {},
  info() {},
  warn() {},
  error(message: string) {
    process.stderr.write(`${message}\n`);
  },
  child: () => silent,
};
const instrument = { add() {}, record() {} };
type Metrics = ConstructorParameters<typeof RunMetrics>[0];
type Tracing = ConstructorParameters<typeof ScopeRunner>[0]['tracing'];

function providerOf(urls: Record<string, string>): AzureDevOpsPipelineProvider {
  const { core, release, graph, audit } = urls;
  const config = new ConfigReader({
    pipelinePosture: {
      azureDevOps: [
        {
          id: 'bench',
          url: core,
          areaUrls: { release, graph, audit },
          maxScopesAtOnce: 12,
        },
      ],
    },
  });
  const secret = Buffer.from(`:${GENERATED_AZURE_TOKEN}`).toString('base64');
  return AzureDevOpsPipelineProvider.create({
    organisations: Organisations.create({
      configs: readAzureDevOpsConfig(config),
      credentials: {
        getCredentials: async () => ({
          type: 'pat',
          token: GENERATED_AZURE_TOKEN,
          headers: { Authorization: `Basic ${secret}` },
        }),
      },
    }),
    sourceHosts: SourceHosts.create({ hosts: [] }),
    classifier: ProductionClassifier.fromConfig(config),
  });
}

/** The collector of one replica, as the plugin puts it together, on a database and against a local Azure DevOps. */
export async function collectorOf(
  knex: Knex,
  urls: Record<string, string>,
): Promise<Collector> {
  const now = () => new Date();
  const assessor = benchAssessor();
  const numbers = new ControlNumbers(knex);
  await numbers.ensure(assessor.controls.map(({ id }) => id));
  const scopes = new ScopeStore(knex);
  const runs = new RunStore(knex);
  const history = new HistoryStore(knex);
  const exemptions = new ExemptionStore(knex);
  const pipelines = new PipelineStore(knex);
  const writer = new PipelineWriter({ history, numbers });
  const entities = new EntityStore(knex, now);
  const joiner = new SharingJoiner(knex);
  const judge = new Judge({ joiner, pipelines, exemptions, assessor });
  const announcer = new Announcer({
    events: { publish: async () => {}, subscribe: async () => {} },
    notifications: { send: async () => {} },
    signals: { publish: async () => {} },
    entities,
    pipelines,
    untold: new UntoldStore(knex),
    logger: silent,
    alerts: {
      enabled: false,
      stopsComplying: false,
      newCritical: false,
      exemptionEnds: false,
    },
  });
  const runner = new ScopeRunner({
    announcer,
    metrics: new RunMetrics({
      createCounter: () => instrument,
      createHistogram: () => instrument,
    } as unknown as Metrics),
    tracing: {
      startActiveSpan: (
        _: string,
        __: object,
        work: (span: object) => unknown,
      ) => work({ setAttribute() {}, setStatus() {} }),
    } as unknown as Tracing,
    knex,
    scopes,
    runs,
    checkpoints: new CheckpointStore(knex),
    pipelines,
    writer,
    entities,
    exemptions,
    history,
    judge,
    reassessor: new Reassessor({
      knex,
      pipelines,
      writer,
      entities,
      assessor,
      exemptions,
      judge,
      now,
    }),
    logger: silent,
    collectEveryMs: 6 * 3600_000,
    leaseMs: 300_000,
    now,
  });
  return new Collector({
    providers: [providerOf(urls)],
    scopes,
    runs,
    runner,
    logger: silent,
    scopesAtOnce: 4,
    leaseMs: 300_000,
    now,
  });
}
