import {
  chainFact,
  Fact,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ActionIndex } from './ActionIndex';
import {
  effectiveRights,
  EffectiveRights,
  NamedPolicy,
} from './effectiveGrants';
import {
  parsePolicy,
  PolicyFormatError,
  Statement,
  unreadablePolicy,
} from './policyDocument';

/** A policy as the authorization details carry it. */
export interface RawPolicy {
  name: string;
  /** JSON text, plain or URL-encoded. */
  document: string;
}

/** A role, user or group as the authorization details carry it. */
export interface RawPrincipal {
  arn: string;
  name: string;
  kind: 'role' | 'user' | 'group';
  inline: readonly RawPolicy[];
  /** ARNs of attached managed policies. */
  managed: readonly string[];
  /** ARN of the permissions boundary. */
  boundary?: string;
  /** Names of groups, for a user. */
  groups: readonly string[];
  /** JSON text of the trust policy, for a role. */
  trust?: string;
  tags: Readonly<Record<string, string>>;
  /** ISO 8601, if the role was used in the tracking period. */
  lastUsed?: string;
  created?: string;
}

/** What GetAccountAuthorizationDetails says of an account. */
export interface RawAuthorization {
  principals: readonly RawPrincipal[];
  /** Default versions of managed policies by ARN. */
  managedPolicies: ReadonlyMap<string, RawPolicy>;
  /** Service control policies that hold for the account, if the organization could be read. */
  serviceControlPolicies?: readonly RawPolicy[];
}

/** A principal with more statements than this is not analysed: the quotas of IAM leave room for some hundreds. */
const MAX_STATEMENTS = 1000;
/** Each statement is compared with each of the boundary. */
const MAX_COMPARISONS = 20_000;

function absentPolicy(arn: string, principal: string): UnknownReason {
  return {
    code: 'not-found',
    message: `The document of the policy ${arn}, which ${principal} has, is not among the authorization details.`,
    call: 'iam:GetAccountAuthorizationDetails',
    actor: 'cloud-administrator',
    action: `Check that the policy ${arn} exists, and run the check again.`,
  };
}

const countOf = (policies: readonly NamedPolicy[]) =>
  policies.reduce((sum, { statements }) => sum + statements.length, 0);

function tooLarge(principal: string, count: number): UnknownReason {
  return {
    code: 'too-large',
    message: `${principal} has ${count} policy statements, more than can be analysed with its boundary (${MAX_STATEMENTS} without one).`,
    actor: 'cloud-administrator',
    action: `Reduce the policies of ${principal}.`,
  };
}

/** The principals of one account, with what each may really do. Documents are parsed once, when asked for. */
export class IamAccount {
  static create(options: {
    accountId: string;
    authorization: RawAuthorization;
    index?: ActionIndex;
  }): IamAccount {
    return new IamAccount(
      options.accountId,
      options.authorization,
      options.index ?? ActionIndex.shared(),
    );
  }

  readonly #byArn: ReadonlyMap<string, RawPrincipal>;
  readonly #groups: ReadonlyMap<string, RawPrincipal>;
  readonly #rights = new Map<string, Fact<EffectiveRights>>();
  readonly #trust = new Map<string, Fact<Statement[]>>();
  readonly #managedPolicies = new Map<string, Fact<NamedPolicy>>();

  private constructor(
    readonly accountId: string,
    readonly authorization: RawAuthorization,
    readonly index: ActionIndex,
  ) {
    const { principals } = authorization;
    this.#byArn = new Map(principals.map(item => [item.arn, item]));
    this.#groups = new Map(
      principals
        .filter(({ kind }) => kind === 'group')
        .map(item => [item.name, item]),
    );
  }

  get principals(): readonly RawPrincipal[] {
    return this.authorization.principals;
  }

  find(arn: string): RawPrincipal | undefined {
    return this.#byArn.get(arn);
  }

  /** The statements of the trust policy of a role. */
  trust(role: RawPrincipal): Fact<Statement[]> {
    let trust = this.#trust.get(role.arn);
    if (!trust) {
      trust = this.#parse(
        { name: `trust policy of ${role.name}`, document: role.trust ?? '' },
        'resource',
      );
      this.#trust.set(role.arn, trust);
    }
    return trust;
  }

  /** What a principal may do after denials, boundary and service control policies. */
  rights(principal: RawPrincipal): Fact<EffectiveRights> {
    const cached = this.#rights.get(principal.arn);
    if (cached) return cached;
    const rights = this.#evaluate(principal);
    this.#rights.set(principal.arn, rights);
    return rights;
  }

  #evaluate(principal: RawPrincipal): Fact<EffectiveRights> {
    const holders = [
      principal,
      ...principal.groups.flatMap(name => this.#groups.get(name) ?? []),
    ];
    const policies = collect(
      holders.flatMap(holder => [
        ...holder.inline.map(policy =>
          this.#named({ ...policy, name: `inline policy ${policy.name}` }),
        ),
        ...holder.managed.map(arn => this.#managed(arn, principal.name)),
      ]),
    );
    const boundary: Fact<NamedPolicy[] | undefined> = principal.boundary
      ? collect([this.#managed(principal.boundary, principal.name)])
      : known(undefined);
    const denials = collect(
      (this.authorization.serviceControlPolicies ?? []).map(policy =>
        this.#named(policy),
      ),
    );
    return chainFact(policies, own =>
      chainFact(denials, organization => {
        // A boundary can only take rights away: without it they are an upper limit.
        const limits = boundary.known ? boundary.value : undefined;
        const count = countOf([...own, ...organization]);
        const comparisons = count * countOf(limits ?? []);
        if (count > MAX_STATEMENTS || comparisons > MAX_COMPARISONS) {
          return unknown<EffectiveRights>(tooLarge(principal.name, count));
        }
        return known({
          ...effectiveRights(
            { policies: own, boundary: limits, denials: organization },
            this.index,
          ),
          boundaryUnread: boundary.known ? undefined : boundary.reason,
        });
      }),
    );
  }

  #managed(arn: string, principal: string): Fact<NamedPolicy> {
    const policy = this.authorization.managedPolicies.get(arn);
    if (!policy) return unknown(absentPolicy(arn, principal));
    let named = this.#managedPolicies.get(arn);
    if (!named) {
      named = this.#named(policy);
      this.#managedPolicies.set(arn, named);
    }
    return named;
  }

  #named(policy: RawPolicy): Fact<NamedPolicy> {
    const parsed = this.#parse(policy, 'identity');
    return parsed.known
      ? known({ name: policy.name, statements: parsed.value })
      : parsed;
  }

  #parse(
    { name, document }: RawPolicy,
    kind: 'identity' | 'resource',
  ): Fact<Statement[]> {
    try {
      return known(parsePolicy(document, kind));
    } catch (error) {
      if (!(error instanceof PolicyFormatError)) throw error;
      return unknown(unreadablePolicy(name, error));
    }
  }
}

function collect<T>(facts: readonly Fact<T>[]): Fact<T[]> {
  const values: T[] = [];
  for (const fact of facts) {
    if (!fact.known) return fact;
    values.push(fact.value);
  }
  return known(values);
}
