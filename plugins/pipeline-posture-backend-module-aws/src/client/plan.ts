import { RequiredPermission } from 'backstage-plugin-pipeline-posture-node';
import { controlsOf } from '../controlsOfCalls';

/** One operation of AWS that the collection uses. */
export interface PlannedOperation {
  /** The IAM actions that it needs; the first one is the operation's own. Empty: none is needed. */
  permissions: readonly string[];
  /** What becomes unknown without it, one sentence. */
  without: string;
  /** `management`: needed in the management account of an organization only. */
  account?: 'management';
  /** How often it is called. */
  often:
    | 'once per account'
    | 'once per account and region'
    | 'once per page'
    | 'once per resource'
    | 'once per changed pipeline'
    | 'in turn'
    | 'on request';
}

const plan = <const T extends Record<string, PlannedOperation>>(
  operations: T,
) => operations;

/**
 * Everything that the collection may call, by `service:Operation`. The policy of
 * the reader, the permission tables and the tests of the calls all come from here.
 */
export const COLLECTION_PLAN = plan({
  'sts:GetCallerIdentity': {
    permissions: [],
    without: 'The account cannot be read at all.',
    often: 'once per account and region',
  },
  'codepipeline:ListPipelines': {
    permissions: ['codepipeline:ListPipelines'],
    without: 'No pipeline of the region is known.',
    often: 'once per page',
  },
  'codepipeline:GetPipeline': {
    permissions: ['codepipeline:GetPipeline'],
    without: 'Nothing of a pipeline but its name is known.',
    often: 'once per changed pipeline',
  },
  'codepipeline:ListWebhooks': {
    permissions: ['codepipeline:ListWebhooks'],
    without: 'It is unknown who can start pipelines through webhooks.',
    often: 'once per page',
  },
  'codepipeline:ListPipelineExecutions': {
    permissions: ['codepipeline:ListPipelineExecutions'],
    without: 'It is unknown when a pipeline ran last.',
    often: 'in turn',
  },
  'codebuild:BatchGetProjects': {
    permissions: ['codebuild:BatchGetProjects'],
    without: 'Roles, variables, images and buildspecs of builds are unknown.',
    often: 'once per page',
  },
  'codebuild:ListSourceCredentials': {
    permissions: ['codebuild:ListSourceCredentials'],
    without: 'It is unknown whether CodeBuild holds Git tokens.',
    often: 'once per account and region',
  },
  'codecommit:ListAssociatedApprovalRuleTemplatesForRepository': {
    permissions: [
      'codecommit:ListAssociatedApprovalRuleTemplatesForRepository',
    ],
    without:
      'It is unknown whether changes in CodeCommit repositories are reviewed.',
    often: 'once per resource',
  },
  'codecommit:GetFile': {
    permissions: ['codecommit:GetFile'],
    without:
      'Commands and secrets in buildspecs of CodeCommit repositories are unknown.',
    often: 'once per resource',
  },
  'codecommit:GetApprovalRuleTemplate': {
    permissions: ['codecommit:GetApprovalRuleTemplate'],
    without: 'It is unknown how many reviews CodeCommit repositories ask for.',
    often: 'once per resource',
  },
  'codestar-connections:ListConnections': {
    permissions: [
      'codestar-connections:ListConnections',
      'codeconnections:ListConnections',
    ],
    without:
      'It is unknown which host the repositories behind connections are on.',
    often: 'once per page',
  },
  'organizations:ListAccounts': {
    permissions: ['organizations:ListAccounts'],
    without: 'The accounts of the organization are unknown.',
    account: 'management',
    often: 'once per page',
  },
  'organizations:DescribeOrganization': {
    permissions: ['organizations:DescribeOrganization'],
    account: 'management',
    without:
      'Service control policies are not taken into account: rights may look wider than they are.',
    often: 'once per account',
  },
  'organizations:ListParents': {
    permissions: ['organizations:ListParents'],
    account: 'management',
    without:
      'Service control policies are not taken into account: rights may look wider than they are.',
    often: 'once per account',
  },
  'organizations:ListPoliciesForTarget': {
    permissions: ['organizations:ListPoliciesForTarget'],
    without:
      'Service control policies are not taken into account: rights may look wider than they are.',
    account: 'management',
    often: 'once per account',
  },
  'organizations:DescribePolicy': {
    permissions: ['organizations:DescribePolicy'],
    without:
      'Service control policies are not taken into account: rights may look wider than they are.',
    account: 'management',
    often: 'once per resource',
  },
  'codestar-connections:GetHost': {
    permissions: ['codestar-connections:GetHost', 'codeconnections:GetHost'],
    without:
      'The address of self-managed source hosts is unknown, and with it their branch rules.',
    often: 'once per resource',
  },
  'tag:GetResources': {
    permissions: ['tag:GetResources'],
    without:
      'Tags of pipelines are unknown: they neither link entities nor tell what is production.',
    often: 'once per page',
  },
  'events:ListRules': {
    permissions: ['events:ListRules'],
    without:
      'It is unknown whether EventBridge tells anybody of failures and changes.',
    often: 'once per page',
  },
  'events:ListTargetsByRule': {
    permissions: ['events:ListTargetsByRule'],
    without: 'It is unknown whom rules of EventBridge tell.',
    often: 'once per resource',
  },
  'sns:GetTopicAttributes': {
    permissions: ['sns:GetTopicAttributes'],
    without:
      'It is unknown whether anybody has subscribed to the topics of alerts.',
    often: 'once per resource',
  },
  'codestar-notifications:ListNotificationRules': {
    permissions: ['codestar-notifications:ListNotificationRules'],
    without:
      'It is unknown whether notification rules tell anybody of failures.',
    often: 'once per page',
  },
  'codestar-notifications:DescribeNotificationRule': {
    permissions: ['codestar-notifications:DescribeNotificationRule'],
    without: 'It is unknown what notification rules tell, and whom.',
    often: 'once per resource',
  },
  'cloudtrail:DescribeTrails': {
    permissions: ['cloudtrail:DescribeTrails'],
    without: 'It is unknown whether changes are recorded.',
    often: 'once per account and region',
  },
  'cloudtrail:GetTrailStatus': {
    permissions: ['cloudtrail:GetTrailStatus'],
    without: 'It is unknown whether changes are recorded.',
    often: 'once per resource',
  },
  'cloudtrail:GetEventSelectors': {
    permissions: ['cloudtrail:GetEventSelectors'],
    without: 'It is unknown whether changes are recorded.',
    often: 'once per resource',
  },
  'access-analyzer:ListAnalyzers': {
    permissions: ['access-analyzer:ListAnalyzers'],
    without: 'It is unknown whether anything reviews the rights of pipelines.',
    often: 'once per account and region',
  },
  'access-analyzer:ListFindingsV2': {
    permissions: ['access-analyzer:ListFindings'],
    without: 'It is unknown which rights of pipelines are not used.',
    often: 'once per page',
  },
  'access-analyzer:ValidatePolicy': {
    permissions: ['access-analyzer:ValidatePolicy'],
    without:
      'The policies of a role cannot be validated by Access Analyzer when somebody asks for it.',
    often: 'on request',
  },
  's3:GetBucketVersioning': {
    permissions: ['s3:GetBucketVersioning'],
    without: 'It is unknown whether artifacts can be replaced unseen.',
    often: 'once per resource',
  },
  's3:GetPublicAccessBlock': {
    permissions: ['s3:GetBucketPublicAccessBlock'],
    without: 'It is unknown whether artifact buckets can become public.',
    often: 'once per resource',
  },
  's3:GetBucketPolicyStatus': {
    permissions: ['s3:GetBucketPolicyStatus'],
    without: 'It is unknown whether artifact buckets are public.',
    often: 'once per resource',
  },
  's3:GetBucketPolicy': {
    permissions: ['s3:GetBucketPolicy'],
    without:
      'It is unknown whom the policies of artifact buckets let in, and whether they ask for encrypted connections.',
    often: 'once per resource',
  },
  'ecr:DescribeRepositories': {
    permissions: ['ecr:DescribeRepositories'],
    without:
      'It is unknown whether source images can be replaced under the same tag.',
    often: 'once per resource',
  },
  'codedeploy:GetDeploymentGroup': {
    permissions: ['codedeploy:GetDeploymentGroup'],
    without: 'The roles of CodeDeploy deployment groups are unknown.',
    often: 'once per resource',
  },
  'lambda:GetFunctionConfiguration': {
    permissions: ['lambda:GetFunctionConfiguration'],
    without: 'The roles of functions that pipelines invoke are unknown.',
    often: 'once per resource',
  },
  'states:DescribeStateMachine': {
    permissions: ['states:DescribeStateMachine'],
    without: 'The roles of state machines that pipelines start are unknown.',
    often: 'once per resource',
  },
  'iam:GetAccountAuthorizationDetails': {
    permissions: ['iam:GetAccountAuthorizationDetails'],
    without:
      'The rights of every role, and who can approve or edit, are unknown.',
    often: 'once per page',
  },
  'iam:GenerateCredentialReport': {
    permissions: ['iam:GenerateCredentialReport'],
    without: 'The access keys of IAM users are unknown.',
    often: 'once per account',
  },
  'iam:GetCredentialReport': {
    permissions: ['iam:GetCredentialReport'],
    without: 'The access keys of IAM users are unknown.',
    often: 'once per account',
  },
});

/** @see COLLECTION_PLAN */
export type OperationName = keyof typeof COLLECTION_PLAN;

/** The permissions of the plan, for people. */
export function requiredPermissions(): RequiredPermission[] {
  return Object.entries(COLLECTION_PLAN).flatMap(
    ([operation, { permissions, without }]: [string, PlannedOperation]) =>
      permissions.map(permission => ({
        permission,
        calls: [operation],
        without,
        controls: controlsOf([operation]),
      })),
  );
}
