import { globMatches } from './glob';
import { Condition, Statement } from './policyDocument';

/** Condition keys that tie a trusted principal to somebody in particular. */
const TYING_KEYS = new Set([
  'sts:externalid',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:userid',
]);

/** A value that ties nobody: `*`, `arn:aws:iam::111122223333:*`, `…:role/*`, `…:root`. */
const NOBODY_IN_PARTICULAR =
  /^\**$|^arn:[^:]*:(iam|sts)::[^:]*:(\*|root|(role|user|assumed-role)\/\*)$/;

const isTied = (conditions: readonly Condition[]) =>
  conditions.some(
    ({ operator, key, values }) =>
      TYING_KEYS.has(key) &&
      !/not|ifexists|null|forallvalues/.test(operator) &&
      values.every(value => !NOBODY_IN_PARTICULAR.test(value)),
  );

/** One way into a role that more than its own pipeline has. */
export interface OpenTrust {
  /** Worst first: anybody; another account; any repository of a host; anybody of this account; any caller of a service. */
  kind:
    | 'anyone'
    | 'foreign-account'
    | 'open-federation'
    | 'own-account'
    | 'unconfirmed-service';
  /** One sentence. */
  description: string;
}

const ACCOUNT_PRINCIPAL = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/;
const PRINCIPAL_ACCOUNT = /^arn:[^:]+:(?:iam|sts)::(\d{12}):/;

/** What a trust policy is judged against. */
export interface TrustContext {
  accountId: string;
  /** Accounts that belong to the organisation, by configuration. */
  knownAccounts: ReadonlySet<string>;
}

function awsPrincipal(
  principal: string,
  statement: Statement,
  { accountId, knownAccounts }: TrustContext,
): OpenTrust[] {
  const tied = isTied(statement.conditions);
  if (principal === '*') {
    return tied
      ? []
      : [
          {
            kind: 'anyone',
            description: 'anybody with an AWS account may assume it',
          },
        ];
  }
  const whole = ACCOUNT_PRINCIPAL.exec(principal)?.[1];
  const account = whole ?? PRINCIPAL_ACCOUNT.exec(principal)?.[1];
  if (account && account !== accountId && !knownAccounts.has(account)) {
    return tied
      ? []
      : [
          {
            kind: 'foreign-account',
            description: `account ${account}, which is not one of the configured accounts, may assume it without an external id`,
          },
        ];
  }
  if (!whole || tied) return [];
  return account === accountId
    ? [
        {
          kind: 'own-account',
          description: `every principal of account ${account} that has sts:AssumeRole on it may assume it`,
        },
      ]
    : [
        {
          kind: 'foreign-account',
          description: `every principal of account ${account} that has sts:AssumeRole on it may assume it`,
        },
      ];
}

/** Hosts whose tokens name a repository in their subject. */
const CODE_HOSTS =
  /token\.actions\.githubusercontent\.com|gitlab|bitbucket|vstoken\.dev\.azure\.com|app\.terraform\.io|circleci|buildkite/i;

/** A subject that leaves the repository open: `*`, `repo:org/*`. */
const OPEN_SUBJECT =
  /^(\*|repo:[^/]*\*|repo:[^/]+\/\*.*|project_path:[^/]+\/\*.*)$/;
const ANY_REF = /^repo:[^:]+:\*$/;
const PULL_REQUEST = /^repo:[^:]+:pull_request$/;
/** Every phase of one workspace: Terraform names plan and apply apart. */
const ANY_PHASE = /:run_phase:\*$/;

/** Who else may take the role by a subject; undefined if it names one place. */
function whoElse(subject: string, isPattern: boolean): string | undefined {
  if (OPEN_SUBJECT.test(subject))
    return `any repository that matches "${subject}" may assume it`;
  if (ANY_REF.test(subject))
    return `any branch and any pull request of "${subject}" may assume it`;
  if (PULL_REQUEST.test(subject))
    return `any pull request of "${subject}" may assume it, reviewed or not`;
  return isPattern && /[*?]/.test(subject.replace(ANY_PHASE, ''))
    ? `whatever matches "${subject}" may assume it`
    : undefined;
}

