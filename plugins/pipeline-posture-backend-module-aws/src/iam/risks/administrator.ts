import { Grant } from 'backstage-plugin-pipeline-posture-common';
import { ActionIndex } from '../ActionIndex';
import { EffectiveGrant, EffectiveRights } from '../effectiveGrants';
import { conditionText, originOf } from './risk';

/** Without these one is not an administrator, whatever else one may do. */
const MARKERS = [
  'iam:AttachRolePolicy',
  'iam:PutRolePolicy',
  'iam:PassRole',
  'sts:AssumeRole',
];

/** An administrator by denial of a few services is one still. */
const SHARE_OF_ALL = 0.9;

/** Roles that are administrators because a tool of AWS makes them so. */
const BY_DESIGN: Array<{ pattern: RegExp; tool: string }> = [
  { pattern: /^cdk-.+-cfn-exec-role-/, tool: 'the CDK bootstrap' },
  { pattern: /^AWSControlTowerExecution$/, tool: 'AWS Control Tower' },
  {
    pattern: /^AWSCloudFormationStackSetExecutionRole$/,
    tool: 'CloudFormation StackSets',
  },
  { pattern: /^stacksets-exec-/, tool: 'CloudFormation StackSets' },
  { pattern: /^AWSAFTExecution$/, tool: 'Account Factory for Terraform' },
  { pattern: /^OrganizationAccountAccessRole$/, tool: 'AWS Organizations' },
];

/** The tool that makes a role of this name an administrator by design, if there is one. */
export function administratorByDesign(roleName: string): string | undefined {
  return BY_DESIGN.find(({ pattern }) => pattern.test(roleName))?.tool;
}

/** The largest of these grants, if together they allow nearly every action, those on identities included, everywhere. */
function nearlyEverything(
  grants: readonly EffectiveGrant[],
  index: ActionIndex,
): EffectiveGrant | undefined {
  const wide = grants.filter(({ resources }) => resources.includes('*'));
  if (wide.length === 0) return undefined;
  const all = wide.reduce(
    (set, { actions }) => set.union(actions),
    index.emptySet(),
  );
  if (!all.containsAll(index.set(MARKERS))) return undefined;
  if (all.size < index.size * SHARE_OF_ALL) return undefined;
  return [...wide].sort((a, b) => b.actions.size - a.actions.size)[0];
}

function described(grant: EffectiveGrant, words: string) {
  const { policy, statement } = grant;
  return {
    title: `${policy} allows practically every action on every resource${words}`,
    origin: originOf(grant),
    actions: statement.notAction
      ? [`everything but ${statement.actions.slice(0, 9).join(', ')}`]
      : statement.actions.slice(0, 10),
  };
}

/**
 * Whether the rights are those of an administrator: nearly every action, those
 * on identities included, on every resource, under no condition that limits them.
 */
export function administrator(
  rights: EffectiveRights,
  roleName: string,
  index: ActionIndex,
): Grant | undefined {
  const largest = nearlyEverything(
    rights.grants.filter(({ restrictions }) => restrictions.length === 0),
    index,
  );
  if (!largest) return undefined;
  const tool = administratorByDesign(roleName);
  return {
    breadth: 'administrator',
    ...described(
      largest,
      tool ? ` (an administrator by design of ${tool})` : '',
    ),
  };
}

/** The same rights under a condition that limits them: wide, though not those of an administrator. */
export function limitedAdministrator(
  rights: EffectiveRights,
  index: ActionIndex,
): Grant | undefined {
  const largest = nearlyEverything(rights.grants, index);
  return (
    largest && {
      breadth: 'wide',
      ...described(largest, conditionText(largest)),
    }
  );
}
