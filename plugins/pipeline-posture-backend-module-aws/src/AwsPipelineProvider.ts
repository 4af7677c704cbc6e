import { Config } from '@backstage/config';
import {
  AwsCredentialsManager,
  DefaultAwsCredentialsManager,
} from '@backstage/integration-aws-node';
import {
  Fact,
  unknown,
  ValidatedPolicy,
} from 'backstage-plugin-pipeline-posture-common';
import {
  CallOutcome,
  CollectionEvent,
  CollectOptions,
  DiscoveryEvent,
  PipelineProvider,
  ProductionClassifier,
  RequiredPermission,
  Scope,
  SourceHosts,
} from 'backstage-plugin-pipeline-posture-node';
import { AccountEntrance } from './client/AccountEntrance';
import { validateRole } from './client/PolicyValidator';
import { requiredPermissions } from './client/plan';
import { AccountReadings, RunReadings } from './collect/AccountReadings';
import { collectScope, sentence } from './collect/collectScope';
import { AwsSource, readAwsSources } from './config/readAwsSources';
import {
  accountsOf,
  isOfSource,
  policiesOfOrganization,
} from './collect/sourceAccounts';
import { AccountSession } from './client/AccountSession';
import { EventBridge } from './ingress/eventBridge';
import { accountOf } from './normalize/arns';
import { notConnected, roleIsGone } from './normalize/findRole';
import { PROVIDER_ID } from './normalize/snapshot';

/** What the provider is made of. */
export interface AwsPipelineProviderOptions {
  sources: AwsSource[];
  credentials: AwsCredentialsManager;
  classifier: ProductionClassifier;
  sourceHosts: SourceHosts;
  /** How often a call is tried. */
  maxAttempts?: number;
}

/** Reads AWS CodePipeline. */
export class AwsPipelineProvider implements PipelineProvider {
  /** @throws InputError that names the key of a setting that is wrong */
  static fromConfig(
    config: Config,
    options: { sourceHosts: SourceHosts; maxAttempts?: number },
  ): AwsPipelineProvider {
    return new AwsPipelineProvider({
      sources: readAwsSources(config),
      credentials: DefaultAwsCredentialsManager.fromConfig(config),
      classifier: ProductionClassifier.fromConfig(config),
      ...options,
    });
  }

  readonly id = PROVIDER_ID;
  readonly title = 'AWS CodePipeline';
  readonly events = new EventBridge();
  readonly permissions: RequiredPermission[] = requiredPermissions();
  readonly sources: PipelineProvider['sources'];
  readonly #options: AwsPipelineProviderOptions;
  readonly #accounts = new Map<string, AccountReadings>();
  readonly #entrance: AccountEntrance;

  private constructor(options: AwsPipelineProviderOptions) {
    this.#options = options;
    this.#entrance = AccountEntrance.create(options);
    this.sources = options.sources.map(({ id, maxScopesAtOnce }) => ({
      id,
      title: `AWS ${id}`,
      maxScopesAtOnce,
    }));
  }

  observeCalls(observer: (outcome: CallOutcome) => void): void {
    this.#entrance.onCall = observer;
  }

