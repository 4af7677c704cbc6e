import { z } from 'zod';

// What the answers of Azure must hold. More than the libraries check: they take whatever comes.

export const subscription = z.object({
  subscriptionId: z.string(),
  displayName: z.string().optional(),
});

export const roleAssignment = z.object({
  id: z.string().optional(),
  scope: z.string(),
  roleDefinitionId: z.string(),
  principalId: z.string(),
  principalType: z.string().nullish(),
  condition: z.string().nullish(),
});

const patterns = z.array(z.string()).nullish();

export const roleDefinition = z.object({
  name: z.string(),
  roleName: z.string(),
  permissions: z.array(
    z.object({
      actions: patterns,
      notActions: patterns,
      dataActions: patterns,
      notDataActions: patterns,
    }),
  ),
});

export const scheduleInstance = z.object({
  scope: z.string(),
  roleDefinitionId: z.string(),
  principalId: z.string(),
  endDateTime: z.date().nullish(),
  originRoleAssignmentId: z.string().nullish(),
});

const timed = z.object({
  startDateTime: z.string().nullish(),
  endDateTime: z.string().nullish(),
});

export const servicePrincipal = z.object({ id: z.string(), appId: z.string() });

export const directoryObject = z.object({ id: z.string() });

export const application = z.object({
  appId: z.string(),
  passwordCredentials: z.array(timed),
  keyCredentials: z.array(timed),
});

export const federatedCredential = z.object({
  issuer: z.string(),
  subject: z.string().nullish(),
});

/** Of objects that the reader has no permission on, Graph tells these two only. */
export const member = z.object({ '@odata.type': z.string(), id: z.string() });

export const groupVisibility = z.object({ visibility: z.string().nullish() });

/** One membership of a group that Privileged Identity Management keeps. */
export const groupInstance = z.object({
  principalId: z.string(),
  accessId: z.string(),
});

export const groupAssignment = groupInstance.extend({
  assignmentType: z.string(),
  memberType: z.string(),
  endDateTime: z.string().nullish(),
});

export type Subscription = z.output<typeof subscription>;
export type RoleAssignment = z.output<typeof roleAssignment>;
export type RoleDefinition = z.output<typeof roleDefinition>;
export type ScheduleInstance = z.output<typeof scheduleInstance>;
export type Application = z.output<typeof application>;
export type FederatedCredential = z.output<typeof federatedCredential>;
export type GroupInstance = z.output<typeof groupInstance>;
export type GroupAssignment = z.output<typeof groupAssignment>;
