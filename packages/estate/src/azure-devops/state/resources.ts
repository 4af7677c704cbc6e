import { z } from 'zod';
import { protectedResource, taskStep, timestamp, variables } from './common';

/** A service connection. Parameters that hold a secret are never sent, whatever is declared. */
export const serviceConnection = z.strictObject({
  ...protectedResource,
  name: z.string(),
  id: z.string().optional(),
  type: z.string(),
  url: z.string().default('https://management.azure.com/'),
  scheme: z.string(),
  parameters: z.record(z.string(), z.string()).default({}),
  data: z.record(z.string(), z.string()).default({}),
  description: z.string().default(''),
  isDisabled: z.boolean().default(false),
  isShared: z.boolean().default(false),
  /** Names of the other projects that may use it. */
  sharedWith: z.array(z.string()).default([]),
  owner: z.string().default('library'),
  creationDate: timestamp.optional(),
  modificationDate: timestamp.optional(),
  /** When a pipeline used it last; without it, never. */
  lastUsed: timestamp.optional(),
});

/** A deployment target with its own approvals and checks. */
export const environment = z.strictObject({
  ...protectedResource,
  id: z.number().int(),
  name: z.string(),
});

/** A variable group of the Library. */
export const variableGroup = z.strictObject({
  ...protectedResource,
  id: z.number().int(),
  name: z.string(),
  variables,
  /** Set for a group that reads its values from a key vault. */
  keyVault: z
    .strictObject({ serviceConnection: z.string(), vault: z.string() })
    .optional(),
});

/** A secure file of the Library; only its name can be read. */
export const secureFile = z.strictObject({
  ...protectedResource,
  name: z.string(),
  id: z.string().optional(),
});

/** A project's view of an agent pool. */
export const agentQueue = z.strictObject({
  ...protectedResource,
  id: z.number().int(),
  name: z.string(),
  /** Name of a pool of the organisation. */
  pool: z.string(),
});

/** A list of tasks that classic pipelines share. */
export const taskGroup = z.strictObject({
  id: z.string(),
  name: z.string(),
  tasks: z.array(taskStep).default([]),
});

/** Azure Repos policies by the name people know them by. */
export const POLICY_TYPES = {
  'minimum-reviewers': 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd',
  'required-reviewers': 'fd2167ab-b0be-447a-8ec8-39368250530e',
  build: '0609b952-1397-4640-95ec-e00a01b2c241',
  status: 'cbdc66da-9728-4af8-aada-9a5a32e4a226',
  comments: 'c6a1889d-b943-4856-b76f-9e46bb6b0df2',
  'work-items': '40e92b44-2fe1-4dd6-b3d8-74a9c21d0c6e',
  'merge-strategy': 'fa4e907d-c16b-4a4c-9dfa-4916e5d171ab',
  'credential-scan': 'e67ae10f-cf9a-40bc-8e66-6b3a8216956e',
  'file-size': '2e26e725-8201-4edd-8bf5-978563c34a80',
} as const;

/** A policy of one repository or of every repository of the project. */
export const policy = z.strictObject({
  kind: z.enum(
    Object.keys(POLICY_TYPES) as [
      keyof typeof POLICY_TYPES,
      ...Array<keyof typeof POLICY_TYPES>,
    ],
  ),
  /** Without it, every repository of the project. */
  repository: z.string().optional(),
  /** Without it (and with match DefaultBranch), the default branch. */
  refName: z.string().optional(),
  match: z.enum(['Exact', 'Prefix', 'DefaultBranch']).default('Exact'),
  enabled: z.boolean().default(true),
  blocking: z.boolean().default(true),
  settings: z.record(z.string(), z.json()).default({}),
});

export type ServiceConnection = z.infer<typeof serviceConnection>;
export type Environment = z.infer<typeof environment>;
export type VariableGroup = z.infer<typeof variableGroup>;
export type SecureFile = z.infer<typeof secureFile>;
export type AgentQueue = z.infer<typeof agentQueue>;
export type TaskGroup = z.infer<typeof taskGroup>;
export type Policy = z.infer<typeof policy>;