function federated(principal: string, statement: Statement): OpenTrust[] {
  const isCodeHost = CODE_HOSTS.test(principal);
  // People who sign in over SAML are no pipelines, and no repositories.
  if (!isCodeHost && !principal.includes(':oidc-provider/')) return [];
  const host = principal.replace(/^arn:[^:]+:iam::\d+:oidc-provider\//, '');
  const subject = statement.conditions.find(({ key }) => key.endsWith(':sub'));
  const audience = statement.conditions.find(({ key }) => key.endsWith(':aud'));
  const says = (description: string): OpenTrust => ({
    kind: 'open-federation',
    description,
  });
  const found: OpenTrust[] = [];
  if (!subject || /not|ifexists|null|forallvalues/.test(subject.operator)) {
    found.push(
      says(
        isCodeHost
          ? `any repository on ${host} may assume it`
          : `everybody whom ${host} knows may assume it`,
      ),
    );
  } else {
    const isPattern = subject.operator.includes('like');
    found.push(
      ...subject.values.flatMap(value => {
        const who = whoElse(value, isPattern);
        return who ? [says(who)] : [];
      }),
    );
  }
  if (isCodeHost && !audience)
    found.push(says(`tokens of ${host} for any audience are accepted`));
  return found;
}

/** Services that AWS documents to send aws:SourceAccount and aws:SourceArn when they assume a role. */
const CONFIRMING_SERVICES = new Set([
  'codebuild.amazonaws.com',
  'cloudformation.amazonaws.com',
  'events.amazonaws.com',
]);

function service(principal: string, statement: Statement): OpenTrust[] {
  if (
    !CONFIRMING_SERVICES.has(principal.replace(/\.cn$/, '')) ||
    isTied(statement.conditions)
  )
    return [];
  return [
    {
      kind: 'unconfirmed-service',
      description: `${principal} may assume it on behalf of any account (no aws:SourceAccount condition)`,
    },
  ];
}

const ASSUMING = [
  'sts:assumerole',
  'sts:assumerolewithwebidentity',
  'sts:assumerolewithsaml',
];

const letsAssume = (action: string) =>
  ASSUMING.some(one => globMatches(action.toLowerCase(), one));

/** Every way into a role that is wider than its own pipeline, worst first. */
export function openTrust(
  trust: readonly Statement[],
  context: TrustContext,
): OpenTrust[] {
  const found = trust
    .filter(
      ({ effect, actions, notAction }) =>
        effect === 'Allow' && (notAction || actions.some(letsAssume)),
    )
    .flatMap(statement => {
      if (statement.notPrincipal) {
        return [
          {
            kind: 'anyone' as const,
            description:
              'everybody but the named principals may assume it (NotPrincipal)',
          },
        ];
      }
      const { AWS = [], Federated = [], Service = [] } = statement.principals;
      return [
        ...AWS.flatMap(principal =>
          awsPrincipal(principal, statement, context),
        ),
        ...Federated.flatMap(principal => federated(principal, statement)),
        ...Service.flatMap(principal => service(principal, statement)),
      ];
    });
  const order: OpenTrust['kind'][] = [
    'anyone',
    'foreign-account',
    'open-federation',
    'own-account',
    'unconfirmed-service',
  ];
  return found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** Some services have another name in China: `ec2.amazonaws.com.cn`. */
const serviceName = (principal: string) => principal.replace(/\.cn$/, '');

/** Whether a service of AWS may assume the role. */
export function trustsService(
  trust: readonly Statement[],
  principal: string,
): boolean {
  return trust.some(
    ({ effect, principals }) =>
      effect === 'Allow' &&
      [...(principals.Service ?? []), ...(principals.AWS ?? [])].some(
        name => serviceName(name) === principal || name === '*',
      ),
  );
}

/** Whether a role or user of the same account may assume the role, as far as its trust policy says. */
export function trustsPrincipal(
  trust: readonly Statement[],
  arn: string,
): boolean {
  const account = PRINCIPAL_ACCOUNT.exec(arn)?.[1];
  return trust.some(
    ({ effect, principals, notPrincipal }) =>
      effect === 'Allow' &&
      (notPrincipal ||
        (principals.AWS ?? []).some(
          name =>
            name === '*' ||
            name === arn ||
            ACCOUNT_PRINCIPAL.exec(name)?.[1] === account,
        )),
  );
}
