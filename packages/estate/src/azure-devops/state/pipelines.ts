import { z } from 'zod';
import { taskStep, timestamp, variables } from './common';

const forkSettings = z.strictObject({
  enabled: z.boolean(),
  allowSecrets: z.boolean().default(false),
  allowFullAccessToken: z.boolean().default(false),
});

const trigger = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('continuousIntegration'),
    branchFilters: z.array(z.string()).default([]),
    pathFilters: z.array(z.string()).default([]),
    /** 1: in the definition, 2: in the YAML file. */
    settingsSourceType: z.union([z.literal(1), z.literal(2)]).default(1),
  }),
  z.strictObject({
    kind: z.literal('pullRequest'),
    branchFilters: z.array(z.string()).default([]),
    settingsSourceType: z.union([z.literal(1), z.literal(2)]).default(1),
    forks: forkSettings.optional(),
    isCommentRequiredForPullRequest: z.boolean().default(false),
  }),
]);

const pipelineBasics = {
  id: z.number().int(),
  name: z.string(),
  folder: z.string().default('\\'),
  revision: z.number().int().default(1),
  /** Name of a repository of the project, or the full name for other hosts. */
  repository: z.string(),
  repositoryType: z
    .enum(['TfsGit', 'GitHub', 'GitHubEnterprise', 'Bitbucket', 'Git'])
    .default('TfsGit'),
  defaultBranch: z.string().default('refs/heads/main'),
  /** Name of the connection that fetches a repository on another host; without it, the first that can. */
  sourceConnection: z.string().optional(),
  queue: z.string().default('Azure Pipelines'),
  queueStatus: z.enum(['enabled', 'paused', 'disabled']).default('enabled'),
  quality: z.enum(['definition', 'draft']).default('definition'),
  jobAuthorizationScope: z
    .enum(['projectCollection', 'project'])
    .default('projectCollection'),
  triggers: z.array(trigger).default([]),
  variables,
  /** Ids of variable groups that are linked in the definition. */
  variableGroups: z.array(z.number().int()).default([]),
  /** When the last run finished; without it, it has never run. */
  lastRun: timestamp.optional(),
};

/** A YAML pipeline or a classic build pipeline. */
export const pipeline = z.discriminatedUnion('kind', [
  z.strictObject({
    ...pipelineBasics,
    kind: z.literal('yaml'),
    yamlFilename: z.string().default('/azure-pipelines.yml'),
    /** What the service expands the pipeline to, when asked for a preview. */
    finalYaml: z.string().optional(),
  }),
  z.strictObject({
    ...pipelineBasics,
    kind: z.literal('classic'),
    phases: z.array(
      z.strictObject({
        name: z.string(),
        allowScriptsAuthAccessOption: z.boolean().default(false),
        jobAuthorizationScope: z
          .enum(['projectCollection', 'project'])
          .optional(),
        steps: z.array(taskStep),
      }),
    ),
  }),
]);

const approvals = z
  .strictObject({
    approvers: z.array(z.string()).default([]),
    /** Left out: the service sends null, and its defaults hold. */
    options: z
      .strictObject({
        requiredApproverCount: z.number().int().default(0),
        releaseCreatorCanBeApprover: z.boolean(),
        autoTriggeredAndPreviousEnvironmentApprovedCanBeSkipped: z
          .boolean()
          .default(false),
        enforceIdentityRevalidation: z.boolean().default(false),
      })
      .optional(),
  })
  .prefault({});

/** A classic release pipeline. */
export const release = z.strictObject({
  id: z.number().int(),
  name: z.string(),
  folder: z.string().default('\\'),
  revision: z.number().int().default(1),
  isDisabled: z.boolean().default(false),
  modifiedOn: timestamp.default('2026-01-15T09:00:00Z'),
  /** When the newest release was created; without it, there is none. */
  lastRelease: timestamp.optional(),
  variables,
  variableGroups: z.array(z.number().int()).default([]),
  artifacts: z
    .array(
      z.strictObject({
        alias: z.string(),
        type: z.enum(['Build', 'Git', 'GitHub']).default('Build'),
        /** Pipeline id for a build, repository name for a Git artifact. */
        source: z.string(),
        continuousDeployment: z.boolean().default(false),
        branchFilters: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  stages: z.array(
    z.strictObject({
      name: z.string(),
      preApprovals: approvals,
      postApprovals: approvals,
      gates: z.boolean().default(false),
      /** Names of stages that come first; empty: after the release is created. */
      after: z.array(z.string()).default([]),
      /** Branches that an artifact must come from. */
      artifactBranches: z.array(z.string()).default([]),
      variables,
      variableGroups: z.array(z.number().int()).default([]),
      queue: z.string().default('Azure Pipelines'),
      enableAccessToken: z.boolean().default(false),
      tasks: z.array(taskStep),
    }),
  ),
});

export type Pipeline = z.infer<typeof pipeline>;
export type ClassicPipeline = Extract<Pipeline, { kind: 'classic' }>;
export type Release = z.infer<typeof release>;
