import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { timestamp } from '../azure-devops/state/common';

/** A role on a scope, as somebody assigned it. */
const roleAssignment = z.strictObject({
  /** Display name of the principal: an application or a group of the directory. */
  principal: z.string(),
  /** Name of a built-in or custom role. */
  role: z.string(),
  /** Below the subscription: `resourceGroups/ledger`; without it, the subscription itself. */
  below: z.string().optional(),
  condition: z.string().optional(),
  /** Ends by itself at this time: an active assignment of Privileged Identity Management. */
  until: timestamp.optional(),
  /** Only eligible: nobody has it before it is activated. */
  eligible: z.boolean().default(false),
});

const roleDefinition = z.strictObject({
  name: z.string(),
  actions: z.array(z.string()).default([]),
  notActions: z.array(z.string()).default([]),
  dataActions: z.array(z.string()).default([]),
  notDataActions: z.array(z.string()).default([]),
});

const credential = z.strictObject({
  displayName: z.string().default(''),
  start: timestamp,
  end: timestamp,
});

/** An application with its service principal in the directory. */
const application = z.strictObject({
  name: z.string(),
  appId: z.string(),
  passwords: z.array(credential).default([]),
  certificates: z.array(credential).default([]),
  /** Subjects of its federated credentials. */
  federatedSubjects: z
    .array(z.strictObject({ issuer: z.string(), subject: z.string() }))
    .default([]),
});

/** A group of the directory. Whoever is in it for a while only is so by Privileged Identity Management. */
const group = z.strictObject({
  name: z.string(),
  /** Display names of those who are in it all the time: users, applications and groups. */
  members: z.array(z.string()).default([]),
  /** Those who activated their membership, an hour ago and for eight. */
  activated: z.array(z.string()).default([]),
  /** Those whom an administrator put in until a time. */
  assigned: z
    .array(z.strictObject({ principal: z.string(), until: timestamp }))
    .default([]),
  /** Those who may activate it. */
  eligible: z.array(z.string()).default([]),
  /** Nobody is told who is in it. */
  hidesMembers: z.boolean().optional(),
});

/** Who may ask the local Azure. */
const client = z.strictObject({
  clientId: z.string(),
  clientSecret: z.string(),
  /** Ids of subscriptions on which it has no role; it still sees them in lists. */
  refusedSubscriptions: z.array(z.string()).default([]),
  /** Application permissions on Microsoft Graph that an administrator consented to. */
  graphPermissions: z.array(z.string()).default([]),
});

/** A tenant of Microsoft Entra with its subscriptions. */
export const azureTenant = z.strictObject({
  tenantId: z.string(),
  clients: z.array(client).default([]),
  /** Privileged Identity Management needs a licence. */
  hasPimLicence: z.boolean().default(true),
  managementGroups: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        roleAssignments: z.array(roleAssignment).default([]),
      }),
    )
    .default([]),
  subscriptions: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        /** Ids of the management groups above it. */
        managementGroups: z.array(z.string()).default([]),
        roleAssignments: z.array(roleAssignment).default([]),
      }),
    )
    .default([]),
  customRoles: z.array(roleDefinition).default([]),
  applications: z.array(application).default([]),
  groups: z.array(group).default([]),
});

export type AzureTenant = z.infer<typeof azureTenant>;
export type AzureRoleAssignment = z.infer<typeof roleAssignment>;
export type AzureRoleDefinition = z.infer<typeof roleDefinition>;
export type AzureClient = z.infer<typeof client>;
export type AzureGroup = z.infer<typeof group>;
export type AzureApplication = z.infer<typeof application>;

/**
 * Reads a tenant from a file.
 *
 * @throws an error that names the file and the place in it
 */
export function loadAzureTenant(file: string): AzureTenant {
  const parsed = azureTenant.safeParse(
    parseDocument(readFileSync(file, 'utf8')).toJS(),
  );
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${file}: ${issue.path.join('.')}: ${issue.message}`);
  }
  return parsed.data;
}
