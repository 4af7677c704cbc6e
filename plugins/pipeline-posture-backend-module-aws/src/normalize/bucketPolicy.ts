import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import {
  Condition,
  parsePolicy,
  PolicyFormatError,
  Statement,
  unreadablePolicy,
} from '../iam/policyDocument';
import { globMatches } from '../iam/glob';
import { accountOf } from './arns';

/** What a policy of a bucket says of the artifacts in it. */
export interface BucketAccess {
  /** True if requests without TLS are refused to everybody. */
  onlyEncrypted: boolean;
  /** Principals outside the known accounts that may write; `*` is everybody. */
  outsideWriters: string[];
}

const WRITES = ['s3:PutObject', 's3:DeleteObject', 's3:PutBucketPolicy'];
/** Conditions that keep everybody out but principals of one's own. */
const OWN_ONLY =
  /^aws:(principalaccount|principalorgid|principalorgpaths|principalarn|sourceaccount|sourcearn|sourceorgid|sourcevpce?|calledvia.*)$|^s3:(dataaccesspointaccount|resourceaccount)$/;

/** A condition that a request of others cannot meet: it asks for a value, and not for any. */
const keepsOthersOut = ({ key, operator, values }: Condition) =>
  OWN_ONLY.test(key) &&
  !/not|ifexists|null|forallvalues/.test(operator) &&
  values.every(value => !/^\**$/.test(value));

const coversAction = ({ actions, notAction }: Statement, wanted: string) =>
  actions.some(action =>
    globMatches(action.toLowerCase(), wanted.toLowerCase()),
  ) !== notAction;

/** A refusal of requests without TLS, to everybody and for every object. */
function refusesPlain(statement: Statement): boolean {
  const { effect, principals, conditions, resources } = statement;
  const everybody = Object.values(principals).some(ids => ids.includes('*'));
  const [condition, ...more] = conditions;
  return (
    effect === 'Deny' &&
    everybody &&
    more.length === 0 &&
    condition?.operator === 'bool' &&
    condition.key === 'aws:securetransport' &&
    condition.values.some(value => value.toLowerCase() === 'false') &&
    resources.some(resource => resource === '*' || resource.endsWith('*')) &&
    ['s3:GetObject', 's3:PutObject'].every(action =>
      coversAction(statement, action),
    )
  );
}

function outsiders(
  { effect, principals, notPrincipal, conditions, ...statement }: Statement,
  isKnownAccount: (id: string) => boolean,
): string[] {
  const all = { effect, principals, notPrincipal, conditions, ...statement };
  if (effect !== 'Allow' || !WRITES.some(action => coversAction(all, action)))
    return [];
  if (conditions.some(keepsOthersOut)) return [];
  if (notPrincipal) return ['everybody but a few'];
  return (principals.AWS ?? []).filter(principal => {
    if (principal === '*') return true;
    const account = /^\d{12}$/.test(principal)
      ? principal
      : accountOf(principal);
    return account !== undefined && !isKnownAccount(account);
  });
}

/**
 * What the policy of a bucket says.
 *
 * @param text - the policy; null = the bucket has none
 */
export function readBucketPolicy(
  text: string | null,
  options: { bucket: string; isKnownAccount: (id: string) => boolean },
): Fact<BucketAccess> {
  if (text === null) return known({ onlyEncrypted: false, outsideWriters: [] });
  try {
    const statements = parsePolicy(text, 'resource');
    return known({
      onlyEncrypted: statements.some(refusesPlain),
      outsideWriters: [
        ...new Set(
          statements.flatMap(each => outsiders(each, options.isKnownAccount)),
        ),
      ],
    });
  } catch (error) {
    if (!(error instanceof PolicyFormatError)) throw error;
    return unknown(
      unreadablePolicy(`policy of bucket ${options.bucket}`, error),
    );
  }
}
