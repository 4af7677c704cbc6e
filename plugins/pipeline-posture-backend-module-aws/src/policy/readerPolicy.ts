import { COLLECTION_PLAN, PlannedOperation } from '../client/plan';

/** Name of the reader's role in the examples. */
export const READER_ROLE = 'PipelinePostureReader';

/** A policy document as IAM takes it. */
export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: Array<{
    Sid: string;
    Effect: 'Allow';
    Action: string[];
    Resource: '*';
  }>;
}

function actionsIn(account: PlannedOperation['account']): string[] {
  const operations: PlannedOperation[] = Object.values(COLLECTION_PLAN);
  const actions = operations
    .filter(operation => operation.account === account)
    .flatMap(({ permissions }) => permissions);
  return [...new Set(actions)].sort();
}

function policy(Sid: string, Action: string[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [{ Sid, Effect: 'Allow', Action, Resource: '*' }],
  };
}

/** The read-only policy of the reader in every account: exactly what the collection plan calls. */
export const readerPolicy = (): PolicyDocument =>
  policy('ReadPipelinePosture', actionsIn(undefined));

/** What the reader needs beside that in the management account, if accounts come from AWS Organizations. */
export const organizationPolicy = (): PolicyDocument =>
  policy('ReadOrganization', actionsIn('management'));

const indent = (text: string, spaces: number) =>
  text
    .split('\n')
    .map(line => (line ? ' '.repeat(spaces) + line : line))
    .join('\n');

/** The role with its policy and a trust policy that asks for the external id, as CloudFormation. */
export function readerCloudFormation(): string {
  const actions = actionsIn(undefined).map(action => `- ${action}`);
  return `# Generated from the collection plan; a test holds it to what is really called.
AWSTemplateFormatVersion: '2010-09-09'
Description: Read-only role for Pipeline Posture
Parameters:
  ReaderPrincipalArn:
    Type: String
    Description: ARN of the role or user that the Backstage backend runs as
  ExternalId:
    Type: String
    NoEcho: true
    Description: The externalId of the aws section in the configuration of Backstage
Resources:
  ReaderRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: ${READER_ROLE}
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref ReaderPrincipalArn
            Action: sts:AssumeRole
            Condition:
              StringEquals:
                sts:ExternalId: !Ref ExternalId
      Policies:
        - PolicyName: read-pipeline-posture
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Sid: ReadPipelinePosture
                Effect: Allow
                Action:
${indent(actions.join('\n'), 18)}
                Resource: '*'
Outputs:
  ReaderRoleArn:
    Value: !GetAtt ReaderRole.Arn
`;
}

/** The same as Terraform. */
export function readerTerraform(): string {
  const actions = actionsIn(undefined).map(action => `"${action}",`);
  return `# Generated from the collection plan; a test holds it to what is really called.
variable "reader_principal_arn" {
  type        = string
  description = "ARN of the role or user that the Backstage backend runs as"
}

variable "external_id" {
  type        = string
  sensitive   = true
  description = "The externalId of the aws section in the configuration of Backstage"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [var.reader_principal_arn]
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    sid = "ReadPipelinePosture"
    actions = [
${indent(actions.join('\n'), 6)}
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role" "reader" {
  name               = "${READER_ROLE}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "read" {
  name   = "read-pipeline-posture"
  role   = aws_iam_role.reader.id
  policy = data.aws_iam_policy_document.read.json
}
`;
}

/** The files of the policy folder by name. */
export function policyFiles(): Record<string, string> {
  const json = (document: PolicyDocument) =>
    `${JSON.stringify(document, null, 2)}\n`;
  return {
    'reader-policy.json': json(readerPolicy()),
    'organization-policy.json': json(organizationPolicy()),
    'reader-role.cloudformation.yaml': readerCloudFormation(),
    'reader-role.tf': readerTerraform(),
  };
}
