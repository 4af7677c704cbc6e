/** A way from some rights to more rights. */
export interface EscalationPath {
  id: string;
  /** Actions that must all be allowed. */
  actions: readonly string[];
  /** What one can do with them, as the end of "it can …". */
  effect: string;
}

/**
 * Paths that need nothing but rights on identities. `own` paths count when the
 * resource is the role itself or a policy of its own; the others when the
 * resource is open (a wildcard), since then there is somebody to become.
 */
export interface IdentityPath extends EscalationPath {
  target: 'own-role' | 'own-policy' | 'other';
}

/** @see IdentityPath */
export const IDENTITY_PATHS: readonly IdentityPath[] = [
  {
    id: 'attach-policy-to-itself',
    target: 'own-role',
    actions: ['iam:AttachRolePolicy'],
    effect: 'attach AdministratorAccess to itself',
  },
  {
    id: 'write-policy-of-itself',
    target: 'own-role',
    actions: ['iam:PutRolePolicy'],
    effect: 'write an inline policy for itself',
  },
  {
    id: 'new-version-of-own-policy',
    target: 'own-policy',
    actions: ['iam:CreatePolicyVersion'],
    effect: 'write a new version of a policy that it has',
  },
  {
    id: 'old-version-of-own-policy',
    target: 'own-policy',
    actions: ['iam:SetDefaultPolicyVersion'],
    effect: 'bring back an older version of a policy that it has',
  },
  {
    id: 'trust-of-other-role',
    target: 'other',
    actions: ['iam:UpdateAssumeRolePolicy'],
    effect: 'make any role trust it',
  },
  {
    id: 'create-and-attach',
    target: 'other',
    actions: ['iam:CreateRole', 'iam:AttachRolePolicy'],
    effect: 'create a role that trusts it and make it an administrator',
  },
  {
    id: 'create-and-write',
    target: 'other',
    actions: ['iam:CreateRole', 'iam:PutRolePolicy'],
    effect: 'create a role that trusts it with any policy',
  },
  {
    id: 'key-of-other-user',
    target: 'other',
    actions: ['iam:CreateAccessKey'],
    effect: 'create an access key for any user',
  },
  {
    id: 'password-of-other-user',
    target: 'other',
    actions: ['iam:CreateLoginProfile'],
    effect: 'give any user a console password',
  },
  {
    id: 'new-password-of-other-user',
    target: 'other',
    actions: ['iam:UpdateLoginProfile'],
    effect: 'change the console password of any user',
  },
  {
    id: 'attach-to-user-with-key',
    target: 'other',
    actions: ['iam:AttachUserPolicy', 'iam:CreateAccessKey'],
    effect: 'make a user administrator and take a key of it',
  },
  {
    id: 'saml-provider',
    target: 'other',
    actions: ['iam:UpdateSAMLProvider'],
    effect: 'replace the identity provider that people sign in with',
  },
  {
    id: 'sso-assignment',
    target: 'other',
    actions: ['sso:CreateAccountAssignment'],
    effect: 'assign itself a permission set',
  },
  {
    id: 'sso-inline-policy',
    target: 'other',
    actions: [
      'sso:PutInlinePolicyToPermissionSet',
      'sso:ProvisionPermissionSet',
    ],
    effect: 'rewrite a permission set',
  },
];

/** A path that hands a stronger role to a service that then runs one's code. */
export interface PassRolePath extends EscalationPath {
  /** The principal that the passed role must trust. */
  service: string;
  /** How people call the service. */
  product: string;
}

const passing = (
  product: string,
  service: string,
  id: string,
  ...actions: string[]
): PassRolePath => ({
  id,
  product,
  service,
  actions,
  effect: `pass a stronger role to ${product} and run its own code there`,
});

