import { Config } from '@backstage/config';
import {
  AwsCredentialsManager,
  DefaultAwsCredentialsManager,
} from '@backstage/integration-aws-node';
import { Fact, known, mapFact } from 'backstage-plugin-pipeline-posture-common';
import {
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
import { AwsConnection } from './client/AwsConnection';
import {
  listOrganizationAccounts,
  readServiceControlPolicies,
} from './client/OrganizationReader';
import { requiredPermissions } from './client/plan';
import { AccountReadings, RunReadings } from './collect/AccountReadings';
import { collectScope, sentence } from './collect/collectScope';
import { AwsSource, readAwsSources } from './config/readAwsSources';
import { RawPolicy } from './iam/IamAccount';
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

  async *discover({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<DiscoveryEvent> {
    for (const source of this.#options.sources) {
      const accounts = await this.#accountsOf(source, signal);
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

  /** The accounts of a source: named ones and those of its organization. */
  async #accountsOf(
    source: AwsSource,
    signal: AbortSignal,
  ): Promise<Fact<string[]>> {
    const { organization, accounts, regions } = source;
    if (!organization) return known(accounts);
    const management = await this.#entrance.enter(
      organization.managementAccount,
      regions[0],
      signal,
    );
    if (!management.known) return management;
    try {
      const members = await listOrganizationAccounts(management.value);
      return mapFact(members, ids => [
        ...new Set([
          ...accounts,
          ...ids.filter(id => !organization.exclude.includes(id)),
        ]),
      ]);
    } finally {
      management.value.close();
    }
  }

  async *collect(
    scope: Scope,
    options: CollectOptions,
  ): AsyncIterable<CollectionEvent> {
    const source = this.#options.sources.find(
      ({ id }) => id === scope.sourceId,
    );
    const [accountId, region] = scope.id.split('/');
    if (!source || !mayRead(source, accountId, region)) {
      throw new Error(
        `${scope.id} is not among the accounts and regions of pipelinePosture.aws`,
      );
    }
    const opened: AwsConnection[] = [];
    const enter = async (account: string) => {
      const entered = await this.#entrance.enter(
        account,
        region,
        options.signal,
      );
      if (entered.known) opened.push(entered.value);
      return entered;
    };
    try {
      const connection = await enter(accountId);
      if (!connection.known) throw new Error(sentence(connection.reason));
      const shared = this.#accountReadings(source);
      if (options.only) shared.forget(accountId);
      yield* collectScope({
        connection: connection.value,
        scopeId: scope.id,
        accounts: new RunReadings(shared, enter, account =>
          this.#serviceControlPolicies(source, account, enter),
        ),
        classifier: this.#options.classifier,
        sourceHosts: this.#options.sourceHosts,
        knownAccounts: new Set([...source.accounts, ...source.trustedAccounts]),
        options,
      });
    } finally {
      opened.forEach(connection => connection.close());
    }
  }

  /** Service control policies of an account, if the organization may be read; without them rights are an upper limit. */
  async #serviceControlPolicies(
    source: AwsSource,
    accountId: string,
    enter: (account: string) => Promise<Fact<AwsConnection>>,
  ): Promise<RawPolicy[] | undefined> {
    if (!source.organization) return undefined;
    const management = await enter(source.organization.managementAccount);
    if (!management.known) return undefined;
    const policies = await readServiceControlPolicies(
      management.value,
      accountId,
    );
    return policies.known ? policies.value : undefined;
  }

  #accountReadings(source: AwsSource): AccountReadings {
    let readings = this.#accounts.get(source.id);
    if (!readings) {
      readings = AccountReadings.create({
        includes: account =>
          source.accounts.includes(account) ||
          (source.organization !== undefined &&
            !source.organization.exclude.includes(account)),
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
  const { accounts, organization, regions } = source;
  const isMember =
    organization !== undefined && !organization.exclude.includes(accountId);
  return regions.includes(region) && (accounts.includes(accountId) || isMember);
}

function scopeOf(source: AwsSource, accountId: string, region: string): Scope {
  return {
    provider: PROVIDER_ID,
    id: `${accountId}/${region}`,
    sourceId: source.id,
    title: `AWS account ${accountId}, ${region}`,
  };
}
