import { Condition } from './policyDocument';

/** Keys that narrow down whom, what or which service a statement is about. */
const RESTRICTING_KEYS = [
  /^iam:passedtoservice$/,
  /^iam:permissionsboundary$/,
  /^iam:associatedresourcearn$/,
  /^(aws|[a-z0-9-]+):resourcetag\//,
  /^aws:(principaltag\/.+|resourceaccount|resourceorgid|resourceorgpaths|sourcearn|sourceaccount|sourceorgid)$/,
  /^kms:(viaservice|encryptioncontext:.+|calleraccount|resourcealiases)$/,
  /^s3:(resourceaccount|prefix)$/,
  /^(codestar-connections|codeconnections):fullrepositoryid$/,
  /^ecs:(cluster|service)$/,
  /^cloudformation:(stackname|rolearn)$/,
  /^codebuild:(project\.arn|source\.buildspec)$/,
];

/** Operators that ask for a value; `…IfExists` and negations let the rest through. */
const RESTRICTING_OPERATORS =
  /^(forallvalues:|foranyvalue:)?(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike)$/;

/**
 * Whether a condition really limits what a statement allows. Others, such as
 * aws:SecureTransport or a date, leave a pipeline's role as strong as it was.
 */
export function isRestricting({ operator, key, values }: Condition): boolean {
  // With ForAllValues an absent key matches: it limits nothing on its own.
  if (operator.startsWith('forallvalues:')) return false;
  return (
    RESTRICTING_OPERATORS.test(operator) &&
    RESTRICTING_KEYS.some(pattern => pattern.test(key)) &&
    values.length > 0 &&
    values.every(value => !/^\**$/.test(value))
  );
}

/** The values that a key is held to, if a condition does that. */
export function valuesOf(
  conditions: readonly Condition[],
  key: string,
): string[] | undefined {
  return conditions.find(
    condition => condition.key === key && isRestricting(condition),
  )?.values;
}
