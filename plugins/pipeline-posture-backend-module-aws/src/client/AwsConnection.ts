import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { AwsCredentialProvider } from '@backstage/integration-aws-node';
import {
  Fact,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { CallOutcome } from 'backstage-plugin-pipeline-posture-node';
import { AwsAnswersOnly } from './AwsAnswersOnly';
import { Limiter } from './Limiter';
import { COLLECTION_PLAN, OperationName } from './plan';
import { refusal } from './refusal';

/** Calls at once in one account and region. */
const CALLS_AT_ONCE = 5;
const MAX_ATTEMPTS = 8;

/** How a call ended that gave a reason; the others failed. */
const OUTCOMES: { [code in UnknownReason['code']]?: CallOutcome } = {
  'permission-missing': 'refused',
  throttled: 'throttled',
  'not-found': 'answered',
};

/** What a connection is made of. */
export interface AwsConnectionOptions {
  accountId: string;
  region: string;
  credentials: AwsCredentialProvider['sdkCredentialProvider'];
  signal: AbortSignal;
  /** How often a call is tried; 8 by default. */
  maxAttempts?: number;
  /** Told how each call ended, after all of its attempts. */
  onCall?: (outcome: CallOutcome) => void;
}

/** What every client of the SDK is given. */
export interface ClientConfig {
  region: string;
  credentials: AwsCredentialProvider['sdkCredentialProvider'];
  maxAttempts: number;
  retryMode: string;
  customUserAgent: string;
  /** Only Amazon S3 knows it: buckets in the path, so that any endpoint can serve them. */
  forcePathStyle: boolean;
  requestHandler: AwsAnswersOnly;
}

/** A page of a list. */
interface PageOf<T> {
  items: T[];
  next: string | undefined;
}

/** A list that may have been cut short by a page that gave no answer. */
export interface Listed<T> {
  items: T[];
  /** Present if the list is not complete. */
  incomplete?: Extract<Fact<never>, { known: false }>['reason'];
}

/** Longest list that is followed, so that a source cannot page for ever. */
const MAX_PAGES = 10_000;

/**
 * One account and region of AWS: the clients of the SDK, and the one way to call
 * them. Every call that gives no answer becomes an unknown fact with its reason.
 */
export class AwsConnection {
  static create(options: AwsConnectionOptions): AwsConnection {
    return new AwsConnection(options);
  }

  readonly accountId: string;
  readonly region: string;
  readonly #config: Omit<ClientConfig, 'requestHandler'>;
  readonly #clients = new Map<unknown, { destroy(): void }>();
  readonly #signal: AbortSignal;
  readonly #onCall: (outcome: CallOutcome) => void;
  readonly #limiter = new Limiter(CALLS_AT_ONCE);

  private constructor(options: AwsConnectionOptions) {
    const { accountId, region, credentials, signal } = options;
    this.accountId = accountId;
    this.region = region;
    this.#signal = signal;
    this.#onCall = options.onCall ?? (() => {});
    this.#config = {
      region,
      credentials,
      maxAttempts: options.maxAttempts ?? MAX_ATTEMPTS,
      retryMode: 'adaptive',
      customUserAgent: 'backstage-pipeline-posture',
      forcePathStyle: true,
    };
  }

  /** A client of the SDK for this account and region; the same one each time. */
  client<C extends { destroy(): void }>(
    Client: new (config: ClientConfig) => C,
  ): C {
    const before = this.#clients.get(Client);
    if (before instanceof Client) return before;
    const client = new Client({
      ...this.#config,
      requestHandler: new AwsAnswersOnly(),
    });
    this.#clients.set(Client, client);
    return client;
  }

  /**
   * Makes one call of the plan.
   *
   * @throws only when the run has been ended
   */
  async call<T>(
    operation: OperationName,
    subject: string,
    send: (options: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<Fact<T>> {
    try {
      const value = await this.#limiter.run(() => {
        this.#signal.throwIfAborted();
        return send({ abortSignal: this.#signal });
      });
      this.#onCall('answered');
      return known(value, { source: operation });
    } catch (error) {
      this.#signal.throwIfAborted();
      const permissions: readonly string[] =
        COLLECTION_PLAN[operation].permissions;
      const reason = refusal(error, {
        operation,
        permission: permissions[0],
        accountId: this.accountId,
        region: this.region,
        subject,
      });
      this.#onCall(OUTCOMES[reason.code] ?? 'failed');
      return unknown(reason);
    }
  }

  /** Follows a list to its end. What came before a page without answer is kept. */
  async list<T>(
    operation: OperationName,
    subject: string,
    page: (
      next: string | undefined,
      options: { abortSignal: AbortSignal },
    ) => Promise<PageOf<T>>,
  ): Promise<Listed<T>> {
    const items: T[] = [];
    let next: string | undefined;
    for (let count = 0; count < MAX_PAGES; count++) {
      const token = next;
      const answer = await this.call(operation, subject, options =>
        page(token, options),
      );
      if (!answer.known) return { items, incomplete: answer.reason };
      for (const item of answer.value.items) items.push(item);
      next = answer.value.next;
      if (!next || next === token) return { items };
    }
    return { items };
  }

  /** The same as {@link list}, as a fact: only a complete list is known. */
  async listAll<T>(
    ...parameters: Parameters<typeof AwsConnection.prototype.list<T>>
  ): Promise<Fact<T[]>> {
    const { items, incomplete } = await this.list(...parameters);
    return incomplete
      ? unknown(incomplete)
      : known(items, { source: parameters[0] });
  }

  /** The account that the credentials really belong to. */
  async identify(): Promise<Fact<string>> {
    const identity = await this.call(
      'sts:GetCallerIdentity',
      'the reader',
      options =>
        this.client(STSClient).send(new GetCallerIdentityCommand({}), options),
    );
    if (!identity.known) return identity;
    const { Account } = identity.value;
    return Account
      ? known(Account, identity.evidence)
      : unknown({
          code: 'source-unreachable',
          message: `sts:GetCallerIdentity named no account for ${this.accountId}.`,
          call: 'sts:GetCallerIdentity',
          actor: 'platform-team',
          action: 'Check that AWS_ENDPOINT_URL points to AWS.',
        });
  }

  /** Closes the connections of the clients. */
  close(): void {
    for (const client of this.#clients.values()) client.destroy();
  }
}
