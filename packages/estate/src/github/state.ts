import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';

const actor = z.strictObject({
  type: z.enum(['User', 'Team', 'App']),
  name: z.string(),
});

const classic = z.strictObject({
  approvals: z.number().int().optional(),
  dismissesStaleReviews: z.boolean().default(false),
  requiresCodeOwnerReviews: z.boolean().default(false),
  requireLastPushApproval: z.boolean().default(false),
  checks: z.array(z.string()).default([]),
  isAdminEnforced: z.boolean().default(false),
  bypassers: z.array(actor).default([]),
});

const ruleset = z.strictObject({
  name: z.string(),
  enforcement: z.enum(['ACTIVE', 'DISABLED', 'EVALUATE']).default('ACTIVE'),
  pullRequest: z
    .strictObject({
      approvals: z.number().int(),
      dismissesStaleReviews: z.boolean().default(false),
      requiresCodeOwnerReviews: z.boolean().default(false),
      requireLastPushApproval: z.boolean().default(false),
    })
    .optional(),
  checks: z.array(z.string()).default([]),
  bypassers: z.array(actor).default([]),
  bypassRoles: z.array(z.string()).default([]),
});

const repository = z.strictObject({
  owner: z.string(),
  name: z.string(),
  visibility: z.enum(['PUBLIC', 'PRIVATE', 'INTERNAL']).default('PRIVATE'),
  forkingAllowed: z.boolean().default(false),
  /** Whether the token may read the rules of branches: repository administration. */
  administrable: z.boolean().default(true),
  branches: z
    .record(
      z.string(),
      z.strictObject({
        classic: classic.optional(),
        rulesets: z.array(ruleset).default([]),
      }),
    )
    .default({ main: { rulesets: [] } }),
  /** Text files on every branch, by path. */
  files: z.record(z.string(), z.string()).default({}),
});

/** Everything that a local GitHub answers from. */
export const githubSchema = z.strictObject({
  repositories: z.array(repository),
});

/** @see githubSchema */
export type GithubState = z.infer<typeof githubSchema>;

/** A repository of the local GitHub. */
export type GithubRepository = GithubState['repositories'][number];

/**
 * Reads every YAML file of a folder.
 *
 * @throws Error that names the file and the path inside it
 */
export function loadGithubState(folder: string): GithubState {
  const parts = readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => {
      const text = readFileSync(join(folder, name), 'utf8');
      const parsed = githubSchema.safeParse(parseDocument(text).toJS());
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw new Error(
        `${join(folder, name)}: ${issue.path.join('.')}: ${issue.message}`,
      );
    });
  return { repositories: parts.flatMap(part => part.repositories) };
}
