import { IamAccount, RawPrincipal, RawPolicy } from '../IamAccount';

/** Id of the account of the tests. */
export const ACCOUNT = '111122223333';

/** ARN of a role of that account. */
export const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** A policy document of these statements. */
export const policy = (...Statement: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement });

/** An Allow statement. */
export const allow = (
  Action: string | string[],
  Resource: string | string[] = '*',
  Condition?: object,
) => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });

/** A Deny statement. */
export const deny = (
  Action: string | string[],
  Resource: string | string[] = '*',
  Condition?: object,
) => ({ ...allow(Action, Resource, Condition), Effect: 'Deny' });

/** A trust policy for a service of AWS. */
export const trustsService = (Service: string) =>
  policy({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });

/** A role with one inline policy. */
export function aRole(
  name: string,
  statements: object[],
  part: Partial<RawPrincipal> = {},
): RawPrincipal {
  return {
    arn: roleArn(name),
    name,
    kind: 'role',
    inline: [{ name: 'run', document: policy(...statements) }],
    managed: [],
    groups: [],
    trust: trustsService('codepipeline.amazonaws.com'),
    tags: {},
    ...part,
  };
}

/** An account of these roles. */
export function anAccount(
  principals: RawPrincipal[],
  options: {
    managed?: Record<string, string>;
    serviceControlPolicies?: RawPolicy[];
  } = {},
): IamAccount {
  return IamAccount.create({
    accountId: ACCOUNT,
    authorization: {
      principals,
      managedPolicies: new Map(
        Object.entries(options.managed ?? {}).map(([arn, document]) => [
          arn,
          { name: arn.split('/').pop() ?? arn, document },
        ]),
      ),
      serviceControlPolicies: options.serviceControlPolicies,
    },
  });
}
