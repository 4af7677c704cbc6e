import {
  AccessAnalyzerClient,
  ValidatePolicyCommand,
  ValidatePolicyFinding,
} from '@aws-sdk/client-accessanalyzer';
import {
  allFacts,
  Fact,
  mapFact,
  PolicyRemark,
  ValidatedPolicy,
} from 'backstage-plugin-pipeline-posture-common';
import { RawPrincipal } from '../iam/IamAccount';
import { IamAccount, RawPolicy } from '../iam/IamAccount';
import { decodeDocument } from '../iam/policyDocument';
import { AwsConnection } from './AwsConnection';
import { required } from './refusal';

const KINDS: Record<string, PolicyRemark['kind']> = {
  ERROR: 'error',
  SECURITY_WARNING: 'security-warning',
  WARNING: 'warning',
  SUGGESTION: 'suggestion',
};

interface Document extends RawPolicy {
  trust?: true;
}

/** Policies that AWS writes are not the account's to correct. */
const isOfAws = (arn: string) => /^arn:[^:]+:iam::aws:policy\//.test(arn);

function documentsOf(role: RawPrincipal, account: IamAccount): Document[] {
  const managed = role.managed
    .filter(arn => !isOfAws(arn))
    .flatMap(arn => account.authorization.managedPolicies.get(arn) ?? []);
  return [
    ...role.inline.map(({ name, document }) => ({
      name: `inline policy ${name}`,
      document,
    })),
    ...managed.map(({ name, document }) => ({
      name: `managed policy ${name}`,
      document,
    })),
    ...(role.trust
      ? [{ name: 'trust policy', document: role.trust, trust: true as const }]
      : []),
  ];
}

function remarkOf(finding: ValidatePolicyFinding): PolicyRemark {
  const { findingType = '', issueCode = '', findingDetails = '' } = finding;
  return {
    kind: KINDS[findingType] ?? 'suggestion',
    code: issueCode,
    message: findingDetails,
    url: finding.learnMoreLink,
  };
}

/** Lets IAM Access Analyzer check every policy of a role that the account itself has written. */
export async function validateRole(
  role: RawPrincipal,
  account: IamAccount,
  connection: AwsConnection,
): Promise<Fact<ValidatedPolicy[]>> {
  const client = connection.client(AccessAnalyzerClient);
  return allFacts(
    await Promise.all(
      documentsOf(role, account).map(async ({ name, document, trust }) => {
        const findings = await connection.listAll(
          'access-analyzer:ValidatePolicy',
          `${name} of role ${role.name}`,
          async (nextToken, options) => {
            const page = await client.send(
              new ValidatePolicyCommand({
                policyDocument: decodeDocument(document),
                policyType: trust ? 'RESOURCE_POLICY' : 'IDENTITY_POLICY',
                validatePolicyResourceType: trust
                  ? 'AWS::IAM::AssumeRolePolicyDocument'
                  : undefined,
                nextToken,
              }),
              options,
            );
            return { items: required(page.findings), next: page.nextToken };
          },
        );
        return mapFact(findings, all => ({
          name,
          remarks: all.map(remarkOf),
        }));
      }),
    ),
  );
}
