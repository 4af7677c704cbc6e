import { z } from 'zod';
import { pipelineAccess, timestamp } from './common';
import { pipeline, release } from './pipelines';
import {
  agentQueue,
  environment,
  policy,
  secureFile,
  serviceConnection,
  taskGroup,
  variableGroup,
} from './resources';

/** What the organisation's own settings of pipelines are when nothing is declared: those of a new project. */
const generalSettings = z
  .strictObject({
    auditEnforceSettableVar: z.boolean().default(false),
    buildsEnabledForForks: z.boolean().default(false),
    disableClassicBuildPipelineCreation: z.boolean().default(false),
    disableClassicPipelineCreation: z.boolean().default(false),
    disableClassicReleasePipelineCreation: z.boolean().default(false),
    disableImpliedYAMLCiTrigger: z.boolean().default(false),
    enableShellTasksArgsSanitizing: z.boolean().default(false),
    enableShellTasksArgsSanitizingAudit: z.boolean().default(false),
    enforceJobAuthScope: z.boolean().default(true),
    enforceJobAuthScopeForForks: z.boolean().default(true),
    enforceJobAuthScopeForReleases: z.boolean().default(true),
    enforceNoAccessToSecretsFromForks: z.boolean().default(true),
    enforceReferencedRepoScopedToken: z.boolean().default(true),
    enforceSettableVar: z.boolean().default(true),
    forkProtectionEnabled: z.boolean().default(true),
    isCommentRequiredForPullRequest: z.boolean().default(true),
    publishPipelineMetadata: z.boolean().default(false),
    requireCommentsForNonTeamMemberAndNonContributors: z
      .boolean()
      .default(false),
    requireCommentsForNonTeamMembersOnly: z.boolean().default(false),
    statusBadgesArePrivate: z.boolean().default(true),
  })
  .prefault({});

/** An Azure Repos repository. Files are read from the folder of the same name. */
export const repository = z.strictObject({
  name: z.string(),
  id: z.string().optional(),
  defaultBranch: z.string().default('refs/heads/main'),
  isDisabled: z.boolean().default(false),
  isFork: z.boolean().default(false),
  access: pipelineAccess,
  /** Set where Advanced Security is switched on. */
  advancedSecurity: z
    .strictObject({ blockPushes: z.boolean().default(false) })
    .optional(),
  /** Content by path with a leading slash, on the default branch. */
  files: z.record(z.string(), z.string()).default({}),
  /** Content by path on other branches and tags, by full ref name. */
  otherRefs: z.record(z.string(), z.record(z.string(), z.string())).default({}),
});

/** Permissions that were set by hand; the defaults of a new project come before them. */
export const permission = z.strictObject({
  /** Name of a security namespace. */
  namespace: z.enum([
    'Git Repositories',
    'Build',
    'ReleaseManagement',
    'MetaTask',
    'ServiceEndpoints',
    'Environment',
    'Library',
  ]),
  /** What it is set on; nothing: the project. */
  repository: z.string().optional(),
  branch: z.string().optional(),
  pipeline: z.number().int().optional(),
  release: z.number().int().optional(),
  taskGroup: z.string().optional(),
  identity: z.string(),
  /** Names of permission bits, as the security namespace spells them. */
  allow: z.array(z.string()).default([]),
  deny: z.array(z.string()).default([]),
});

/** A service hook. */
export const hook = z.strictObject({
  eventType: z.string(),
  consumerId: z.string().default('webHooks'),
  status: z
    .enum([
      'enabled',
      'onProbation',
      'disabledByUser',
      'disabledBySystem',
      'disabledByInactiveIdentity',
    ])
    .default('enabled'),
  /** Id of the one pipeline that it is for; without it, all. */
  pipeline: z.number().int().optional(),
});

/** A project of the organisation. */
export const project = z.strictObject({
  name: z.string(),
  id: z.string().optional(),
  visibility: z.enum(['private', 'public']).default('private'),
  state: z
    .enum(['wellFormed', 'deleting', 'createPending'])
    .default('wellFormed'),
  settings: generalSettings,
  repositories: z.array(repository).default([]),
  pipelines: z.array(pipeline).default([]),
  releases: z.array(release).default([]),
  serviceConnections: z.array(serviceConnection).default([]),
  environments: z.array(environment).default([]),
  variableGroups: z.array(variableGroup).default([]),
  secureFiles: z.array(secureFile).default([]),
  queues: z.array(agentQueue).default(() => [
    agentQueue.parse({
      id: 1,
      name: 'Azure Pipelines',
      pool: 'Azure Pipelines',
    }),
  ]),
  taskGroups: z.array(taskGroup).default([]),
  policies: z.array(policy).default([]),
  permissions: z.array(permission).default([]),
  hooks: z.array(hook).default([]),
});

const member = z.strictObject({
  name: z.string(),
  kind: z.enum(['user', 'group', 'entra-group', 'service']).default('user'),
});

/** A group of the organisation or of one project. */
export const group = z.strictObject({
  name: z.string(),
  /** Without it, a group of the organisation. */
  project: z.string().optional(),
  members: z.array(member).default([]),
});

/** An operation that a token may not use. */
export const refusal = z.strictObject({
  /** Exact name, or a prefix that ends in `*`. */
  operation: z.string(),
  project: z.string().optional(),
  /**
   * - `permission`: 403, the identity lacks a permission
   * - `scope`: 401, the token lacks a scope
   * - `hidden`: 404, as if it did not exist
   */
  as: z.enum(['permission', 'scope', 'hidden']).default('permission'),
});

/** A credential that the service knows. */
export const token = z.strictObject({
  token: z.string(),
  kind: z.enum(['pat', 'bearer']).default('pat'),
  status: z.enum(['active', 'expired', 'revoked']).default('active'),
  refusals: z.array(refusal).default([]),
});

/** Everything that the local Azure DevOps answers from. */
export const organisation = z.strictObject({
  organisation: z.string(),
  tokens: z.array(token),
  pools: z
    .array(
      z.strictObject({
        id: z.number().int(),
        name: z.string(),
        isHosted: z.boolean().default(false),
        autoProvision: z.boolean().default(false),
      }),
    )
    .default([
      { id: 9, name: 'Azure Pipelines', isHosted: true, autoProvision: true },
    ]),
  groups: z.array(group).default([]),
  auditStreams: z
    .array(
      z.strictObject({
        displayName: z.string(),
        consumerType: z.string().default('AzureMonitorLogs'),
        status: z
          .enum([
            'unknown',
            'enabled',
            'disabledByUser',
            'disabledBySystem',
            'deleted',
            'backfilling',
          ])
          .default('enabled'),
      }),
    )
    .default([]),
  createdOn: timestamp.default('2024-03-01T08:00:00Z'),
  projects: z.array(project).default([]),
});

export type AzureOrganisation = z.infer<typeof organisation>;
export type AzureProject = z.infer<typeof project>;
export type Repository = z.infer<typeof repository>;
export type Permission = z.infer<typeof permission>;
export type Group = z.infer<typeof group>;
export type Hook = z.infer<typeof hook>;
export type Refusal = z.infer<typeof refusal>;
export type Token = z.infer<typeof token>;
