import { z } from 'zod';

/*
 * What the collector reads of each answer. Everything else is ignored; what
 * Azure DevOps may leave out is optional, and it writes null for nothing.
 */

const text = z.string();
const nothing = <T extends z.ZodType>(type: T) =>
  type.nullish().transform(value => value ?? undefined);
const flag = nothing(z.boolean());

export const identityRef = z.object({
  displayName: nothing(text),
  id: nothing(text),
  uniqueName: nothing(text),
  descriptor: nothing(text),
  isContainer: flag,
});

export const project = z.object({
  id: text,
  name: text,
  visibility: nothing(text),
  state: nothing(text),
});

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
  publishPipelineMetadata: flag,
});

export const variable = z.object({
  value: nothing(text),
  isSecret: flag,
  allowOverride: flag,
});
const variables = nothing(z.record(text, variable));

const taskReference = z.object({
  id: text,
  versionSpec: nothing(text),
  definitionType: nothing(text),
});
export const classicStep = z.object({
  displayName: nothing(text),
  enabled: flag,
  continueOnError: flag,
  condition: nothing(text),
  task: taskReference,
  inputs: nothing(z.record(text, nothing(text))),
  environment: nothing(z.record(text, nothing(text))),
});

const trigger = z.object({
  triggerType: nothing(text),
  branchFilters: nothing(z.array(text)),
  settingsSourceType: nothing(z.number()),
  forks: nothing(
    z.object({ enabled: flag, allowSecrets: flag, allowFullAccessToken: flag }),
  ),
  isCommentRequiredForPullRequest: flag,
  forkCommentOption: nothing(text),
  forkIsCommentRequiredForPullRequest: flag,
  pipelineTriggerSettings: nothing(
    z.object({
      forkProtectionEnabled: flag,
      buildsEnabledForForks: flag,
      enforceJobAuthScopeForForks: flag,
      enforceNoAccessToSecretsFromForks: flag,
      isCommentRequiredForPullRequest: flag,
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

export const releaseReference = z.object({
  id: z.number().int(),
  name: text,
  path: nothing(text),
  revision: nothing(z.number()),
  modifiedOn: nothing(text),
  isDisabled: flag,
  isDeleted: flag,
  _links: nothing(
    z.object({ web: nothing(z.object({ href: nothing(text) })) }),
  ),
});

const approvals = nothing(
  z.object({
    approvals: nothing(
      z.array(z.object({ isAutomated: flag, approver: nothing(identityRef) })),
    ),
    approvalOptions: nothing(
      z.object({
        requiredApproverCount: nothing(z.number()),
        releaseCreatorCanBeApprover: flag,
        autoTriggeredAndPreviousEnvironmentApprovedCanBeSkipped: flag,
        enforceIdentityRevalidation: flag,
      }),
    ),
  }),
);

export const release = z.object({
  ...releaseReference.shape,
  variables,
  variableGroups: nothing(z.array(z.number())),
  artifacts: nothing(
    z.array(
      z.object({
        alias: nothing(text),
        type: nothing(text),
        definitionReference: nothing(
          z.record(
            text,
            nothing(z.object({ id: nothing(text), name: nothing(text) })),
          ),
        ),
      }),
    ),
  ),
  triggers: nothing(
    z.array(
      z.object({
        triggerType: nothing(text),
        artifactAlias: nothing(text),
        triggerConditions: nothing(
          z.array(z.object({ sourceBranch: nothing(text) })),
        ),
      }),
    ),
  ),
  environments: nothing(
    z.array(
      z.object({
        id: z.number(),
        name: text,
        rank: nothing(z.number()),
        variables,
        variableGroups: nothing(z.array(z.number())),
        preDeployApprovals: approvals,
        preDeploymentGates: nothing(
          z.object({ gatesOptions: nothing(z.object({ isEnabled: flag })) }),
        ),
        conditions: nothing(
          z.array(
            z.object({
              name: nothing(text),
              conditionType: nothing(z.union([text, z.number()])),
              value: nothing(text),
            }),
          ),
        ),
        deployPhases: nothing(
          z.array(
            z.object({
              name: nothing(text),
              deploymentInput: nothing(
                z.object({
                  queueId: nothing(z.number()),
                  enableAccessToken: flag,
                }),
              ),
              workflowTasks: nothing(
                z.array(
                  z.object({
                    taskId: text,
                    name: nothing(text),
                    enabled: flag,
                    continueOnError: flag,
                    condition: nothing(text),
                    definitionType: nothing(text),
                    inputs: nothing(z.record(text, nothing(text))),
                    environment: nothing(z.record(text, nothing(text))),
                  }),
                ),
              ),
            }),
          ),
        ),
      }),
    ),
  ),
});

export const repository = z.object({
  id: text,
  name: text,
  defaultBranch: nothing(text),
  size: nothing(z.number()),
  webUrl: nothing(text),
  remoteUrl: nothing(text),
  isDisabled: flag,
  isFork: flag,
});

export const policy = z.object({
  id: z.number(),
  isEnabled: flag,
  isBlocking: flag,
  isDeleted: flag,
  type: z.object({ id: text, displayName: nothing(text) }),
  settings: z.looseObject({
    scope: nothing(
      z.array(
        z.object({
          repositoryId: nothing(text),
          refName: nothing(text),
          matchKind: nothing(text),
        }),
      ),
    ),
    minimumApproverCount: nothing(z.number()),
    creatorVoteCounts: flag,
    resetOnSourcePush: flag,
    requireVoteOnLastIteration: flag,
    requireVoteOnEachIteration: flag,
    blockLastPusherVote: flag,
    requiredReviewerIds: nothing(z.array(text)),
    filenamePatterns: nothing(z.array(text)),
    buildDefinitionId: nothing(z.number()),
    manualQueueOnly: flag,
    displayName: nothing(text),
    statusName: nothing(text),
    statusGenre: nothing(text),
  }),
});

export const serviceConnection = z.object({
  id: text,
  name: text,
  type: text,
  url: nothing(text),
  isShared: flag,
  isDisabled: flag,
  owner: nothing(text),
  creationDate: nothing(text),
  modificationDate: nothing(text),
  data: nothing(z.record(text, nothing(text))),
  authorization: nothing(
    z.object({
      scheme: nothing(text),
      parameters: nothing(z.record(text, nothing(text))),
    }),
  ),
  serviceEndpointProjectReferences: nothing(
    z.array(
      z.object({
        name: nothing(text),
        projectReference: nothing(
          z.object({ id: nothing(text), name: nothing(text) }),
        ),
      }),
    ),
  ),
});

export const environment = z.object({ id: z.number().int(), name: text });

export const variableGroup = z.object({
  id: z.number().int(),
  name: text,
  type: nothing(text),
  variables,
  providerData: nothing(
    z.looseObject({ serviceEndpointId: nothing(text), vault: nothing(text) }),
  ),
});

export const secureFile = z.object({ id: text, name: text });

export const queue = z.object({
  id: z.number().int(),
  name: text,
  pool: nothing(
    z.object({ id: z.number(), name: nothing(text), isHosted: flag }),
  ),
});

export const pool = z.object({
  id: z.number().int(),
  name: text,
  isHosted: flag,
  autoProvision: flag,
});

export const taskGroup = z.object({
  id: text,
  name: text,
  tasks: nothing(z.array(classicStep)),
});

export const pipelinePermissions = z.object({
  allPipelines: nothing(z.object({ authorized: flag })),
  pipelines: nothing(z.array(z.object({ id: z.number(), authorized: flag }))),
});

export const checkConfiguration = z.object({
  id: z.number(),
  type: z.object({ id: text, name: nothing(text) }),
  resource: z.object({ type: text, id: text }),
  isDisabled: flag,
  issue: nothing(z.object({ type: nothing(text) })),
  settings: nothing(
    z.looseObject({
      approvers: nothing(z.array(identityRef)),
      requesterCannotBeApprover: flag,
      minRequiredApprovers: nothing(z.number()),
      displayName: nothing(text),
      definitionRef: nothing(
        z.object({ id: nothing(text), name: nothing(text) }),
      ),
      inputs: nothing(z.record(text, z.unknown())),
      extendsChecks: nothing(
        z.array(
          z.object({
            repositoryType: nothing(text),
            repositoryName: nothing(text),
            repositoryRef: nothing(text),
            templatePath: nothing(text),
          }),
        ),
      ),
    }),
  ),
});

export const securityNamespace = z.object({
  namespaceId: text,
  name: text,
  actions: z.array(z.object({ bit: z.number(), name: text })),
});

export const accessControlList = z.object({
  token: text,
  acesDictionary: z.record(
    text,
    z.object({
      descriptor: text,
      allow: nothing(z.number()),
      deny: nothing(z.number()),
      extendedInfo: nothing(
        z.object({
          effectiveAllow: nothing(z.number()),
          effectiveDeny: nothing(z.number()),
        }),
      ),
    }),
  ),
});

export const identity = z.object({
  id: nothing(text),
  descriptor: text,
  subjectDescriptor: nothing(text),
  providerDisplayName: nothing(text),
  customDisplayName: nothing(text),
  isContainer: flag,
});

export const roleAssignment = z.object({
  identity: identityRef,
  role: z.object({ name: text }),
  access: nothing(text),
});

export const membership = z.object({ memberDescriptor: text });

/** In the order of the numbers that older versions answer with. */
const STREAM_STATUS = [
  'unknown',
  'enabled',
  'disabledByUser',
  'disabledBySystem',
  'deleted',
  'backfilling',
];

export const auditStream = z.object({
  displayName: nothing(text),
  status: nothing(
    z.union([text, z.number().transform(value => STREAM_STATUS[value])]),
  ),
});

export const hook = z.object({
  eventType: nothing(text),
  status: nothing(text),
  publisherInputs: nothing(z.record(text, nothing(text))),
});

export const previewRun = z.object({ finalYaml: text });

export const item = z.object({
  objectId: nothing(text),
  path: nothing(text),
  gitObjectType: nothing(text),
  isFolder: flag,
  content: nothing(text),
});

export type Project = z.output<typeof project>;
export type GeneralSettings = z.output<typeof generalSettings>;
export type Definition = z.output<typeof definition>;
export type ReleaseReference = z.output<typeof releaseReference>;
export type Release = z.output<typeof release>;
export type Repository = z.output<typeof repository>;
export type Policy = z.output<typeof policy>;
export type ServiceConnection = z.output<typeof serviceConnection>;
export type Environment = z.output<typeof environment>;
export type VariableGroup = z.output<typeof variableGroup>;
export type SecureFile = z.output<typeof secureFile>;
export type Queue = z.output<typeof queue>;
export type Pool = z.output<typeof pool>;
export type TaskGroup = z.output<typeof taskGroup>;
export type ClassicStep = z.output<typeof classicStep>;
export type PipelinePermissions = z.output<typeof pipelinePermissions>;
export type CheckConfiguration = z.output<typeof checkConfiguration>;
export type SecurityNamespace = z.output<typeof securityNamespace>;
export type AccessControlList = z.output<typeof accessControlList>;
export type Identity = z.output<typeof identity>;
export type RoleAssignment = z.output<typeof roleAssignment>;
export type AuditStream = z.output<typeof auditStream>;
export type Hook = z.output<typeof hook>;
export type Variable = z.output<typeof variable>;
