import { ScopeReadings } from '../collect/readings';
import { mayDo } from '../iam/effectiveGrants';
import { trustsPrincipal, trustsService } from '../iam/trust';
import { findRole } from './findRole';

/** More roles than this, and the right to reach them is itself the finding. */
const MOST = 20;

const reached = new WeakMap<ScopeReadings['iam'], Map<string, string[]>>();

/**
 * The roles that code with a role can go on to: those that it may assume and
 * that trust it, and those that it may pass to CloudFormation (as the deployment
 * roles of the CDK do). Rights on every role are a finding of their own.
 */
export function rolesReachedFrom(
  arn: string,
  readings: ScopeReadings,
): string[] {
  const cache = reached.get(readings.iam) ?? new Map<string, string[]>();
  reached.set(readings.iam, cache);
  const before = cache.get(arn);
  if (before) return before;
  const targets = findTargets(arn, readings);
  cache.set(arn, targets);
  return targets;
}

function findTargets(arn: string, readings: ScopeReadings): string[] {
  const found = findRole(arn, readings);
  if (!found.known) return [];
  const { account, role } = found.value;
  const rights = account.rights(role);
  if (!rights.known) return [];
  const named = {
    ...rights.value,
    grants: rights.value.grants.filter(
      ({ resources }) => !resources.includes('*'),
    ),
  };
  const may = (action: string, target: string) =>
    mayDo(named, action, target, account.index) !== 'no';
  const targets = account.principals.filter(target => {
    if (target.kind !== 'role' || target.arn === arn) return false;
    const trust = account.trust(target);
    if (!trust.known) return false;
    return (
      (trustsPrincipal(trust.value, arn) &&
        may('sts:AssumeRole', target.arn)) ||
      (trustsService(trust.value, 'cloudformation.amazonaws.com') &&
        may('iam:PassRole', target.arn))
    );
  });
  return targets.length > MOST ? [] : targets.map(target => target.arn);
}
