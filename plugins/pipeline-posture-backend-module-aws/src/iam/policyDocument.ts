import { UnknownReason } from 'backstage-plugin-pipeline-posture-common';
import { globMatches } from './glob';

/** Condition operators and keys, lower-case, with their values. */
export interface Condition {
  operator: string;
  key: string;
  values: string[];
}

/** A statement of an identity policy, with every list made a list. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  sid?: string;
  /** 1-based position in its document. */
  position: number;
  actions: string[];
  /** True if `actions` are the ones that are left out. */
  notAction: boolean;
  resources: string[];
  /** True if `resources` are the ones that are left out. */
  notResource: boolean;
  /** Principals by kind (`AWS`, `Service`, `Federated`); only in trust and resource policies. */
  principals: Record<string, string[]>;
  /** True if `principals` are the ones that are left out. */
  notPrincipal: boolean;
  conditions: Condition[];
}

/** A policy that could not be understood. */
export class PolicyFormatError extends Error {
  constructor(
    message: string,
    readonly code: 'malformed' | 'too-large' = 'malformed',
  ) {
    super(message);
  }
}

/** Text that is longer is not a policy: the quotas of IAM are far below. */
const MAX_LENGTH = 512 * 1024;

function parseText(text: string): unknown {
  if (text.length > MAX_LENGTH) {
    throw new PolicyFormatError(
      `it is longer than ${MAX_LENGTH} characters`,
      'too-large',
    );
  }
  try {
    return JSON.parse(decodeDocument(text)) as unknown;
  } catch {
    throw new PolicyFormatError('it is not JSON');
  }
}

/** The text of a policy. IAM serves documents URL-encoded, and this SDK does not decode them. */
export function decodeDocument(text: string): string {
  // A document that is not encoded starts with a brace, which an encoded one cannot.
  if (/^\s*[{[]/.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A resource that no pattern names: what it matches stands for everything. */
const ANYTHING = ['aws', 'aws-cn', 'aws-us-gov'].map(
  partition => `arn:${partition}:\u0001:\u0001:\u0001:\u0001`,
);

/** `arn:*`, `arn:aws:*` and `**` say the same as `*`. */
function plainResource(resource: string): string {
  return ANYTHING.some(anything => globMatches(resource, anything))
    ? '*'
    : resource;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function texts(value: unknown, what: string): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.map(item => {
    if (typeof item !== 'string') {
      throw new PolicyFormatError(
        `${what} is neither text nor a list of texts`,
      );
    }
    return item;
  });
}

/** Reads one of two elements that exclude each other, such as Action and NotAction. */
function either(
  statement: Record<string, unknown>,
  name: string,
  required: boolean,
): { values: string[]; negated: boolean } {
  const plain = statement[name];
  const negative = statement[`Not${name}`];
  if (plain !== undefined && negative !== undefined) {
    throw new PolicyFormatError(`it has both ${name} and Not${name}`);
  }
  if (plain === undefined && negative === undefined) {
    if (required) throw new PolicyFormatError(`a statement has no ${name}`);
    return { values: [], negated: false };
  }
  return {
    values: texts(plain ?? negative, name),
    negated: plain === undefined,
  };
}

function readPrincipals(value: unknown): Record<string, string[]> {
  if (value === undefined) return {};
  if (value === '*') return { AWS: ['*'] };
  if (!isObject(value))
    throw new PolicyFormatError('Principal is not an object');
  return Object.fromEntries(
    Object.entries(value).map(([kind, names]) => [
      kind,
      texts(names, 'Principal'),
    ]),
  );
}

function readConditions(value: unknown): Condition[] {
  if (value === undefined) return [];
  if (!isObject(value))
    throw new PolicyFormatError('Condition is not an object');
  return Object.entries(value).flatMap(([operator, keys]) => {
    if (!isObject(keys))
      throw new PolicyFormatError('Condition is not an object');
    return Object.entries(keys).map(([key, values]) => ({
      operator: operator.toLowerCase(),
      key: key.toLowerCase(),
      values: (Array.isArray(values) ? values : [values]).map(String),
    }));
  });
}

function readStatement(
  value: unknown,
  position: number,
  kind: 'identity' | 'resource',
): Statement {
  if (!isObject(value))
    throw new PolicyFormatError('a statement is not an object');
  const { Effect: effect, Sid: sid } = value;
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new PolicyFormatError('a statement has no Effect of Allow or Deny');
  }
  const action = either(value, 'Action', true);
  const resource = either(value, 'Resource', kind === 'identity');
  return {
    effect,
    sid: typeof sid === 'string' && sid ? sid : undefined,
    position,
    actions: action.values,
    notAction: action.negated,
    resources: resource.values.map(plainResource),
    notResource: resource.negated,
    principals: readPrincipals(value.Principal ?? value.NotPrincipal),
    notPrincipal: value.NotPrincipal !== undefined,
    conditions: readConditions(value.Condition),
  };
}

const VERSIONS = new Set<unknown>([undefined, '2012-10-17', '2008-10-17']);

/**
 * Reads a policy document: JSON text, plain or URL-encoded.
 *
 * @param kind - `identity` for policies of roles and users, `resource` for trust and bucket policies
 * @throws PolicyFormatError when it cannot be understood, so that nobody takes it for an empty one
 */
export function parsePolicy(
  text: string,
  kind: 'identity' | 'resource' = 'identity',
): Statement[] {
  const document = parseText(text);
  if (!isObject(document)) throw new PolicyFormatError('it is not an object');
  if (!VERSIONS.has(document.Version)) {
    throw new PolicyFormatError('its Version is not one that AWS has');
  }
  const { Statement: statements } = document;
  if (statements === undefined)
    throw new PolicyFormatError('it has no Statement');
  return (Array.isArray(statements) ? statements : [statements]).map(
    (statement, index) => readStatement(statement, index + 1, kind),
  );
}

/** Why nothing is said of a policy that cannot be understood. */
export function unreadablePolicy(
  policy: string,
  error: PolicyFormatError,
): UnknownReason {
  return {
    code: error.code,
    message: `The policy ${policy} cannot be understood: ${error.message}.`,
    actor: 'cloud-administrator',
    action: `Correct the JSON of the policy ${policy} in the IAM console.`,
  };
}