  async *discover({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<DiscoveryEvent> {
    for (const source of this.#options.sources) {
      const accounts = await accountsOf(source, this.#entrance, signal);
      if (!accounts.known) {
        yield { type: 'incomplete', sourceId: source.id };
        yield {
          type: 'problem',
          sourceId: source.id,
          problem: {
            reason: accounts.reason,
            subject: `organization of ${source.id}`,
            effect:
              'Only accounts that are named in the configuration are read.',
          },
        };
      }
      for (const accountId of accounts.known
        ? accounts.value
        : source.accounts) {
        const [region] = source.regions;
        const connection = await this.#entrance.enter(
          accountId,
          region,
          signal,
        );
        if (connection.known) {
          connection.value.close();
        } else {
          yield {
            type: 'problem',
            sourceId: source.id,
            problem: {
              reason: connection.reason,
              subject: `account ${accountId}`,
              effect: 'None of its pipelines can be read.',
            },
          };
        }
        for (const name of source.regions) {
          yield { type: 'scope', scope: scopeOf(source, accountId, name) };
        }
      }
    }
  }

  async *collect(
    scope: Scope,
    options: CollectOptions,
  ): AsyncIterable<CollectionEvent> {
    const { source, accountId, region } = this.#locate(scope);
    const session = AccountSession.open(this.#entrance, region, options.signal);
    try {
      const connection = await session.enter(accountId);
      if (!connection.known) throw new Error(sentence(connection.reason));
      const shared = this.#readingsOf(source);
      if (options.only) shared.forget(accountId);
      yield* collectScope({
        connection: connection.value,
        scopeId: scope.id,
        accounts: this.#runReadings(source, session),
        classifier: this.#options.classifier,
        sourceHosts: this.#options.sourceHosts,
        knownAccounts: await this.#knownAccounts(source, options.signal),
        options,
      });
    } finally {
      session.close();
    }
  }

  /** Lets IAM Access Analyzer validate the policies of a role. */
  async validateIdentity(
    scope: Scope,
    identityId: string,
    { signal }: { signal: AbortSignal },
  ): Promise<Fact<ValidatedPolicy[]>> {
    const { source, accountId, region } = this.#locate(scope);
    const session = AccountSession.open(this.#entrance, region, signal);
    try {
      const connection = await session.enter(accountId);
      if (!connection.known) return connection;
      const owner = accountOf(identityId);
      const accounts = this.#runReadings(source, session);
      if (!owner || !accounts.includes(owner)) {
        return unknown(notConnected(identityId, owner ?? 'unknown'));
      }
      const account = await accounts.iam(owner, connection.value);
      if (!account.known) return account;
      const role = account.value.find(identityId);
      return role
        ? await validateRole(role, account.value, connection.value)
        : unknown(roleIsGone(identityId));
    } finally {
      session.close();
    }
  }

  /** @throws Error if the scope is not configured */
  #locate({ id, sourceId }: Scope) {
    const source = this.#options.sources.find(each => each.id === sourceId);
    const [accountId, region] = id.split('/');
    if (!source || !mayRead(source, accountId, region)) {
      throw new Error(
        `${id} is not among the accounts and regions of pipelinePosture.aws`,
      );
    }
    return { source, accountId, region };
  }

  /** Accounts that roles and buckets may trust: named ones, and the members of the organization. */
  async #knownAccounts(
    source: AwsSource,
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    const members = await this.#readingsOf(source).members(() =>
      accountsOf(source, this.#entrance, signal),
    );
    return new Set([
      ...source.accounts,
      ...source.trustedAccounts,
      ...(members.known ? members.value : []),
    ]);
  }

  #runReadings(source: AwsSource, session: AccountSession): RunReadings {
    return new RunReadings(
      this.#readingsOf(source),
      session.enter,
      policiesOfOrganization(source, session),
    );
  }

  #readingsOf(source: AwsSource): AccountReadings {
    let readings = this.#accounts.get(source.id);
    if (!readings) {
      readings = AccountReadings.create({
        includes: account => isOfSource(source, account),
        now: () => Date.now(),
      });
      this.#accounts.set(source.id, readings);
    }
    return readings;
  }
}

/** Whether a scope belongs to a source. Accounts of an organization were checked when they were discovered. */
function mayRead(
  source: AwsSource,
  accountId: string,
  region: string,
): boolean {
  return source.regions.includes(region) && isOfSource(source, accountId);
}

function scopeOf(source: AwsSource, accountId: string, region: string): Scope {
  return {
    provider: PROVIDER_ID,
    id: `${accountId}/${region}`,
    sourceId: source.id,
    title: `AWS account ${accountId}, ${region}`,
  };
}
