import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import {
  DefaultAzureDevOpsCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { PipelineSnapshot } from 'backstage-plugin-pipeline-posture-common';
import {
  Checkpoints,
  CollectionEvent,
  CollectOptions,
  ProductionClassifier,
  Scope,
  SourceHost,
  SourceHosts,
  SourceProblem,
} from 'backstage-plugin-pipeline-posture-node';
import {
  AzureDevOpsEstate,
  CONTOSO_AZURE_TOKEN,
} from 'pipeline-posture-estate';
import { AzureDevOpsPipelineProvider } from '../AzureDevOpsPipelineProvider';
import { Organisations } from '../client/Organisations';
import { readAzureDevOpsConfig } from '../config/AzureDevOpsConfig';

/** Checkpoints that live as long as the test. */
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

  /** Everything that would be stored, as text. */
  get text(): string {
    return JSON.stringify([...this.#values]);
  }
}

/** A source as an operator configures it. */
export interface TestSource extends Record<string, unknown> {
  id: string;
  urls: AzureDevOpsEstate['urls'];
}

/** The provider, configured for several organisations as an operator would. */
export function providerForSources(
  sources: TestSource[],
  token = CONTOSO_AZURE_TOKEN,
  hosts: SourceHost[] = [],
): AzureDevOpsPipelineProvider {
  const names = new Set(sources.map(({ urls }) => new URL(urls.core).host));
  const config = new ConfigReader({
    integrations: {
      azure: [...names].map(host => ({
        host,
        credentials: [{ personalAccessToken: token }],
      })),
    },
    pipelinePosture: {
      azureDevOps: sources.map(
        ({ urls: { core, ...areaUrls }, ...rest }) =>
          ({ url: core, areaUrls, ...rest } as JsonObject),
      ),
    },
  });
  return AzureDevOpsPipelineProvider.create({
    organisations: Organisations.create({
      configs: readAzureDevOpsConfig(config),
      credentials: DefaultAzureDevOpsCredentialsProvider.fromIntegrations(
        ScmIntegrations.fromConfig(config),
      ),
    }),
    sourceHosts: SourceHosts.create({ hosts }),
    classifier: ProductionClassifier.fromConfig(config),
  });
}

/** The provider, configured for the organisation of a running estate. */
export const providerFor = (
  { urls }: AzureDevOpsEstate,
  source: Record<string, unknown> = {},
  token?: string,
  hosts?: SourceHost[],
) => providerForSources([{ id: 'contoso', urls, ...source }], token, hosts);

export const scopeFor = (project: string, sourceId = 'contoso'): Scope => ({
  provider: 'azure-devops',
  id: `${sourceId}/${project}`,
  sourceId,
  title: `Azure DevOps ${sourceId}, project ${project}`,
});

/** What a run yielded, sorted. */
export interface Collected {
  snapshots: Map<string, PipelineSnapshot>;
  problems: SourceProblem[];
  complete: boolean;
}

/** Collects one project to its end. */
export async function collect(
  provider: AzureDevOpsPipelineProvider,
  project: string,
  {
    source = 'contoso',
    ...options
  }: Partial<CollectOptions> & { source?: string } = {},
): Promise<Collected> {
  const collected: Collected = {
    snapshots: new Map(),
    problems: [],
    complete: true,
  };
  const events: AsyncIterable<CollectionEvent> = provider.collect(
    scopeFor(project, source),
    {
      checkpoints: new MemoryCheckpoints(),
      logger: mockServices.logger.mock(),
      signal: new AbortController().signal,
      now: new Date('2026-11-21T08:00:00Z'),
      ...options,
    },
  );
  for await (const event of events) {
    if (event.type === 'snapshot')
      collected.snapshots.set(event.snapshot.name, event.snapshot);
    if (event.type === 'problem') collected.problems.push(event.problem);
    if (event.type === 'incomplete') collected.complete = false;
  }
  return collected;
}