/** Beside iam:PassRole, what it takes to run code with a passed role. */
export const PASS_ROLE_PATHS: readonly PassRolePath[] = [
  passing(
    'Lambda',
    'lambda.amazonaws.com',
    'lambda-create-invoke',
    'lambda:CreateFunction',
    'lambda:InvokeFunction',
  ),
  passing(
    'Lambda',
    'lambda.amazonaws.com',
    'lambda-create-permission',
    'lambda:CreateFunction',
    'lambda:AddPermission',
  ),
  passing(
    'Lambda',
    'lambda.amazonaws.com',
    'lambda-create-event',
    'lambda:CreateFunction',
    'lambda:CreateEventSourceMapping',
  ),
  passing(
    'Lambda',
    'lambda.amazonaws.com',
    'lambda-create-url',
    'lambda:CreateFunction',
    'lambda:CreateFunctionUrlConfig',
  ),
  passing(
    'Lambda',
    'lambda.amazonaws.com',
    'lambda-reconfigure',
    'lambda:UpdateFunctionConfiguration',
    'lambda:UpdateFunctionCode',
  ),
  passing('EC2', 'ec2.amazonaws.com', 'ec2-run', 'ec2:RunInstances'),
  passing(
    'EC2',
    'ec2.amazonaws.com',
    'ec2-profile',
    'ec2:AssociateIamInstanceProfile',
  ),
  passing(
    'EC2 Auto Scaling',
    'ec2.amazonaws.com',
    'autoscaling-launch',
    'autoscaling:CreateLaunchConfiguration',
    'autoscaling:CreateAutoScalingGroup',
  ),
  passing(
    'ECS',
    'ecs-tasks.amazonaws.com',
    'ecs-run',
    'ecs:RegisterTaskDefinition',
    'ecs:RunTask',
  ),
  passing(
    'ECS',
    'ecs-tasks.amazonaws.com',
    'ecs-start',
    'ecs:RegisterTaskDefinition',
    'ecs:StartTask',
  ),
  passing(
    'ECS',
    'ecs-tasks.amazonaws.com',
    'ecs-service',
    'ecs:RegisterTaskDefinition',
    'ecs:CreateService',
  ),
  passing(
    'ECS',
    'ecs-tasks.amazonaws.com',
    'ecs-update-service',
    'ecs:RegisterTaskDefinition',
    'ecs:UpdateService',
  ),
  passing(
    'Batch',
    'ecs-tasks.amazonaws.com',
    'batch-submit',
    'batch:RegisterJobDefinition',
    'batch:SubmitJob',
  ),
  passing(
    'App Runner',
    'tasks.apprunner.amazonaws.com',
    'apprunner-create',
    'apprunner:CreateService',
  ),
  passing(
    'CodeBuild',
    'codebuild.amazonaws.com',
    'codebuild-create',
    'codebuild:CreateProject',
    'codebuild:StartBuild',
  ),
  passing(
    'CodeBuild',
    'codebuild.amazonaws.com',
    'codebuild-create-batch',
    'codebuild:CreateProject',
    'codebuild:StartBuildBatch',
  ),
  passing(
    'CodeBuild',
    'codebuild.amazonaws.com',
    'codebuild-update',
    'codebuild:UpdateProject',
    'codebuild:StartBuild',
  ),
  passing(
    'CodePipeline',
    'codepipeline.amazonaws.com',
    'codepipeline-create',
    'codepipeline:CreatePipeline',
  ),
  passing(
    'CodePipeline',
    'codepipeline.amazonaws.com',
    'codepipeline-update',
    'codepipeline:UpdatePipeline',
    'codepipeline:StartPipelineExecution',
  ),
  passing(
    'CloudFormation',
    'cloudformation.amazonaws.com',
    'cloudformation-create',
    'cloudformation:CreateStack',
  ),
  passing(
    'CloudFormation',
    'cloudformation.amazonaws.com',
    'cloudformation-update',
    'cloudformation:UpdateStack',
  ),
  passing(
    'CloudFormation',
    'cloudformation.amazonaws.com',
    'cloudformation-changeset',
    'cloudformation:CreateChangeSet',
    'cloudformation:ExecuteChangeSet',
  ),
  passing(
    'CloudFormation',
    'cloudformation.amazonaws.com',
    'cloudformation-stackset',
    'cloudformation:CreateStackSet',
    'cloudformation:CreateStackInstances',
  ),
  passing(
    'Glue',
    'glue.amazonaws.com',
    'glue-endpoint',
    'glue:CreateDevEndpoint',
  ),
  passing(
    'Glue',
    'glue.amazonaws.com',
    'glue-job',
    'glue:CreateJob',
    'glue:StartJobRun',
  ),
  passing(
    'Glue',
    'glue.amazonaws.com',
    'glue-update-job',
    'glue:UpdateJob',
    'glue:StartJobRun',
  ),
  passing(
    'Glue',
    'glue.amazonaws.com',
    'glue-job-trigger',
    'glue:CreateJob',
    'glue:CreateTrigger',
  ),
  passing(
    'Glue',
    'glue.amazonaws.com',
    'glue-session',
    'glue:CreateSession',
    'glue:RunStatement',
  ),
  passing(
    'SageMaker',
    'sagemaker.amazonaws.com',
    'sagemaker-notebook',
    'sagemaker:CreateNotebookInstance',
    'sagemaker:CreatePresignedNotebookInstanceUrl',
  ),
  passing(
    'SageMaker',
    'sagemaker.amazonaws.com',
    'sagemaker-training',
    'sagemaker:CreateTrainingJob',
  ),
  passing(
    'SageMaker',
    'sagemaker.amazonaws.com',
    'sagemaker-processing',
    'sagemaker:CreateProcessingJob',
  ),
  passing(
    'Step Functions',
    'states.amazonaws.com',
    'states-create',
    'states:CreateStateMachine',
    'states:StartExecution',
  ),
  passing(
    'Step Functions',
    'states.amazonaws.com',
    'states-update',
    'states:UpdateStateMachine',
    'states:StartExecution',
  ),
  passing(
    'Data Pipeline',
    'datapipeline.amazonaws.com',
    'datapipeline',
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
    'datapipeline:ActivatePipeline',
  ),
  passing('EMR', 'ec2.amazonaws.com', 'emr-run', 'elasticmapreduce:RunJobFlow'),
  passing(
    'Systems Manager',
    'ssm.amazonaws.com',
    'ssm-automation',
    'ssm:StartAutomationExecution',
  ),
  passing(
    'EventBridge Scheduler',
    'scheduler.amazonaws.com',
    'scheduler-create',
    'scheduler:CreateSchedule',
  ),
  passing(
    'Image Builder',
    'ec2.amazonaws.com',
    'imagebuilder',
    'imagebuilder:CreateInfrastructureConfiguration',
    'imagebuilder:CreateImage',
  ),
];
