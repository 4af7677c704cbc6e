import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListAccountsCommand,
  ListParentsCommand,
  ListPoliciesForTargetCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import {
  allFacts,
  Fact,
  known,
  mapFact,
} from 'backstage-plugin-pipeline-posture-common';
import { RawPolicy } from '../iam/IamAccount';
import { AwsConnection } from './AwsConnection';

/** Active accounts of an organization; only its management or a delegated account may ask. */
export function listOrganizationAccounts(
  connection: AwsConnection,
): Promise<Fact<string[]>> {
  const client = connection.client(OrganizationsClient);
  return connection.listAll(
    'organizations:ListAccounts',
    'the accounts of the organization',
    async (NextToken, options) => {
      const page = await client.send(
        new ListAccountsCommand({ NextToken }),
        options,
      );
      return {
        items: (page.Accounts ?? []).flatMap(({ Id, Status }) =>
          Id && Status === 'ACTIVE' ? [Id] : [],
        ),
        next: page.NextToken,
      };
    },
  );
}

/** Deeper than AWS lets organizational units be nested. */
const MOST_PARENTS = 10;

/**
 * The service control policies that hold for accounts of an organization: those
 * attached to the account and to every organizational unit above it. Each unit
 * and each policy is read once. They never hold for the management account.
 */
export class ServiceControlPolicies {
  static create(connection: AwsConnection): ServiceControlPolicies {
    return new ServiceControlPolicies(connection);
  }

  readonly #client: OrganizationsClient;
  readonly #attached = new Map<string, Promise<Fact<string[]>>>();
  readonly #documents = new Map<string, Promise<Fact<RawPolicy>>>();

  private constructor(private readonly connection: AwsConnection) {
    this.#client = connection.client(OrganizationsClient);
  }

  async of(accountId: string): Promise<Fact<RawPolicy[]>> {
    const management = await this.#managementAccount();
    if (!management.known) return management;
    if (management.value === accountId) return known([]);
    const units = await this.#unitsAbove(accountId);
    if (!units.known) return units;
    const attached = allFacts(
      await Promise.all(
        [accountId, ...units.value].map(target =>
          once(this.#attached, target, () => this.#attachedTo(target)),
        ),
      ),
    );
    if (!attached.known) return attached;
    return allFacts(
      await Promise.all(
        [...new Set(attached.value.flat())].map(id =>
          once(this.#documents, id, () => this.#document(id)),
        ),
      ),
    );
  }

  async #managementAccount(): Promise<Fact<string>> {
    const answer = await this.connection.call(
      'organizations:DescribeOrganization',
      'the organization',
      options =>
        this.#client.send(new DescribeOrganizationCommand({}), options),
    );
    return mapFact(
      answer,
      ({ Organization }) => Organization?.MasterAccountId ?? '',
    );
  }

  /** From the account up to the root of the organization. */
  async #unitsAbove(accountId: string): Promise<Fact<string[]>> {
    const units: string[] = [];
    let ChildId = accountId;
    while (units.length < MOST_PARENTS) {
      const child = ChildId;
      const parents = await this.connection.listAll(
        'organizations:ListParents',
        `the organizational unit of ${child}`,
        async (NextToken, options) => {
          const page = await this.#client.send(
            new ListParentsCommand({ ChildId: child, NextToken }),
            options,
          );
          return { items: page.Parents ?? [], next: page.NextToken };
        },
      );
      if (!parents.known) return parents;
      // Today AWS gives each child one parent.
      const [parent] = parents.value;
      if (!parent?.Id) break;
      units.push(parent.Id);
      if (parent.Type === 'ROOT') break;
      ChildId = parent.Id;
    }
    return known(units);
  }

  #attachedTo(TargetId: string): Promise<Fact<string[]>> {
    return this.connection.listAll(
      'organizations:ListPoliciesForTarget',
      `the service control policies of ${TargetId}`,
      async (NextToken, options) => {
        const page = await this.#client.send(
          new ListPoliciesForTargetCommand({
            TargetId,
            Filter: 'SERVICE_CONTROL_POLICY',
            NextToken,
          }),
          options,
        );
        return {
          items: (page.Policies ?? []).flatMap(({ Id }) => Id ?? []),
          next: page.NextToken,
        };
      },
    );
  }

  async #document(PolicyId: string): Promise<Fact<RawPolicy>> {
    const answer = await this.connection.call(
      'organizations:DescribePolicy',
      `service control policy ${PolicyId}`,
      options =>
        this.#client.send(new DescribePolicyCommand({ PolicyId }), options),
    );
    return mapFact(answer, ({ Policy }) => ({
      name: Policy?.PolicySummary?.Name ?? PolicyId,
      document: Policy?.Content ?? '',
    }));
  }
}

function once<T>(
  kept: Map<string, Promise<T>>,
  key: string,
  read: () => Promise<T>,
): Promise<T> {
  let value = kept.get(key);
  if (!value) {
    value = read();
    kept.set(key, value);
  }
  return value;
}
