import { z } from 'zod';

/** A date and time as Azure DevOps writes it. */
export const timestamp = z.iso.datetime({ offset: true });

/** Who may use a protected resource (pipeline permissions). */
export const pipelineAccess = z
  .strictObject({
    /** "Open access": every pipeline of the project. */
    allPipelines: z.boolean().default(false),
    /** Ids of the pipelines that were permitted by name. */
    pipelines: z.array(z.number().int()).default([]),
  })
  .prefault({});

/** A role that somebody holds on a resource. */
export const roleHolder = z.strictObject({
  identity: z.string(),
  role: z.enum(['Reader', 'User', 'Creator', 'Administrator']),
  access: z.enum(['assigned', 'inherited']).default('assigned'),
});

const checkBasics = {
  disabled: z.boolean().default(false),
  /** Set when the service reports the check as broken. */
  issue: z.enum(['error', 'warning']).optional(),
};

/** An approval or check on a protected resource. */
export const check = z.discriminatedUnion('kind', [
  z.strictObject({
    ...checkBasics,
    kind: z.literal('approval'),
    approvers: z.array(z.string()),
    minRequiredApprovers: z.number().int().default(0),
    requesterCannotBeApprover: z.boolean().optional(),
  }),
  z.strictObject({
    ...checkBasics,
    kind: z.literal('branch-control'),
    allowedBranches: z.string(),
    ensureProtectionOfBranch: z.boolean().default(true),
    allowUnknownStatusBranch: z.boolean().default(false),
    displayName: z.string().default('Branch control'),
  }),
  z.strictObject({
    ...checkBasics,
    kind: z.literal('required-template'),
    templates: z.array(
      z.strictObject({
        repositoryType: z.enum(['git', 'github', 'bitbucket']).default('git'),
        repositoryName: z.string(),
        repositoryRef: z.string(),
        templatePath: z.string(),
      }),
    ),
  }),
  z.strictObject({ ...checkBasics, kind: z.literal('business-hours') }),
  z.strictObject({ ...checkBasics, kind: z.literal('exclusive-lock') }),
]);

/** What every protected resource may have. */
export const protectedResource = {
  access: pipelineAccess,
  checks: z.array(check).default([]),
  roles: z.array(roleHolder).default([]),
};

/** A variable of a definition, a stage or a group. A secret has no value on the wire. */
export const variable = z.strictObject({
  value: z.string().default(''),
  isSecret: z.boolean().optional(),
  allowOverride: z.boolean().optional(),
});

/** Variables by name; a bare string is the value of an ordinary one. */
export const variables = z
  .record(
    z.string(),
    z.union([z.string().transform(value => ({ value })), variable]),
  )
  .default({});

/** A task in a classic pipeline, a release or a task group. */
export const taskStep = z.strictObject({
  name: z.string(),
  /** GUID of the task or of the task group. */
  taskId: z.string(),
  version: z.string().default('2.*'),
  isTaskGroup: z.boolean().default(false),
  enabled: z.boolean().default(true),
  continueOnError: z.boolean().default(false),
  condition: z.string().default('succeeded()'),
  inputs: z.record(z.string(), z.string()).default({}),
  environment: z.record(z.string(), z.string()).default({}),
});

export type Check = z.infer<typeof check>;
export type RoleHolder = z.infer<typeof roleHolder>;
export type TaskStep = z.infer<typeof taskStep>;
export type Variables = Record<
  string,
  { value: string; isSecret?: boolean; allowOverride?: boolean }
>;
