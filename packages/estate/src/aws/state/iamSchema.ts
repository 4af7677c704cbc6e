import { z } from 'zod';
import { moment } from './pipelineSchema';

/** A policy document: readable YAML, or text that is served as it stands. */
const document = z.union([z.string(), z.record(z.string(), z.unknown())]);
const tags = z.record(z.string(), z.string()).default({});
const inline = z.record(z.string(), document).default({});
/** Managed policies by ARN, or by the name of a customer policy of the account. */
const attached = z.array(z.string()).default([]);
const created = moment.default(new Date('2025-01-10T08:00:00Z'));

/** An IAM role. */
export const roleSchema = z.strictObject({
  name: z.string(),
  path: z.string().startsWith('/').endsWith('/').default('/'),
  trust: document,
  inline,
  managed: attached,
  /** ARN of the permissions boundary. */
  boundary: z.string().optional(),
  tags,
  created,
  lastUsed: moment.optional(),
});

/** A customer-managed policy; `versions` are older ones that are not in force. */
export const policySchema = z.strictObject({
  name: z.string(),
  path: z.string().startsWith('/').endsWith('/').default('/'),
  document,
  versions: z.array(document).default([]),
  created,
});

const accessKey = z.strictObject({
  id: z.string().optional(),
  secret: z.string().optional(),
  active: z.boolean().default(true),
  rotated: moment.default(new Date('2025-01-10T08:00:00Z')),
  lastUsed: moment.optional(),
});

/** An IAM user, with at most two access keys as in AWS. */
export const userSchema = z.strictObject({
  name: z.string(),
  path: z.string().startsWith('/').endsWith('/').default('/'),
  inline,
  managed: attached,
  groups: z.array(z.string()).default([]),
  boundary: z.string().optional(),
  tags,
  created,
  password: z.boolean().default(false),
  mfa: z.boolean().default(false),
  keys: z.array(accessKey).max(2).default([]),
});

/** An IAM group. */
export const groupSchema = z.strictObject({
  name: z.string(),
  path: z.string().startsWith('/').endsWith('/').default('/'),
  inline,
  managed: attached,
  created,
});

/** The IAM part of an account. */
export const iamSchema = z.strictObject({
  roles: z.array(roleSchema).default([]),
  policies: z.array(policySchema).default([]),
  users: z.array(userSchema).default([]),
  groups: z.array(groupSchema).default([]),
});

/** @see iamSchema */
export type IamState = z.infer<typeof iamSchema>;
/** @see roleSchema */
export type RoleState = z.infer<typeof roleSchema>;
/** @see userSchema */
export type UserState = z.infer<typeof userSchema>;
/** @see groupSchema */
export type GroupState = z.infer<typeof groupSchema>;
/** @see policySchema */
export type PolicyState = z.infer<typeof policySchema>;
