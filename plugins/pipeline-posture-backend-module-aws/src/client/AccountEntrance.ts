import {
  AwsCredentialProvider,
  AwsCredentialsManager,
} from '@backstage/integration-aws-node';
import {
  Fact,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { CallOutcome } from 'backstage-plugin-pipeline-posture-node';
import { AwsConnection } from './AwsConnection';
import { memoizeCredentials } from './memoizeCredentials';
import { refusal } from './refusal';

/** Lets the reader into accounts, with the credentials that Backstage has for each. */
export class AccountEntrance {
  static create(options: {
    credentials: AwsCredentialsManager;
    /** How often a call is tried. */
    maxAttempts?: number;
  }): AccountEntrance {
    return new AccountEntrance(options.credentials, options.maxAttempts);
  }

  /** Told how each call of every connection ended. */
  onCall: (outcome: CallOutcome) => void = () => {};
  readonly #memoizedProviders = new Map<
    string,
    AwsCredentialProvider['sdkCredentialProvider']
  >();

  private constructor(
    private readonly credentials: AwsCredentialsManager,
    private readonly maxAttempts?: number,
  ) {}

  /** Connects to an account, and makes sure that the credentials are those of that account. */
  async enter(
    accountId: string,
    region: string,
    signal: AbortSignal,
  ): Promise<Fact<AwsConnection>> {
    let provider;
    try {
      provider = await this.credentials.getCredentialProvider({
        accountId,
      });
    } catch (error) {
      signal.throwIfAborted();
      // Without a matching entry the manager throws a plain error of its own.
      return unknown(
        error instanceof Error && error.message.startsWith('There is no AWS')
          ? noCredentials(accountId)
          : notEntered(
              accountId,
              refusal(error, {
                operation: 'sts:GetCallerIdentity',
                permission: undefined,
                accountId,
                region,
                subject: 'the reader',
              }),
            ),
      );
    }
    const connection = AwsConnection.create({
      accountId,
      region,
      credentials: this.#memoized(accountId, provider.sdkCredentialProvider),
      signal,
      maxAttempts: this.maxAttempts,
      onCall: outcome => this.onCall(outcome),
    });
    const identity = await connection.identify();
    if (identity.known && identity.value === accountId)
      return known(connection);
    connection.close();
    if (!identity.known) return unknown(notEntered(accountId, identity.reason));
    return unknown({
      code: 'permission-missing',
      message: `The credentials for account ${accountId} belong to account ${identity.value}.`,
      permission: 'sts:AssumeRole',
      actor: 'platform-team',
      action: `Set a roleName for account ${accountId} in the "aws" section of the configuration (aws.accounts or aws.accountDefaults).`,
    });
  }

  #memoized(
    accountId: string,
    provide: AwsCredentialProvider['sdkCredentialProvider'],
  ): AwsCredentialProvider['sdkCredentialProvider'] {
    const before = this.#memoizedProviders.get(accountId);
    if (before) return before;
    const memoized = memoizeCredentials(provide);
    this.#memoizedProviders.set(accountId, memoized);
    return memoized;
  }
}

function noCredentials(accountId: string): UnknownReason {
  return {
    code: 'not-connected',
    message: `The "aws" section of the configuration has no credentials for account ${accountId}.`,
    permission: 'sts:AssumeRole',
    actor: 'platform-team',
    action: `Add account ${accountId} to aws.accounts, or set aws.accountDefaults.roleName to a role that exists in every account.`,
  };
}

/** When a role cannot be assumed, AWS refuses the credentials and not the call. */
function notEntered(accountId: string, reason: UnknownReason): UnknownReason {
  if (reason.code !== 'permission-missing') return reason;
  return {
    ...reason,
    call: 'sts:AssumeRole',
    permission: 'sts:AssumeRole',
    message: `Account ${accountId} cannot be entered: AWS does not let the reader assume its role there.`,
    actor: 'cloud-administrator',
    action: `Create the reader's role in account ${accountId}; its trust policy must name the reader's principal and the external id of the "aws" section, and that principal needs sts:AssumeRole on the role.`,
  };
}
