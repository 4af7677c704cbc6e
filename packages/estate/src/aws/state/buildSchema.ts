import { z } from 'zod';
import { moment } from './pipelineSchema';

const sourceAuth = z.strictObject({
  type: z.enum(['OAUTH', 'CODECONNECTIONS', 'SECRETS_MANAGER']),
  resource: z.string().optional(),
});

const source = z.strictObject({
  type: z.string(),
  location: z.string().optional(),
  buildspec: z.string().optional(),
  auth: sourceAuth.optional(),
  sourceIdentifier: z.string().optional(),
});

const environmentVariable = z.strictObject({
  name: z.string(),
  value: z.string(),
  type: z.enum(['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER']).optional(),
});

const logStatus = z.enum(['ENABLED', 'DISABLED']);

/** A CodeBuild project, as `aws codebuild batch-get-projects` prints it. */
export const projectSchema = z.strictObject({
  name: z.string(),
  description: z.string().optional(),
  source: source.default({ type: 'CODEPIPELINE' }),
  secondarySources: z.array(source).optional(),
  artifacts: z
    .strictObject({ type: z.string() })
    .default({ type: 'CODEPIPELINE' }),
  environment: z.strictObject({
    type: z.string().default('LINUX_CONTAINER'),
    image: z.string().default('aws/codebuild/amazonlinux-x86_64-standard:5.0'),
    computeType: z.string().default('BUILD_GENERAL1_SMALL'),
    environmentVariables: z.array(environmentVariable).default([]),
    privilegedMode: z.boolean().default(false),
    imagePullCredentialsType: z.string().default('CODEBUILD'),
  }),
  serviceRole: z.string(),
  encryptionKey: z.string().optional(),
  tags: z
    .array(z.strictObject({ key: z.string(), value: z.string() }))
    .optional(),
  created: moment.default(new Date('2025-01-15T09:00:00Z')),
  lastModified: moment.default(new Date('2026-06-01T09:00:00Z')),
  webhook: z
    .strictObject({
      url: z.string(),
      buildType: z.string().optional(),
      filterGroups: z
        .array(
          z.array(
            z.strictObject({
              type: z.string(),
              pattern: z.string(),
              excludeMatchedPattern: z.boolean().optional(),
            }),
          ),
        )
        .optional(),
      pullRequestBuildPolicy: z
        .strictObject({
          requiresCommentApproval: z.string(),
          approverRoles: z.array(z.string()).optional(),
        })
        .optional(),
    })
    .optional(),
  vpcConfig: z
    .strictObject({
      vpcId: z.string(),
      subnets: z.array(z.string()),
      securityGroupIds: z.array(z.string()),
    })
    .optional(),
  logsConfig: z
    .strictObject({
      cloudWatchLogs: z
        .strictObject({ status: logStatus, groupName: z.string().optional() })
        .optional(),
      s3Logs: z
        .strictObject({ status: logStatus, location: z.string().optional() })
        .optional(),
    })
    .optional(),
  buildBatchConfig: z
    .strictObject({ serviceRole: z.string().optional() })
    .optional(),
  projectVisibility: z.enum(['PRIVATE', 'PUBLIC_READ']).default('PRIVATE'),
});

/** @see projectSchema */
export type ProjectState = z.infer<typeof projectSchema>;

/** A source credential of CodeBuild, as `list-source-credentials` prints it. */
export const sourceCredentialSchema = z.strictObject({
  arn: z.string(),
  serverType: z.string(),
  authType: z.string(),
  resource: z.string().optional(),
});
