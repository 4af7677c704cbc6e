import { AwsCredentialProvider } from '@backstage/integration-aws-node';

type Provide = AwsCredentialProvider['sdkCredentialProvider'];
type Credentials = Awaited<ReturnType<Provide>>;

/** Temporary credentials are renewed this long before they end. */
const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * Keeps credentials until shortly before they end. Every SDK client would ask
 * for its own otherwise, one sts:AssumeRole each.
 */
export function memoizeCredentials(
  provide: Provide,
  now: () => number = Date.now,
): Provide {
  let held: Promise<Credentials> | undefined;
  let renewAt = Infinity;
  return async () => {
    if (!held || now() >= renewAt) {
      renewAt = Infinity;
      const asked = provide();
      held = asked;
      try {
        const { expiration } = await asked;
        renewAt = expiration
          ? expiration.getTime() - RENEW_BEFORE_MS
          : Infinity;
      } catch (error) {
        if (held === asked) held = undefined;
        throw error;
      }
    }
    return held;
  };
}
