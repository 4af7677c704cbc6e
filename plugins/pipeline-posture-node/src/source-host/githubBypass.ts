import { Principal } from 'backstage-plugin-pipeline-posture-common';

/** Somebody as GitHub names them, if it does. */
export type GithubActor =
  | { __typename?: string; login?: string; slug?: string }
  | null
  | undefined;

/** Names of teams that practically every builder is in. */
const EVERY_BUILDER =
  /^(all|everyone|engineering|engineers|developers?|devs?|contributors?)$|all-?(users|employees|members|engineers|developers)/i;

/** Apps that push and approve in the name of builds. */
const BUILD_APPS = new Set([
  'github-actions',
  'azure-pipelines',
  'aws-connector-for-github',
  'aws-codebuild',
]);

/** Roles of a repository that GitHub has; an organization may add its own. Who may push has at least "write". */
const ROLES: Record<string, { broad: boolean }> = {
  read: { broad: true },
  triage: { broad: true },
  write: { broad: true },
  maintain: { broad: false },
  admin: { broad: false },
};

/** GitHub may add kinds of actors that have neither of these names: they still count. */
export function principalOf(who: GithubActor): Principal | undefined {
  if (who?.login) return { name: who.login, kind: 'user', broad: false };
  if (who?.slug && BUILD_APPS.has(who.slug))
    return { name: who.slug, kind: 'service', broad: false };
  if (who?.slug) {
    return {
      name: who.slug,
      kind: who.__typename === 'App' ? 'unknown' : 'group',
      broad: who.__typename !== 'App' && EVERY_BUILDER.test(who.slug),
    };
  }
  return who?.__typename
    ? { name: `a ${who.__typename}`, kind: 'unknown', broad: false }
    : undefined;
}

/** An entry of the list of those who may go around a ruleset. */
export interface GithubBypass {
  organizationAdmin?: boolean | null;
  deployKey?: boolean | null;
  repositoryRoleName?: string | null;
  actor?: GithubActor;
}

/** Who may go around the rules by an entry. */
export function bypassOf(bypass: GithubBypass): Principal {
  const named = principalOf(bypass.actor);
  if (named) return named;
  const role = bypass.repositoryRoleName;
  if (role) {
    const { broad } = ROLES[role.toLowerCase()] ?? { broad: false };
    return { name: `everybody with the role ${role}`, kind: 'group', broad };
  }
  if (bypass.organizationAdmin) {
    return {
      name: 'administrators of the organization',
      kind: 'group',
      broad: false,
    };
  }
  // Keys of machines: whatever job holds one may push.
  return bypass.deployKey
    ? { name: 'deploy keys', kind: 'service', broad: false }
    : {
        name: 'somebody whom GitHub does not name',
        kind: 'unknown',
        broad: false,
      };
}

/** The role that an entry names, if the organization made it: nobody knows how many hold it. */
export function customRoleOf(bypass: GithubBypass): string | undefined {
  const role = bypass.repositoryRoleName;
  return role && !principalOf(bypass.actor) && !ROLES[role.toLowerCase()]
    ? role
    : undefined;
}
