import { z } from 'zod';

/** A moment, written in ISO 8601 in the files. */
export const moment = z.preprocess(
  value => (typeof value === 'string' ? new Date(value) : value),
  z.date(),
);

const settings = z.record(z.string(), z.string());
const names = z.array(z.string());

const environmentVariable = z.strictObject({
  name: z.string(),
  value: z.string(),
  type: z.enum(['PLAINTEXT', 'SECRETS_MANAGER']).optional(),
});

const action = z.strictObject({
  name: z.string(),
  actionTypeId: z.strictObject({
    category: z.string(),
    owner: z.string(),
    provider: z.string(),
    version: z.string(),
  }),
  runOrder: z.number().int().optional(),
  configuration: settings.optional(),
  commands: names.optional(),
  inputArtifacts: z.array(z.strictObject({ name: z.string() })).optional(),
  outputArtifacts: z
    .array(z.strictObject({ name: z.string(), files: names.optional() }))
    .optional(),
  outputVariables: names.optional(),
  roleArn: z.string().optional(),
  region: z.string().optional(),
  namespace: z.string().optional(),
  timeoutInMinutes: z.number().int().optional(),
  environmentVariables: z.array(environmentVariable).optional(),
});

const rule = z.strictObject({
  name: z.string(),
  ruleTypeId: z.strictObject({
    category: z.string(),
    owner: z.string().optional(),
    provider: z.string(),
    version: z.string().optional(),
  }),
  configuration: settings.optional(),
  commands: names.optional(),
  inputArtifacts: z.array(z.strictObject({ name: z.string() })).optional(),
  roleArn: z.string().optional(),
  region: z.string().optional(),
  timeoutInMinutes: z.number().int().optional(),
});

const condition = z.strictObject({
  result: z.enum(['ROLLBACK', 'FAIL', 'RETRY', 'SKIP']).optional(),
  rules: z.array(rule).optional(),
});

const stage = z.strictObject({
  name: z.string(),
  blockers: z
    .array(z.strictObject({ name: z.string(), type: z.string() }))
    .optional(),
  actions: z.array(action),
  beforeEntry: z.strictObject({ conditions: z.array(condition) }).optional(),
  onSuccess: z.strictObject({ conditions: z.array(condition) }).optional(),
  onFailure: z
    .strictObject({
      result: z.enum(['ROLLBACK', 'FAIL', 'RETRY', 'SKIP']).optional(),
      retryConfiguration: z.strictObject({ retryMode: z.string() }).optional(),
      conditions: z.array(condition).optional(),
    })
    .optional(),
});

const patterns = z.strictObject({
  includes: names.optional(),
  excludes: names.optional(),
});

const artifactStore = z.strictObject({
  type: z.literal('S3'),
  location: z.string(),
  encryptionKey: z
    .strictObject({ id: z.string(), type: z.literal('KMS') })
    .optional(),
});

const trigger = z.strictObject({
  providerType: z.string(),
  gitConfiguration: z.strictObject({
    sourceActionName: z.string(),
    push: z
      .array(
        z.strictObject({
          tags: patterns.optional(),
          branches: patterns.optional(),
          filePaths: patterns.optional(),
        }),
      )
      .optional(),
    pullRequest: z
      .array(
        z.strictObject({
          events: names.optional(),
          branches: patterns.optional(),
          filePaths: patterns.optional(),
        }),
      )
      .optional(),
  }),
});

/** The `pipeline` structure as `aws codepipeline get-pipeline` prints it. */
export const pipelineStructure = z.strictObject({
  name: z.string(),
  roleArn: z.string(),
  artifactStore: artifactStore.optional(),
  artifactStores: z.record(z.string(), artifactStore).optional(),
  stages: z.array(stage),
  version: z.number().int().default(1),
  executionMode: z.enum(['QUEUED', 'SUPERSEDED', 'PARALLEL']).optional(),
  pipelineType: z.enum(['V1', 'V2']).default('V2'),
  variables: z
    .array(
      z.strictObject({
        name: z.string(),
        defaultValue: z.string().optional(),
        description: z.string().optional(),
      }),
    )
    .optional(),
  triggers: z.array(trigger).optional(),
});

const execution = z.strictObject({
  pipelineExecutionId: z.string(),
  status: z.string().default('Succeeded'),
  startTime: moment,
  lastUpdateTime: moment.optional(),
  trigger: z
    .strictObject({
      triggerType: z.string(),
      triggerDetail: z.string().optional(),
    })
    .optional(),
});

/** What `list-action-executions` says of one run of an action. */
const actionExecution = z.strictObject({
  pipelineExecutionId: z.string(),
  stageName: z.string(),
  actionName: z.string(),
  status: z.string().default('Succeeded'),
  startTime: moment,
  updatedBy: z.string().optional(),
});

/** A pipeline with what else CodePipeline keeps about it. */
export const pipelineSchema = z.strictObject({
  pipeline: pipelineStructure,
  created: moment.default(new Date('2025-01-15T09:00:00Z')),
  updated: moment.default(new Date('2026-06-01T09:00:00Z')),
  pollingDisabledAt: moment.optional(),
  tags: z.record(z.string(), z.string()).default({}),
  executions: z.array(execution).default([]),
  actionExecutions: z.array(actionExecution).default([]),
  /** Stages whose inbound transition a person has disabled, with the reason. */
  disabledTransitions: z.record(z.string(), z.string()).default({}),
});

/** @see pipelineSchema */
export type PipelineState = z.infer<typeof pipelineSchema>;

/** A CodePipeline webhook, as `aws codepipeline list-webhooks` prints it. */
export const webhookSchema = z.strictObject({
  definition: z.strictObject({
    name: z.string(),
    targetPipeline: z.string(),
    targetAction: z.string(),
    filters: z.array(
      z.strictObject({
        jsonPath: z.string(),
        matchEquals: z.string().optional(),
      }),
    ),
    authentication: z.enum(['GITHUB_HMAC', 'IP', 'UNAUTHENTICATED']),
    authenticationConfiguration: z
      .strictObject({
        AllowedIPRange: z.string().optional(),
        SecretToken: z.string().optional(),
      })
      .default({}),
  }),
  url: z.string(),
  arn: z.string().optional(),
  lastTriggered: moment.optional(),
});
