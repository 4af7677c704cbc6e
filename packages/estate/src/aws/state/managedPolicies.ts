const allow = (
  actions: string | string[],
  resources: string | string[] = '*',
) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
});

/** The AWS-managed policies that the local AWS can attach, by their name. */
const DOCUMENTS: Record<string, object[]> = {
  AdministratorAccess: [allow('*')],
  PowerUserAccess: [
    {
      Effect: 'Allow',
      NotAction: ['iam:*', 'organizations:*', 'account:*'],
      Resource: '*',
    },
    allow([
      'account:GetAccountInformation',
      'account:GetPrimaryEmail',
      'account:ListRegions',
      'iam:CreateServiceLinkedRole',
      'iam:DeleteServiceLinkedRole',
      'iam:ListRoles',
      'organizations:DescribeOrganization',
    ]),
  ],
  IAMFullAccess: [
    allow([
      'iam:*',
      'organizations:DescribeAccount',
      'organizations:DescribeOrganization',
      'organizations:ListPolicies',
    ]),
  ],
  AmazonS3ReadOnlyAccess: [
    allow([
      's3:Get*',
      's3:List*',
      's3:Describe*',
      's3-object-lambda:Get*',
      's3-object-lambda:List*',
    ]),
  ],
  AWSCodePipeline_FullAccess: [
    allow(['codepipeline:*', 'cloudformation:DescribeStacks', 'iam:ListRoles']),
  ],
  AWSCodePipelineApproverAccess: [
    allow([
      'codepipeline:GetPipeline',
      'codepipeline:GetPipelineState',
      'codepipeline:GetPipelineExecution',
      'codepipeline:ListPipelineExecutions',
      'codepipeline:ListPipelines',
      'codepipeline:PutApprovalResult',
    ]),
  ],
  AWSCodeBuildAdminAccess: [
    allow(['codebuild:*', 'iam:GetRole', 'logs:GetLogEvents']),
  ],
  SecretsManagerReadWrite: [allow(['secretsmanager:*', 'kms:ListKeys'])],
};

/** The AWS-managed policies of a partition. */
export function awsManagedPolicies(
  partition: string,
): Array<{ arn: string; document: object }> {
  return Object.entries(DOCUMENTS).map(([name, Statement]) => ({
    arn: `arn:${partition}:iam::aws:policy/${name}`,
    document: { Version: '2012-10-17', Statement },
  }));
}
