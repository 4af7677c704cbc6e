/** The parts of a trust policy that decide who may assume a role with sts:AssumeRole. */
interface TrustStatement {
  Effect?: string;
  Action?: string | string[];
  Principal?: string | Record<string, string | string[]>;
  Condition?: Record<string, Record<string, string | string[]>>;
}

const list = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : ([value].flat() as T[]);

/** Who asks to assume a role. */
export interface AssumingCaller {
  accountId: string;
  /** ARN of the user, or of the role behind the session. */
  principalArn: string;
  externalId?: string;
}

function admits(statement: TrustStatement, caller: AssumingCaller): boolean {
  const actions = list(statement.Action);
  if (
    !actions.some(action => ['sts:AssumeRole', 'sts:*', '*'].includes(action))
  ) {
    return false;
  }
  const principals =
    typeof statement.Principal === 'string'
      ? [statement.Principal]
      : list(statement.Principal?.AWS);
  const accountRoot = new RegExp(
    `^(arn:[^:]+:iam::)?${caller.accountId}(:root)?$`,
  );
  return principals.some(
    principal =>
      principal === '*' ||
      principal === caller.principalArn ||
      accountRoot.test(principal),
  );
}

/** Only StringEquals on sts:ExternalId can be met; any other condition is not. */
function conditionsHold(
  statement: TrustStatement,
  caller: AssumingCaller,
): boolean {
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(
      ([key, values]) =>
        operator === 'StringEquals' &&
        key.toLowerCase() === 'sts:externalid' &&
        caller.externalId !== undefined &&
        list(values).includes(caller.externalId),
    ),
  );
}

/** Whether the trust policy of a role lets the caller in. */
export function trustAdmits(trust: unknown, caller: AssumingCaller): boolean {
  const policy: unknown = typeof trust === 'string' ? JSON.parse(trust) : trust;
  const { Statement } = policy as {
    Statement?: TrustStatement | TrustStatement[];
  };
  const statements = list(Statement).filter(statement =>
    admits(statement, caller),
  );
  const met = statements.filter(statement => conditionsHold(statement, caller));
  return (
    met.some(({ Effect }) => Effect === 'Allow') &&
    !met.some(({ Effect }) => Effect === 'Deny')
  );
}
