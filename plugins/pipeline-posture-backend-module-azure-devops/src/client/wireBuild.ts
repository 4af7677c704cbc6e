import { z } from 'zod';
import { classicStep, flag, nothing, text, variables } from './wireBasics';

export const generalSettings = z.object({
  auditEnforceSettableVar: flag,
  buildsEnabledForForks: flag,
  disableClassicBuildPipelineCreation: flag,
  disableClassicPipelineCreation: flag,
  disableClassicReleasePipelineCreation: flag,
  disableImpliedYAMLCiTrigger: flag,
  enableShellTasksArgsSanitizing: flag,
  enableShellTasksArgsSanitizingAudit: flag,
  enforceJobAuthScope: flag,
  enforceJobAuthScopeForForks: flag,
  enforceJobAuthScopeForReleases: flag,
  enforceNoAccessToSecretsFromForks: flag,
  enforceReferencedRepoScopedToken: flag,
  enforceSettableVar: flag,
  forkProtectionEnabled: flag,
  isCommentRequiredForPullRequest: flag,
  requireCommentsForNonTeamMemberAndNonContributors: flag,
  publishPipelineMetadata: flag,
});

const trigger = z.object({
  triggerType: nothing(text),
  branchFilters: nothing(z.array(text)),
  settingsSourceType: nothing(z.number()),
  forks: nothing(
    z.object({ enabled: flag, allowSecrets: flag, allowFullAccessToken: flag }),
  ),
  isCommentRequiredForPullRequest: flag,
  requireCommentsForNonTeamMemberAndNonContributors: flag,
  forkCommentOption: nothing(text),
  forkIsCommentRequiredForPullRequest: flag,
  pipelineTriggerSettings: nothing(
    z.object({
      forkProtectionEnabled: flag,
      buildsEnabledForForks: flag,
      enforceJobAuthScopeForForks: flag,
      enforceNoAccessToSecretsFromForks: flag,
      isCommentRequiredForPullRequest: flag,
      requireCommentsForNonTeamMemberAndNonContributors: flag,
    }),
  ),
});

const queueRef = z.object({
  id: nothing(z.number()),
  name: nothing(text),
  pool: nothing(
    z.object({ id: nothing(z.number()), name: nothing(text), isHosted: flag }),
  ),
});

const build = z.object({
  finishTime: nothing(text),
  sourceVersion: nothing(text),
  sourceBranch: nothing(text),
});

export const definition = z.object({
  id: z.number().int(),
  name: text,
  path: nothing(text),
  revision: z.number().int(),
  quality: nothing(text),
  queueStatus: nothing(text),
  jobAuthorizationScope: nothing(text),
  _links: nothing(
    z.object({ web: nothing(z.object({ href: nothing(text) })) }),
  ),
  process: nothing(
    z.object({
      type: nothing(z.number()),
      yamlFilename: nothing(text),
      phases: nothing(
        z.array(
          z.object({
            name: nothing(text),
            refName: nothing(text),
            condition: nothing(text),
            jobAuthorizationScope: nothing(text),
            steps: nothing(z.array(classicStep)),
            target: nothing(
              z.object({
                allowScriptsAuthAccessOption: flag,
                queue: nothing(queueRef),
              }),
            ),
          }),
        ),
      ),
    }),
  ),
  repository: nothing(
    z.object({
      id: nothing(text),
      name: nothing(text),
      type: nothing(text),
      url: nothing(text),
      defaultBranch: nothing(text),
      properties: nothing(z.record(text, nothing(text))),
    }),
  ),
  triggers: nothing(z.array(trigger)),
  variables,
  variableGroups: nothing(
    z.array(z.object({ id: z.number(), name: nothing(text) })),
  ),
  queue: nothing(queueRef),
  latestBuild: nothing(build),
  latestCompletedBuild: nothing(build),
});

export const previewRun = z.object({ finalYaml: text });

export type GeneralSettings = z.output<typeof generalSettings>;

export type Definition = z.output<typeof definition>;
