import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import {
  Finding,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
import { neutralControls } from 'backstage-plugin-pipeline-posture-controls';
import {
  Checkpoints,
  CollectionEvent,
  DiscoveryEvent,
  evaluateControls,
  GithubSourceHost,
  Scope,
  SourceHost,
  SourceHosts,
} from 'backstage-plugin-pipeline-posture-node';
import {
  AwsEstate,
  AwsState,
  Behaviour,
  CallLog,
  CONTOSO_AWS_ACCESS_KEY,
  createAwsEstate,
  loadContosoAws,
} from 'pipeline-posture-estate';
import { AwsPipelineProvider } from '../AwsPipelineProvider';
import { awsControls } from '../controls';

/** Checkpoints in memory, through JSON as a database would keep them. */
export class MemoryCheckpoints implements Checkpoints {
  readonly entries = new Map<string, { marker: string; value: string }>();

  async get<T>(key: string, marker: string): Promise<T | undefined> {
    const entry = this.entries.get(key);
    return entry?.marker === marker
      ? (JSON.parse(entry.value) as T)
      : undefined;
  }

  async list<T>(prefix: string) {
    return new Map(
      [...this.entries]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, { marker, value }]) => [
          key,
          { marker, value: JSON.parse(value) as T },
        ]),
    );
  }

  async set(key: string, marker: string, value: unknown): Promise<void> {
    this.entries.set(key, { marker, value: JSON.stringify(value) });
  }
}

/** The time of every run of the tests. */
export const NOW = new Date('2026-11-21T08:00:00Z');

/** Configuration that reads the demo's accounts. */
export const CONTOSO_CONFIG = {
  pipelinePosture: {
    aws: [
      {
        id: 'contoso',
        accounts: ['111122223333', '444455556666', '555566667777'],
        regions: ['eu-west-1'],
      },
    ],
  },
  aws: {
    mainAccount: { ...CONTOSO_AWS_ACCESS_KEY },
    accountDefaults: {
      roleName: 'PipelinePostureReader',
      externalId: 'contoso-posture',
    },
  },
};

/** What a run yielded. */
export interface Run {
  events: CollectionEvent[];
  snapshots: PipelineSnapshot[];
  /** Sentences of the problems. */
  problems: string[];
  /** The snapshot of a pipeline. @throws Error if there is none */
  snapshot(name: string): PipelineSnapshot;
  /** The findings of a pipeline by control. */
  findings(name: string): Record<string, Finding>;
  /** The status of a control on a pipeline. */
  status(name: string, controlId: string): string;
}

function runOf(events: CollectionEvent[]): Run {
  const snapshots = events.flatMap(event =>
    event.type === 'snapshot' ? [event.snapshot] : [],
  );
  const snapshot = (name: string) => {
    const found = snapshots.find(item => item.name === name);
    if (!found) throw new Error(`No snapshot of ${name}`);
    return found;
  };
  const findings = (name: string) =>
    Object.fromEntries(
      evaluateControls(
        [...neutralControls, ...awsControls],
        snapshot(name),
      ).map(finding => [finding.controlId, finding]),
    );
  return {
    events,
    snapshots,
    problems: events.flatMap(event =>
      event.type === 'problem' ? [event.problem.reason.message] : [],
    ),
    snapshot,
    findings,
    status: (name, controlId) => findings(name)[controlId].status,
  };
}

/** A local AWS with a provider that reads it, as it would read the real one. */
export class Collecting {
  /** Starts a local AWS and points the SDK to it. Call {@link close} after the test. */
  static async start(
    options: {
      state?: AwsState;
      config?: object;
      pageLimits?: Record<string, number>;
      maxAttempts?: number;
      /** Hosts that other modules have added. */
      sourceHosts?: SourceHost[];
    } = {},
  ): Promise<Collecting> {
    const behaviour = new Behaviour();
    const calls = new CallLog();
    const estate = await createAwsEstate({
      state: options.state ?? loadContosoAws(),
      behaviour,
      calls,
      pageLimits: options.pageLimits,
    });
    process.env.AWS_ENDPOINT_URL = estate.url;
    const config = mockServices.rootConfig({
      data: options.config ?? CONTOSO_CONFIG,
    });
    const provider = AwsPipelineProvider.fromConfig(config, {
      sourceHosts: SourceHosts.create({
        hosts: [
          GithubSourceHost.create({
            integrations: ScmIntegrations.fromConfig(config),
          }),
          ...(options.sourceHosts ?? []),
        ],
      }),
      maxAttempts: options.maxAttempts ?? 1,
    });
    return new Collecting(estate, behaviour, calls, provider);
  }

  readonly checkpoints = new MemoryCheckpoints();

  private constructor(
    readonly estate: AwsEstate,
    readonly behaviour: Behaviour,
    readonly calls: CallLog,
    readonly provider: AwsPipelineProvider,
  ) {}

  scope(account: string, region = 'eu-west-1', sourceId = 'contoso'): Scope {
    return {
      provider: 'aws-codepipeline',
      id: `${account}/${region}`,
      sourceId,
      title: account,
    };
  }

  async discover(): Promise<DiscoveryEvent[]> {
    const events: DiscoveryEvent[] = [];
    const { signal } = new AbortController();
    for await (const event of this.provider.discover({ signal })) {
      events.push(event);
    }
    return events;
  }

  async run(scope: Scope, only?: string): Promise<Run> {
    const events: CollectionEvent[] = [];
    for await (const event of this.provider.collect(scope, {
      checkpoints: this.checkpoints,
      logger: mockServices.logger.mock(),
      signal: new AbortController().signal,
      now: NOW,
      only: only
        ? { provider: scope.provider, scope: scope.id, id: only }
        : undefined,
    })) {
      events.push(event);
    }
    return runOf(events);
  }

  async close(): Promise<void> {
    delete process.env.AWS_ENDPOINT_URL;
    await this.estate.close();
  }
}
