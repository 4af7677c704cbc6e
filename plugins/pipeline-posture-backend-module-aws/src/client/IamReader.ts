import {
  IAMClient,
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountAuthorizationDetailsCommandOutput,
  GetCredentialReportCommand,
} from '@aws-sdk/client-iam';
import { setTimeout as pause } from 'node:timers/promises';
import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { RawAuthorization, RawPolicy, RawPrincipal } from '../iam/IamAccount';
import { AwsConnection } from './AwsConnection';
import { AccessKey, readCredentialReport } from './credentialReport';
import { required } from './refusal';

type Page = GetAccountAuthorizationDetailsCommandOutput;
interface Named {
  PolicyName?: string;
  PolicyDocument?: string;
}

const inlineOf = (policies: Named[] | undefined): RawPolicy[] =>
  (policies ?? []).map(({ PolicyName = '', PolicyDocument = '' }) => ({
    name: PolicyName,
    document: PolicyDocument,
  }));

const tagsOf = (tags: Array<{ Key?: string; Value?: string }> | undefined) =>
  Object.fromEntries(
    (tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]),
  );

const attachedTo = (policies: Array<{ PolicyArn?: string }> | undefined) =>
  (policies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []);

function principalsOf(page: Page): RawPrincipal[] {
  return [
    ...(page.RoleDetailList ?? []).map(role => ({
      kind: 'role' as const,
      arn: role.Arn ?? '',
      name: role.RoleName ?? '',
      inline: inlineOf(role.RolePolicyList),
      managed: attachedTo(role.AttachedManagedPolicies),
      boundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
      groups: [],
      trust: role.AssumeRolePolicyDocument,
      tags: tagsOf(role.Tags),
      lastUsed: role.RoleLastUsed?.LastUsedDate?.toISOString(),
      created: role.CreateDate?.toISOString(),
    })),
    ...(page.UserDetailList ?? []).map(user => ({
      kind: 'user' as const,
      arn: user.Arn ?? '',
      name: user.UserName ?? '',
      inline: inlineOf(user.UserPolicyList),
      managed: attachedTo(user.AttachedManagedPolicies),
      boundary: user.PermissionsBoundary?.PermissionsBoundaryArn,
      groups: user.GroupList ?? [],
      tags: tagsOf(user.Tags),
    })),
    ...(page.GroupDetailList ?? []).map(group => ({
      kind: 'group' as const,
      arn: group.Arn ?? '',
      name: group.GroupName ?? '',
      inline: inlineOf(group.GroupPolicyList),
      managed: attachedTo(group.AttachedManagedPolicies),
      groups: [],
      tags: {},
    })),
  ];
}

function policiesOf(page: Page): Array<[string, RawPolicy]> {
  return (page.Policies ?? []).flatMap(policy => {
    // Every version is in the answer; only the default one is in force.
    const version = policy.PolicyVersionList?.find(
      item => item.IsDefaultVersion,
    );
    return policy.Arn && version?.Document
      ? [
          [
            policy.Arn,
            {
              name: policy.PolicyName ?? policy.Arn,
              document: version.Document,
            },
          ] as [string, RawPolicy],
        ]
      : [];
  });
}

const REPORT_ATTEMPTS = 6;
const REPORT_PAUSE_MS = 2_000;

/** Reads IAM of one account: in bulk only, never role by role. */
export class IamReader {
  static create(connection: AwsConnection): IamReader {
    return new IamReader(connection);
  }

  private constructor(private readonly connection: AwsConnection) {}

  async authorization(): Promise<Fact<RawAuthorization>> {
    const { accountId } = this.connection;
    const iam = this.connection.client(IAMClient);
    const pages = await this.connection.listAll(
      'iam:GetAccountAuthorizationDetails',
      `the roles and policies of account ${accountId}`,
      async (Marker, options) => {
        const page = await iam.send(
          new GetAccountAuthorizationDetailsCommand({ Marker, MaxItems: 1000 }),
          options,
        );
        return {
          items: [
            { principals: principalsOf(page), policies: policiesOf(page) },
          ],
          next: required(page.IsTruncated) ? page.Marker : undefined,
        };
      },
    );
    if (!pages.known) return pages;
    return known(
      {
        principals: pages.value.flatMap(({ principals }) => principals),
        managedPolicies: new Map(
          pages.value.flatMap(({ policies }) => policies),
        ),
      },
      pages.evidence,
    );
  }

  /** The active access keys of all users. AWS makes the report at most every four hours. */
  async accessKeys(): Promise<Fact<AccessKey[]>> {
    const { accountId } = this.connection;
    const iam = this.connection.client(IAMClient);
    const subject = `the credential report of account ${accountId}`;
    for (let attempt = 0; attempt < REPORT_ATTEMPTS; attempt++) {
      const asked = await this.connection.call(
        'iam:GenerateCredentialReport',
        subject,
        async options => {
          const { State } = await iam.send(
            new GenerateCredentialReportCommand({}),
            options,
          );
          return required(State);
        },
      );
      if (!asked.known) return asked;
      if (asked.value === 'COMPLETE') {
        const report = await this.connection.call(
          'iam:GetCredentialReport',
          subject,
          options => iam.send(new GetCredentialReportCommand({}), options),
        );
        if (!report.known) return report;
        return readCredentialReport(
          Buffer.from(report.value.Content ?? []).toString('utf8'),
        );
      }
      await pause(attempt === 0 ? 50 : REPORT_PAUSE_MS);
    }
    return unknown({
      code: 'source-unreachable',
      message: `AWS has not finished ${subject} yet.`,
      call: 'iam:GenerateCredentialReport',
      actor: 'platform-team',
      action: 'Nothing: the next run tries again.',
    });
  }
}
