import { z } from 'zod';
import { projectSchema, sourceCredentialSchema } from './buildSchema';
import { moment, pipelineSchema, webhookSchema } from './pipelineSchema';

const document = z.union([z.string(), z.record(z.string(), z.unknown())]);

const repository = z.strictObject({
  name: z.string(),
  defaultBranch: z.string().default('main'),
  /** Names of associated approval rule templates. */
  approvalRuleTemplates: z.array(z.string()).default([]),
  /** Text files on the default branch, by path. */
  files: z.record(z.string(), z.string()).default({}),
});

const approvalRuleTemplate = z.strictObject({
  name: z.string(),
  /** The JSON text of the template, as CodeCommit keeps it. */
  content: z.string(),
  created: moment.default(new Date('2025-01-15T09:00:00Z')),
});

const eventRule = z.strictObject({
  name: z.string(),
  state: z.string().default('ENABLED'),
  /** An event pattern: readable YAML, or text that is served as it stands. */
  pattern: document.optional(),
  schedule: z.string().optional(),
  bus: z.string().default('default'),
  targets: z
    .array(z.strictObject({ id: z.string(), arn: z.string() }))
    .default([]),
});

const notificationRule = z.strictObject({
  id: z.string(),
  name: z.string(),
  resource: z.string(),
  status: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  eventTypes: z.array(z.string()),
  targets: z
    .array(
      z.strictObject({
        type: z.string().default('SNS'),
        address: z.string(),
        status: z.string().default('ACTIVE'),
      }),
    )
    .default([]),
});

const topic = z.strictObject({
  name: z.string(),
  confirmed: z.number().int().default(0),
  pending: z.number().int().default(0),
});

const key = z.strictObject({
  id: z.string(),
  alias: z.string().optional(),
  manager: z.enum(['AWS', 'CUSTOMER']).default('CUSTOMER'),
  enabled: z.boolean().default(true),
  rotation: z.boolean().default(true),
});

const bucket = z.strictObject({
  name: z.string(),
  versioning: z.enum(['Enabled', 'Suspended']).optional(),
  encryptionKey: z.string().optional(),
  publicAccessBlock: z.boolean().optional(),
  isPublic: z.boolean().default(false),
  policy: document.optional(),
});

const trail = z.strictObject({
  name: z.string(),
  multiRegion: z.boolean().default(true),
  logging: z.boolean().default(true),
  validation: z.boolean().default(true),
  organization: z.boolean().default(false),
  /** Management events: their read/write type, or `none`. */
  management: z.enum(['All', 'WriteOnly', 'ReadOnly', 'none']).default('All'),
});

const analyzer = z.strictObject({
  name: z.string(),
  type: z.enum([
    'ACCOUNT',
    'ORGANIZATION',
    'ACCOUNT_UNUSED_ACCESS',
    'ORGANIZATION_UNUSED_ACCESS',
  ]),
  status: z.string().default('ACTIVE'),
  findings: z
    .array(
      z.strictObject({
        id: z.string(),
        resource: z.string(),
        findingType: z.string().default('UnusedPermission'),
        status: z.string().default('ACTIVE'),
        /** Unused actions by service namespace. */
        unused: z.record(z.string(), z.array(z.string())).default({}),
        analyzedAt: moment.default(new Date('2026-06-01T03:00:00Z')),
      }),
    )
    .default([]),
});

const connection = z.strictObject({
  arn: z.string(),
  name: z.string(),
  providerType: z.string(),
  status: z.string().default('AVAILABLE'),
  hostArn: z.string().optional(),
});

const deploymentGroup = z.strictObject({
  application: z.string(),
  name: z.string(),
  serviceRoleArn: z.string(),
});

/** Everything of an account that belongs to one region. */
export const regionSchema = z.strictObject({
  pipelines: z.array(pipelineSchema).default([]),
  webhooks: z.array(webhookSchema).default([]),
  projects: z.array(projectSchema).default([]),
  sourceCredentials: z.array(sourceCredentialSchema).default([]),
  repositories: z.array(repository).default([]),
  approvalRuleTemplates: z.array(approvalRuleTemplate).default([]),
  eventRules: z.array(eventRule).default([]),
  notificationRules: z.array(notificationRule).default([]),
  topics: z.array(topic).default([]),
  keys: z.array(key).default([]),
  buckets: z.array(bucket).default([]),
  trails: z.array(trail).default([]),
  analyzers: z.array(analyzer).default([]),
  connections: z.array(connection).default([]),
  hosts: z
    .array(
      z.strictObject({
        arn: z.string(),
        providerEndpoint: z.string(),
        providerType: z.string(),
      }),
    )
    .default([]),
  deploymentGroups: z.array(deploymentGroup).default([]),
  functions: z
    .array(z.strictObject({ name: z.string(), role: z.string() }))
    .default([]),
  stateMachines: z
    .array(z.strictObject({ name: z.string(), roleArn: z.string() }))
    .default([]),
  images: z
    .array(
      z.strictObject({
        repository: z.string(),
        tagMutability: z.enum(['MUTABLE', 'IMMUTABLE']),
      }),
    )
    .default([]),
});

/** @see regionSchema */
export type RegionState = z.infer<typeof regionSchema>;
