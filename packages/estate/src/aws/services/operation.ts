import { Caller, Sessions } from '../auth/sessions';
import { AwsError, invalid } from '../errors';
import { Wire } from '../protocols/wire';
import { AwsAccount, AwsState } from '../state/accountSchema';
import { RegionState } from '../state/regionSchema';

/** The members of a request, as its protocol carried them. */
export type Input = Readonly<Record<string, unknown>>;

/** What an operation answers from. */
export interface OperationContext {
  state: AwsState;
  sessions: Sessions;
  caller: Caller;
  /** The account that the caller is in: nothing else can be seen. */
  account: AwsAccount;
  region: string;
  /** The resources of that account in that region. */
  regional: RegionState;
  /** The name of the operation, with its service: `iam:ListRoles`. */
  operation: string;
  /** Largest page, whatever the caller asks for: pages may be short. */
  pageLimit: number;
}

/** Answers one operation of a service. @throws AwsError */
export type Operation = (input: Input, context: OperationContext) => Wire;

/** Operations by name. */
export type Service = Readonly<Record<string, Operation>>;

/** A member that must be text. @throws AwsError when it is missing */
export function text(input: Input, member: string): string {
  const value = input[member];
  if (typeof value === 'string' && value) return value;
  throw invalid(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/** A member that may be text. */
export function optionalText(input: Input, member: string): string | undefined {
  const value = input[member];
  return typeof value === 'string' ? value : undefined;
}

/** A member that is a list of text. */
export function texts(input: Input, member: string): string[] {
  const value = input[member];
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is string => typeof item === 'string');
}

/** A page of a list, with the token of the next one. */
export interface Page<T> {
  items: T[];
  next?: string;
}

/**
 * Cuts a page out of a list. Tokens are opaque and hold for the same operation,
 * account and region only.
 *
 * @throws AwsError when the token is not one of ours
 */
export function page<T>(
  all: readonly T[],
  context: OperationContext,
  options: {
    token?: unknown;
    size?: unknown;
    max: number;
    invalidToken?: string;
  },
): Page<T> {
  const scope = `${context.operation}/${context.account.id}/${context.region}`;
  const size = Math.min(
    Number(options.size) || options.max,
    options.max,
    context.pageLimit,
  );
  let start = 0;
  if (typeof options.token === 'string' && options.token) {
    const token = Buffer.from(options.token, 'base64url').toString();
    const [tokenScope, offset] = token.split('#');
    if (tokenScope !== scope || !/^\d+$/.test(offset ?? '')) {
      throw new AwsError(
        options.invalidToken ?? 'InvalidNextTokenException',
        'The next token was specified in an invalid format.',
        { xmlCode: 'ValidationError' },
      );
    }
    start = Number(offset);
  }
  const end = start + size;
  return {
    items: all.slice(start, end),
    next:
      end < all.length
        ? Buffer.from(`${scope}#${end}`).toString('base64url')
        : undefined,
  };
}

/** An ARN in the caller's account and region. */
export function arn(
  context: Pick<OperationContext, 'account' | 'region'>,
  service: string,
  resource: string,
): string {
  const { partition, id } = context.account;
  return `arn:${partition}:${service}:${context.region}:${id}:${resource}`;
}
