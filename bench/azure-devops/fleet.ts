import { ConfigReader } from '@backstage/config';
import { PipelineSnapshot } from 'backstage-plugin-pipeline-posture-common';
import {
  Checkpoints,
  ProductionClassifier,
  Scope,
  SourceHosts,
} from 'backstage-plugin-pipeline-posture-node';
import {
  AzureDevOpsEstate,
  AzureOrganisation,
  createAzureDevOpsEstate,
  GENERATED_AZURE_TOKEN,
} from 'pipeline-posture-estate';
import { AzureDevOpsPipelineProvider } from '../../plugins/pipeline-posture-backend-module-azure-devops/src/AzureDevOpsPipelineProvider';
import { Organisations } from '../../plugins/pipeline-posture-backend-module-azure-devops/src/client/Organisations';
import { readAzureDevOpsConfig } from '../../plugins/pipeline-posture-backend-module-azure-devops/src/config/AzureDevOpsConfig';

/** The modelled fleet of the first rows. */
export const FLEET = {
  seed: 1,
  projects: 20,
  pipelines: 2000,
  repositories: 400,
  connections: 300,
  environments: 100,
  releases: 80,
};

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};

/** Checkpoints in memory, as the database keeps them between runs. */
export class MemoryCheckpoints implements Checkpoints {
  readonly #values = new Map<string, { marker: string; value: string }>();

  async get<T>(key: string, marker: string): Promise<T | undefined> {
    const entry = this.#values.get(key);
    return entry?.marker === marker
      ? (JSON.parse(entry.value) as T)
      : undefined;
  }

  async list<T>(
    prefix: string,
  ): Promise<Map<string, { marker: string; value: T }>> {
    const found = [...this.#values].filter(([key]) => key.startsWith(prefix));
    return new Map(
      found.map(([key, { marker, value }]) => [
        key,
        { marker, value: JSON.parse(value) as T },
      ]),
    );
  }

  async set(key: string, marker: string, value: unknown): Promise<void> {
    this.#values.set(key, { marker, value: JSON.stringify(value) });
  }
}

/** A running organisation and a reader that is configured for it. */
export interface Fleet {
  estate: AzureDevOpsEstate;
  checkpoints: MemoryCheckpoints;
  /** Collects every project once; a new reader each time, as after a restart. */
  collect(now: Date): Promise<{ pipelines: number; withStages: number }>;
  close(): Promise<void>;
}

export async function startFleet(
  state: AzureOrganisation,
  source: Record<string, unknown> = {},
): Promise<Fleet> {
  const estate = await createAzureDevOpsEstate({ state });
  const checkpoints = new MemoryCheckpoints();
  const { core, ...areaUrls } = estate.urls;
  const config = new ConfigReader({
    pipelinePosture: {
      azureDevOps: [
        {
          id: 'fleet',
          url: core,
          areaUrls,
          ...source,
        },
      ],
    },
  });
  const authorization = `Basic ${Buffer.from(
    `:${GENERATED_AZURE_TOKEN}`,
  ).toString('base64')}`;
  const collect = async (now: Date) => {
    const provider = AzureDevOpsPipelineProvider.create({
      organisations: Organisations.create({
        configs: readAzureDevOpsConfig(config),
        credentials: {
          getCredentials: async () => ({
            type: 'pat',
            token: GENERATED_AZURE_TOKEN,
            headers: { Authorization: authorization },
          }),
        },
      }),
      sourceHosts: SourceHosts.create({ hosts: [] }),
      classifier: ProductionClassifier.fromConfig(config),
    });
    const signal = new AbortController().signal;
    const scopes: Scope[] = [];
    for await (const event of provider.discover({ logger: silent, signal })) {
      if (event.type === 'scope') scopes.push(event.scope);
    }
    const snapshots: PipelineSnapshot[] = [];
    for (const scope of scopes) {
      for await (const event of provider.collect(scope, {
        checkpoints,
        logger: silent,
        signal,
        now,
      })) {
        if (event.type === 'snapshot') snapshots.push(event.snapshot);
      }
    }
    return {
      pipelines: snapshots.length,
      withStages: snapshots.filter(({ stages }) => stages.known).length,
    };
  };
  return { estate, checkpoints, collect, close: () => estate.close() };
}
