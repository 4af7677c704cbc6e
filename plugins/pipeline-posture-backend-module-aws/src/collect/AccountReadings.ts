import { Fact, mapFact } from 'backstage-plugin-pipeline-posture-common';
import { AwsConnection } from '../client/AwsConnection';
import { AccessKey } from '../client/credentialReport';
import { IamReader } from '../client/IamReader';
import { AccessReview, readAccessReview } from '../client/ReviewReader';
import { IamAccount, RawPolicy } from '../iam/IamAccount';

/** IAM knows no regions: what was read for one region serves the others for this long. */
const SHARED_FOR_MS = 10 * 60_000;

interface Shared<T> {
  readAt: number;
  value: Promise<Fact<T>>;
}

/** Service control policies of an account, if they can be read. */
export type PoliciesOf = (
  accountId: string,
) => Promise<RawPolicy[] | undefined>;

/** Opens a connection to another account of the same source. */
export type Connect = (accountId: string) => Promise<Fact<AwsConnection>>;

/** IAM of the accounts of a source, read once per account and not once per region. */
export class AccountReadings {
  static create(options: {
    /** Whether an account may be read. */
    includes: (accountId: string) => boolean;
    now: () => number;
  }): AccountReadings {
    return new AccountReadings(options.includes, options.now);
  }

  readonly #iam = new Map<string, Shared<IamAccount>>();
  readonly #keys = new Map<string, Shared<AccessKey[]>>();
  readonly #reviews = new Map<string, Shared<AccessReview>>();
  readonly #members = new Map<string, Shared<string[]>>();

  private constructor(
    readonly includes: (accountId: string) => boolean,
    private readonly now: () => number,
  ) {}

  iam(
    connection: AwsConnection,
    policiesOfOrganization: PoliciesOf = async () => undefined,
  ): Promise<Fact<IamAccount>> {
    const { accountId } = connection;
    return this.#share(this.#iam, accountId, async () => {
      const [authorization, serviceControlPolicies] = await Promise.all([
        IamReader.create(connection).authorization(),
        policiesOfOrganization(accountId),
      ]);
      return mapFact(authorization, read =>
        IamAccount.create({
          accountId,
          authorization: { ...read, serviceControlPolicies },
        }),
      );
    });
  }

  accessKeys(connection: AwsConnection): Promise<Fact<AccessKey[]>> {
    return this.#share(this.#keys, connection.accountId, () =>
      IamReader.create(connection).accessKeys(),
    );
  }

  /** Analyzers see the whole of IAM, in whatever region they are. */
  accessReview(connection: AwsConnection): Promise<Fact<AccessReview>> {
    return this.#share(
      this.#reviews,
      `${connection.accountId}/${connection.region}`,
      () => readAccessReview(connection),
    );
  }

  /** Accounts of the source: those of its organization are asked for once, not for each account and region. */
  members(read: () => Promise<Fact<string[]>>): Promise<Fact<string[]>> {
    return this.#share(this.#members, 'members', read);
  }

  /** Forgets an account, so that a check on request sees what is there now. */
  forget(accountId: string): void {
    this.#iam.delete(accountId);
    this.#keys.delete(accountId);
    for (const key of this.#reviews.keys()) {
      if (key.startsWith(`${accountId}/`)) this.#reviews.delete(key);
    }
  }

  async #share<T>(
    shared: Map<string, Shared<T>>,
    accountId: string,
    read: () => Promise<Fact<T>>,
  ): Promise<Fact<T>> {
    const before = shared.get(accountId);
    if (before && this.now() - before.readAt < SHARED_FOR_MS)
      return before.value;
    const entry = { readAt: this.now(), value: read() };
    shared.set(accountId, entry);
    const drop = () => {
      if (shared.get(accountId) === entry) shared.delete(accountId);
    };
    try {
      const value = await entry.value;
      // What was refused is asked again next time.
      if (!value.known) drop();
      return value;
    } catch (error) {
      drop();
      throw error;
    }
  }
}

/** The readings as one run sees them. */
export class RunReadings {
  constructor(
    private readonly shared: AccountReadings,
    private readonly connect: Connect,
    private readonly policiesOf?: PoliciesOf,
  ) {}

  includes(accountId: string): boolean {
    return this.shared.includes(accountId);
  }

  /** IAM of an account: through the connection at hand, or through one to that account. */
  async iam(
    accountId: string,
    connection: AwsConnection,
  ): Promise<Fact<IamAccount>> {
    if (accountId === connection.accountId)
      return this.shared.iam(connection, this.policiesOf);
    const other = await this.connect(accountId);
    return other.known ? this.shared.iam(other.value, this.policiesOf) : other;
  }

  accessKeys(connection: AwsConnection): Promise<Fact<AccessKey[]>> {
    return this.shared.accessKeys(connection);
  }

  accessReview(connection: AwsConnection): Promise<Fact<AccessReview>> {
    return this.shared.accessReview(connection);
  }
}
