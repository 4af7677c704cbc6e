import { iamId } from '../auth/sessions';
import { Wire } from '../protocols/wire';
import { AwsAccount } from '../state/accountSchema';
import { awsManagedPolicies } from '../state/managedPolicies';

/** The filter values of GetAccountAuthorizationDetails. */
export const DETAIL_KINDS = [
  'User',
  'Group',
  'Role',
  'LocalManagedPolicy',
  'AWSManagedPolicy',
] as const;

/** @see DETAIL_KINDS */
export type DetailKind = (typeof DETAIL_KINDS)[number];

/** IAM serves documents URL-encoded after RFC 3986. */
function encodeDocument(document: unknown): string {
  const text =
    typeof document === 'string' ? document : JSON.stringify(document);
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const policyList = (inline: Record<string, unknown>): Wire =>
  Object.entries(inline).map(([PolicyName, document]) => ({
    PolicyName,
    PolicyDocument: encodeDocument(document),
  }));

const tagList = (tags: Record<string, string>): Wire =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const boundaryOf = (arn: string | undefined): Wire =>
  arn && { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn };

interface Detail {
  kind: DetailKind;
  detail: Wire;
}

/** Everything that GetAccountAuthorizationDetails says about an account, in the order of its pages. */
export function authorizationDetails(account: AwsAccount): Detail[] {
  const { partition, id, iam } = account;
  const iamArn = (resource: string) =>
    `arn:${partition}:iam::${id}:${resource}`;
  const local = new Map(
    iam.policies.map(policy => [
      policy.name,
      iamArn(`policy${policy.path}${policy.name}`),
    ]),
  );
  const attachments = new Map<string, number>();
  const attach = (names: string[]): Wire =>
    names.map(name => {
      const arn = local.get(name) ?? name;
      attachments.set(arn, (attachments.get(arn) ?? 0) + 1);
      return { PolicyName: arn.split('/').pop() ?? arn, PolicyArn: arn };
    });

  const users = iam.users.map(user => ({
    Path: user.path,
    UserName: user.name,
    UserId: iamId('AIDA', iamArn(`user${user.path}${user.name}`)),
    Arn: iamArn(`user${user.path}${user.name}`),
    CreateDate: user.created,
    UserPolicyList: policyList(user.inline),
    GroupList: user.groups,
    AttachedManagedPolicies: attach(user.managed),
    PermissionsBoundary: boundaryOf(user.boundary),
    Tags: tagList(user.tags),
  }));
  const groups = iam.groups.map(group => ({
    Path: group.path,
    GroupName: group.name,
    GroupId: iamId('AGPA', iamArn(`group${group.path}${group.name}`)),
    Arn: iamArn(`group${group.path}${group.name}`),
    CreateDate: group.created,
    GroupPolicyList: policyList(group.inline),
    AttachedManagedPolicies: attach(group.managed),
  }));
  const roles = iam.roles.map(role => ({
    Path: role.path,
    RoleName: role.name,
    RoleId: iamId('AROA', iamArn(`role${role.path}${role.name}`)),
    Arn: iamArn(`role${role.path}${role.name}`),
    CreateDate: role.created,
    AssumeRolePolicyDocument: encodeDocument(role.trust),
    InstanceProfileList: [],
    RolePolicyList: policyList(role.inline),
    AttachedManagedPolicies: attach(role.managed),
    PermissionsBoundary: boundaryOf(role.boundary),
    Tags: tagList(role.tags),
    RoleLastUsed: role.lastUsed
      ? { LastUsedDate: role.lastUsed, Region: 'eu-west-1' }
      : {},
  }));

  const managed = (options: {
    arn: string;
    path: string;
    documents: unknown[];
    created: Date;
  }): Wire => ({
    PolicyName: options.arn.split('/').pop() ?? options.arn,
    PolicyId: iamId('ANPA', options.arn),
    Arn: options.arn,
    Path: options.path,
    DefaultVersionId: `v${options.documents.length}`,
    AttachmentCount: attachments.get(options.arn) ?? 0,
    PermissionsBoundaryUsageCount: [...iam.roles, ...iam.users].filter(
      ({ boundary }) => boundary === options.arn,
    ).length,
    IsAttachable: true,
    CreateDate: options.created,
    UpdateDate: options.created,
    PolicyVersionList: options.documents
      .map((document, index) => ({
        Document: encodeDocument(document),
        VersionId: `v${index + 1}`,
        IsDefaultVersion: index + 1 === options.documents.length,
        CreateDate: options.created,
      }))
      .reverse(),
  });
  const localPolicies = iam.policies.map(policy =>
    managed({
      arn: iamArn(`policy${policy.path}${policy.name}`),
      path: policy.path,
      documents: [...policy.versions, policy.document],
      created: policy.created,
    }),
  );
  // Only AWS-managed policies that are attached are in the answer.
  const awsPolicies = awsManagedPolicies(partition)
    .filter(({ arn }) => attachments.has(arn))
    .map(({ arn, document }) =>
      managed({
        arn,
        path: '/',
        documents: [document],
        created: new Date('2015-02-06T18:39:46Z'),
      }),
    );

  const kind = (name: DetailKind, details: Wire[]): Detail[] =>
    details.map(detail => ({ kind: name, detail }));
  return [
    ...kind('User', users),
    ...kind('Group', groups),
    ...kind('Role', roles),
    ...kind('LocalManagedPolicy', localPolicies),
    ...kind('AWSManagedPolicy', awsPolicies),
  ];
}
