import { z } from 'zod';
import { flag, identityRef, nothing, text } from './wireBasics';

export const securityNamespace = z.object({
  namespaceId: text,
  name: text,
  actions: z.array(z.object({ bit: z.number(), name: text })),
});

export const accessControlList = z.object({
  token: text,
  inheritPermissions: flag,
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

export const group = z.object({
  displayName: nothing(text),
  origin: text,
  originId: text,
});

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

export type SecurityNamespace = z.output<typeof securityNamespace>;

export type AccessControlList = z.output<typeof accessControlList>;

export type Identity = z.output<typeof identity>;

export type RoleAssignment = z.output<typeof roleAssignment>;

export type AuditStream = z.output<typeof auditStream>;

export type Hook = z.output<typeof hook>;
