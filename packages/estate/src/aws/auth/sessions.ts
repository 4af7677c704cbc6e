import { createHash, randomBytes } from 'node:crypto';
import { AwsError, unknownToken } from '../errors';
import { AwsAccount, AwsState } from '../state/accountSchema';

/** Who a request comes from. */
export interface Caller {
  account: AwsAccount;
  /** What GetCallerIdentity and refusals name. */
  arn: string;
  /** The user, or the role behind the session: what trust policies name. */
  principalArn: string;
  userId: string;
}

interface Credential {
  caller: Caller;
  secret: string;
  token?: string;
  expires?: Date;
}

/** A stable identifier in the form that IAM gives, made from a name. */
export function iamId(prefix: string, name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').toUpperCase();
  return `${prefix}${hash.slice(0, 17)}`;
}

const SESSION_SECONDS = 3600;

/** The access keys that the local AWS knows: declared ones and those of AssumeRole. */
export class Sessions {
  readonly #credentials = new Map<string, Credential>();

  constructor(state: AwsState) {
    for (const account of state.accounts) {
      for (const user of account.iam.users) {
        const arn = `arn:${account.partition}:iam::${account.id}:user${user.path}${user.name}`;
        const userId = iamId('AIDA', arn);
        for (const { id, secret, active } of user.keys) {
          if (!id || !secret || !active) continue;
          this.#credentials.set(id, {
            caller: { account, arn, principalArn: arn, userId },
            secret,
          });
        }
      }
    }
  }

  /**
   * Finds who an access key belongs to.
   *
   * @throws AwsError when the key or its session token is unknown or expired
   */
  find(accessKeyId: string, token: string | undefined): Credential {
    const credential = this.#credentials.get(accessKeyId);
    if (!credential || credential.token !== token) throw unknownToken();
    if (credential.expires && credential.expires.getTime() <= Date.now()) {
      throw new AwsError(
        'ExpiredTokenException',
        'The security token included in the request is expired',
        { status: 403, xmlCode: 'ExpiredToken' },
      );
    }
    return credential;
  }

  /** Gives out temporary credentials of a role. */
  open(options: {
    account: AwsAccount;
    roleName: string;
    roleArn: string;
    sessionName: string;
    seconds?: number;
  }) {
    const { account, roleName, roleArn, sessionName } = options;
    const arn = `arn:${account.partition}:sts::${account.id}:assumed-role/${roleName}/${sessionName}`;
    const userId = `${iamId('AROA', roleArn)}:${sessionName}`;
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const secret = randomBytes(20).toString('hex');
    const token = randomBytes(48).toString('base64');
    const expires = new Date(
      Date.now() + (options.seconds ?? SESSION_SECONDS) * 1000,
    );
    const caller = { account, arn, principalArn: roleArn, userId };
    this.#credentials.set(accessKeyId, { caller, secret, token, expires });
    return { accessKeyId, secret, token, expires, arn, userId };
  }

  /** Ends every temporary session, as when its role is changed. */
  expireAll(): void {
    for (const credential of this.#credentials.values()) {
      if (credential.token) credential.expires = new Date(0);
    }
  }
}
