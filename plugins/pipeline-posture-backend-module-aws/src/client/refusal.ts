import { UnknownReason } from 'backstage-plugin-pipeline-posture-common';

/** What is known of a call that gave no answer. */
export interface RefusedCall {
  /** `codepipeline:GetPipeline`. */
  operation: string;
  /** The IAM action that it needs. */
  permission: string | undefined;
  accountId: string;
  region: string;
  /** What it was about: `pipeline orders-api`. */
  subject: string;
}

/** An answer without what the API always gives: a page of somebody else, read as an empty list. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError';
}

/**
 * A member that AWS always gives in an answer.
 *
 * @throws UnexpectedAnswerError when it is missing, so that no other page passes for an empty answer
 */
export function required<T>(member: T | undefined): T {
  if (member === undefined) throw new UnexpectedAnswerError();
  return member;
}

const DENIED =
  /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|UnauthorizedAccess|AuthorizationError|AuthorizationErrorException|OperationNotPermittedException|NotAuthorized|Forbidden)$/;
const CREDENTIALS =
  /^(UnrecognizedClientException|InvalidClientTokenId|ExpiredToken|ExpiredTokenException|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature|IncompleteSignatureException|MissingAuthenticationToken|MissingAuthenticationTokenException|CredentialsProviderError|InvalidAccessKeyId|AuthFailure|OptInRequired|RequestExpired)$/;
const THROTTLED =
  /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown|PriorRequestNotComplete|BandwidthLimitExceeded)$/;
const NOT_FOUND =
  /(NotFound|NotFoundException|DoesNotExist|DoesNotExistException|^NoSuch.*|NotFoundFault)$/;

function nameOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'Error';
  const { name, code } = error as { name?: unknown; code?: unknown };
  // Connection errors of Node keep what happened in `code`.
  if (name === 'Error' && typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'Error';
}

function statusOf(error: unknown): number | undefined {
  const { $metadata } = (error ?? {}) as {
    $metadata?: { httpStatusCode?: number };
  };
  return $metadata?.httpStatusCode;
}

/**
 * Turns any failed call into the reason why something is unknown. Only the name
 * of an error is used: its message may hold what nobody should see.
 */
export function refusal(error: unknown, call: RefusedCall): UnknownReason {
  const { operation, permission, accountId, region, subject } = call;
  const name = nameOf(error);
  const where = `account ${accountId} (${region})`;
  const base = { call: operation, actor: 'platform-team' as const };
  if (DENIED.test(name)) {
    return {
      ...base,
      code: 'permission-missing',
      message: `AWS refuses ${operation} for ${subject} in ${where}.`,
      permission,
      actor: 'cloud-administrator',
      action: `Ask an administrator of account ${accountId} to allow ${
        permission ?? operation
      } in the policy of the reader's role.`,
    };
  }
  if (CREDENTIALS.test(name)) {
    return {
      ...base,
      code: 'permission-missing',
      message: `AWS does not accept the credentials for ${where} (${name}).`,
      permission: 'sts:AssumeRole',
      action: `Check the "aws" section of the configuration for account ${accountId}: role name, external id and the trust policy of that role.`,
    };
  }
  if (THROTTLED.test(name) || statusOf(error) === 429) {
    return {
      ...base,
      code: 'throttled',
      message: `AWS asked to slow down ${operation} in ${where} for longer than this run could wait.`,
      action: 'Nothing: the next run tries again.',
    };
  }
  if (NOT_FOUND.test(name)) {
    return {
      ...base,
      code: 'not-found',
      message: `AWS says that ${subject} does not exist in ${where}.`,
      actor: 'service-owner',
      action: `Correct the reference to ${subject}, or remove it.`,
    };
  }
  const noAnswer = [
    'SyntaxError',
    'TypeError',
    'UnexpectedAnswerError',
  ].includes(name)
    ? 'its answer is not one of the AWS API'
    : name;
  return {
    ...base,
    code: 'source-unreachable',
    message: `${operation} gave no answer for ${subject} in ${where}: ${noAnswer}.`,
    action: `Check that the backend can reach AWS in ${region} (network, proxy, AWS_ENDPOINT_URL); the next run tries again.`,
  };
}
