import { RequiredPermission } from 'backstage-plugin-pipeline-posture-node';

/** One operation of AWS that the collection uses. */
export interface PlannedOperation {
  /** The IAM actions that it needs; the first one is the operation's own. Empty: none is needed. */
  permissions: readonly string[];
  /** What becomes unknown without it, one sentence. */
  without: string;
  /** How often it is called. */
  often:
    | 'once per account'
    | 'once per account and region'
    | 'once per page'
    | 'once per resource'
    | 'once per changed pipeline'
    | 'in turn';
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
      })),
  );
}
