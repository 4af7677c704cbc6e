import type { CommonClientOptions } from '@azure/core-client';
import type { TokenCredential } from '@azure/identity';
import { Fact, UnknownReason } from 'backstage-plugin-pipeline-posture-common';
import { Pacer } from '../Pacer';
import { ServiceConnection } from '../wire';
import { Remembered } from '../../collect/Remembered';
import { ResourceManagerConfig } from '../../config/resourceManagerConfig';
import { applicationOf, AzureKnowledge, scopesOf } from './AzureKnowledge';
import { clientOptions, credentialFor } from './connection';
import { Directory } from './Directory';
import { EntraGroups } from './EntraGroups';
import { AZURE_OPERATIONS } from './operations';
import { ResourceManager, ScopeRights } from './ResourceManager';

const HOUR_MS = 3_600_000;
/** A check of one pipeline wants to see what was changed a moment ago, but several checks share one reading. */
const FRESH_MS = 60_000;

/** Something that Azure refused, and what follows. */
export interface AzureProblem {
  reason: UnknownReason;
  subject: string;
  effect: string;
}

/** What a project's run asks of the tenant. */
export interface ReadAzureOptions {
  connections: ServiceConnection[];
  signal: AbortSignal;
  /** Set for a check of one pipeline: what is remembered counts for a minute only. */
  fresh: boolean;
}

/** Reads one tenant of Azure for all projects of an organisation, and remembers what it read. */
export class AzureTenantReader {
  readonly #config: ResourceManagerConfig;
  readonly #credential: TokenCredential;
  readonly #clientOptions: CommonClientOptions;
  readonly #pacer: Pacer;
  readonly #remembered: Remembered;

  /** @throws InputError if the file with certificates cannot be read */
  static create(
    config: ResourceManagerConfig,
    limits: { maxConcurrency: number; maxWaitMs: number },
  ): AzureTenantReader {
    return new AzureTenantReader(config, Pacer.create(limits));
  }

  private constructor(config: ResourceManagerConfig, pacer: Pacer) {
    this.#config = config;
    this.#clientOptions = clientOptions(config);
    this.#credential = credentialFor(config, this.#clientOptions);
    this.#pacer = pacer;
    this.#remembered = new Remembered(config.maxAgeHours * HOUR_MS);
  }

  /** Never throws for a refused call: what could not be read is unknown, and a problem. */
  async read({ connections, signal, fresh }: ReadAzureOptions): Promise<{
    knowledge: AzureKnowledge;
    problems: AzureProblem[];
  }> {
    const { tenantId, endpoints } = this.#config;
    const manager = ResourceManager.create({
      ...this.#common(signal),
      endpoint: endpoints.resourceManager,
    });
    const directory = this.#directory(signal);
    const remember = this.#remember(fresh);
    const ours = connections.filter(each => applicationOf(each) !== undefined);
    const appIds = [
      ...new Set(ours.flatMap(each => applicationOf(each) ?? [])),
    ].sort();
    const [subscriptions, servicePrincipals, applications, federated] =
      await Promise.all([
        remember('subscriptions', () => manager.subscriptions()),
        remember(`principals/${appIds.join()}`, () =>
          directory.servicePrincipals(appIds),
        ),
        remember(`applications/${appIds.join()}`, () =>
          directory.applications(appIds),
        ),
        this.#federated(ours, directory, remember),
      ]);
    const names = new Map(
      (subscriptions.known ? subscriptions.value : []).map(each => [
        each.subscriptionId.toLowerCase(),
        each.displayName ?? each.subscriptionId,
      ]),
    );
    for (const { data } of ours) {
      const id = data?.subscriptionId?.toLowerCase();
      if (id && data?.subscriptionName && !names.has(id))
        names.set(id, data.subscriptionName);
    }
    const scopes = new Map(
      [
        ...(subscriptions.known ? subscriptions.value : []).map(
          ({ subscriptionId }) => `/subscriptions/${subscriptionId}`,
        ),
        ...ours.flatMap(scopesOf),
      ].map(scope => [scope.toLowerCase(), scope]),
    );
    const rights = new Map<string, Fact<ScopeRights>>();
    await Promise.all(
      [...scopes].map(async ([key, scope]) => {
        const read = await remember(`rights/${key}`, () =>
          manager.readScope(scope, titleOf(scope, names)),
        );
        rights.set(key, read);
      }),
    );
    const groups = new Map<string, Fact<string[]>>();
    await Promise.all(
      (servicePrincipals.known
        ? [...servicePrincipals.value.values()]
        : []
      ).map(async id => {
        const read = await remember(`groups/${id}`, () =>
          directory.groupsOf(id),
        );
        groups.set(id, read);
      }),
    );
    const problems: AzureProblem[] = [];
    const refused = (
      fact: Fact<unknown>,
      subject: string,
      operation: keyof typeof AZURE_OPERATIONS,
    ) => {
      if (!fact.known)
        problems.push({
          reason: fact.reason,
          subject,
          effect: AZURE_OPERATIONS[operation].without,
        });
    };
    refused(subscriptions, 'Azure subscriptions', 'subscriptions');
    refused(servicePrincipals, 'Microsoft Graph', 'servicePrincipals');
    // Of other subscriptions there is nothing to say in this project.
    for (const scope of new Set(ours.flatMap(scopesOf))) {
      const fact = rights.get(scope.toLowerCase());
      if (fact) refused(fact, titleOf(scope, names), 'roleAssignments');
    }
    return {
      knowledge: new AzureKnowledge({
        tenantId,
        subscriptions,
        subscriptionNames: names,
        rights,
        servicePrincipals,
        groups,
        applications,
        federated,
      }),
      problems,
    };
  }

  /** Answers about groups of the directory, from the same memory. */
  groups({ signal, fresh }: Omit<ReadAzureOptions, 'connections'>) {
    return new EntraGroups(this.#directory(signal), this.#remember(fresh));
  }

  #common(signal: AbortSignal) {
    return {
      credential: this.#credential,
      clientOptions: this.#clientOptions,
      pacer: this.#pacer,
      signal,
    };
  }

  #directory(signal: AbortSignal): Directory {
    return Directory.create({
      ...this.#common(signal),
      endpoint: this.#config.endpoints.graph,
    });
  }

  #remember(fresh: boolean) {
    return <T>(name: string, ask: () => Promise<Fact<T>>) =>
      this.#remembered.get(name, ask, fresh ? FRESH_MS : undefined);
  }

  async #federated(
    connections: ServiceConnection[],
    directory: Directory,
    remember: <T>(
      name: string,
      ask: () => Promise<Fact<T>>,
    ) => Promise<Fact<T>>,
  ) {
    const appIds = new Set(
      connections
        .filter(({ authorization }) =>
          /^workloadidentityfederation$/i.test(authorization?.scheme ?? ''),
        )
        .flatMap(each => applicationOf(each) ?? []),
    );
    const entries = await Promise.all(
      [...appIds].map(async id => {
        const read = await remember(`federated/${id}`, () =>
          directory.federatedCredentials(id),
        );
        return [id, read] as const;
      }),
    );
    return new Map(entries);
  }
}

/** A scope as people know it. */
function titleOf(scope: string, names: ReadonlyMap<string, string>): string {
  const id = scope.split('/').at(-1) ?? scope;
  return /^\/subscriptions\//i.test(scope)
    ? `subscription ${names.get(id.toLowerCase()) ?? id}`
    : `management group ${id}`;
}
