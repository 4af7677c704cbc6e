import { Grant } from 'backstage-plugin-pipeline-posture-common';
import { valuesOf } from '../conditions';
import { EffectiveGrant, EffectiveRights, mayDo } from '../effectiveGrants';
import { globMatches } from '../glob';
import { IamAccount, RawPrincipal } from '../IamAccount';
import { administrator } from '../risks/administrator';
import { originOf } from '../risks/risk';
import { trustsPrincipal, trustsService } from '../trust';
import {
  IDENTITY_PATHS,
  IdentityPath,
  PASS_ROLE_PATHS,
  PassRolePath,
} from './paths';

function finding(
  grant: EffectiveGrant,
  title: string,
  actions: readonly string[],
): Grant {
  return {
    breadth: 'wide',
    title,
    origin: originOf(grant),
    actions: actions.slice(0, 10),
    risk: 'escalation',
  };
}

/** The first grant that allows an action without a limiting condition on a resource that fits. */
function granting(
  account: IamAccount,
  rights: EffectiveRights,
  action: string,
  fits: (resource: string) => boolean,
): EffectiveGrant | undefined {
  const [id] = account.index.expand(action);
  return rights.grants.find(
    ({ actions, resources, restrictions }) =>
      restrictions.length === 0 &&
      actions.has(id) &&
      resources.some(
        resource => fits(resource) && account.index.mayConcern(resource, id),
      ),
  );
}

function fitsTarget(path: IdentityPath, role: RawPrincipal) {
  const own =
    path.target === 'own-policy'
      ? role.managed.filter(arn => !arn.includes(':iam::aws:'))
      : [role.arn];
  return (resource: string) =>
    path.target === 'other'
      ? resource.includes('*')
      : own.some(arn => globMatches(resource, arn));
}

/** Ways to raise its own rights that need nothing but rights on identities. */
export function identityEscalations(
  account: IamAccount,
  role: RawPrincipal,
  rights: EffectiveRights,
): Grant[] {
  return IDENTITY_PATHS.flatMap(path => {
    const fits = fitsTarget(path, role);
    const grants = path.actions.map(action =>
      granting(account, rights, action, fits),
    );
    const [first] = grants;
    if (!first || grants.some(grant => !grant)) return [];
    return [finding(first, `it can ${path.effect}`, path.actions)];
  });
}

/** Administrator, or a role that can make itself one. */
function isPowerful(account: IamAccount, role: RawPrincipal): boolean {
  const rights = account.rights(role);
  return (
    rights.known &&
    (administrator(rights.value, role.name, account.index) !== undefined ||
      identityEscalations(account, role, rights.value).length > 0)
  );
}

const powerful = new WeakMap<IamAccount, Map<string, boolean>>();

/** The same, found out once per role and only for roles that somebody could reach. */
function isStronger(
  account: IamAccount,
  target: RawPrincipal,
  than: RawPrincipal,
): boolean {
  // Only AWS can assume service-linked roles.
  if (target.kind !== 'role' || target.arn === than.arn) return false;
  if (target.arn.includes(':role/aws-service-role/')) return false;
  const known = powerful.get(account) ?? new Map<string, boolean>();
  powerful.set(account, known);
  let answer = known.get(target.arn);
  if (answer === undefined) {
    answer = isPowerful(account, target);
    known.set(target.arn, answer);
  }
  return answer;
}

/**
 * The roles that patterns of a grant name. A right on every role is a finding of
 * its own, for which no target has to be found.
 */
function targetsOf(
  account: IamAccount,
  grant: EffectiveGrant,
  id: number,
): RawPrincipal[] {
  const patterns = grant.resources.filter(resource => {
    const everyRole = account.index.onEveryResource(resource).has(id);
    return !(everyRole && grant.restrictions.length === 0);
  });
  const exact = patterns.filter(pattern => !/[*?]/.test(pattern));
  if (exact.length === patterns.length) {
    return exact.flatMap(arn => account.find(arn) ?? []);
  }
  return account.principals.filter(
    ({ kind, arn }) =>
      kind === 'role' && patterns.some(pattern => globMatches(pattern, arn)),
  );
}

/** Whether a grant of iam:PassRole holds for a service. */
function mayGoTo(grant: EffectiveGrant, service: string): boolean {
  const services = valuesOf(grant.restrictions, 'iam:passedtoservice');
  return (
    grant.restrictions.length === 0 ||
    (services?.some(value => globMatches(value, service)) ?? false)
  );
}

/** The services in which it may run code with a role that it passes. */
function usablePaths(
  account: IamAccount,
  rights: EffectiveRights,
): readonly PassRolePath[] {
  return PASS_ROLE_PATHS.filter(path =>
    path.actions.every(action => granting(account, rights, action, () => true)),
  );
}

/** A stronger role that it may pass to a service in which it may then run its own code. */
export function passRoleEscalations(
  account: IamAccount,
  role: RawPrincipal,
  rights: EffectiveRights,
): Grant[] {
  const [passRole] = account.index.expand('iam:PassRole');
  const passing = rights.grants.filter(({ actions }) => actions.has(passRole));
  if (passing.length === 0) return [];
  const found = new Map<string, Grant>();
  for (const path of usablePaths(account, rights)) {
    for (const grant of passing) {
      if (!mayGoTo(grant, path.service)) continue;
      for (const target of targetsOf(account, grant, passRole)) {
        const key = `${target.arn} ${path.product}`;
        if (found.has(key)) continue;
        const trust = account.trust(target);
        if (!trust.known || !trustsService(trust.value, path.service)) continue;
        if (!isStronger(account, target, role)) continue;
        found.set(
          key,
          finding(
            grant,
            `it can pass the role ${target.name}, which is stronger, to ${path.product} and run its own code there`,
            ['iam:PassRole', ...path.actions],
          ),
        );
      }
    }
  }
  return [...found.values()];
}

/** A stronger role of the same account that it may assume and that lets it in. */
export function assumeRoleEscalations(
  account: IamAccount,
  role: RawPrincipal,
  rights: EffectiveRights,
): Grant[] {
  const [assumeRole] = account.index.expand('sts:AssumeRole');
  const assuming = rights.grants.filter(({ actions }) =>
    actions.has(assumeRole),
  );
  if (assuming.length === 0) return [];
  return assuming.flatMap(grant =>
    targetsOf(account, grant, assumeRole).flatMap(target => {
      const trust = account.trust(target);
      if (!trust.known || !trustsPrincipal(trust.value, role.arn)) return [];
      if (mayDo(rights, 'sts:AssumeRole', target.arn, account.index) === 'no') {
        return [];
      }
      if (!isStronger(account, target, role)) return [];
      return [
        finding(
          grant,
          `it can assume the role ${target.name}, which is stronger`,
          ['sts:AssumeRole'],
        ),
      ];
    }),
  );
}

/** A build project that a role may start. */
export interface BuildTarget {
  name: string;
  arn: string;
  /** ARN of the role that its builds run with. */
  serviceRole: string;
}

const BUILD_CONTROL: ReadonlyArray<[action: string, how: string]> = [
  ['codebuild:StartBuild', 'start'],
  ['codebuild:StartBuildBatch', 'start'],
  ['codebuild:UpdateProject', 'change'],
];

/** Build projects that it may start with a buildspec of its own, or change, and that run with a stronger role. */
export function buildEscalations(
  account: IamAccount,
  role: RawPrincipal,
  rights: EffectiveRights,
  projects: readonly BuildTarget[],
): Grant[] {
  const controls = account.index.set(BUILD_CONTROL.map(([action]) => action));
  if (!rights.grants.some(({ actions }) => actions.intersects(controls)))
    return [];
  return projects
    .filter(({ serviceRole }) => {
      const target = account.find(serviceRole);
      return target !== undefined && isStronger(account, target, role);
    })
    .flatMap(project => {
      for (const [action, how] of BUILD_CONTROL) {
        if (mayDo(rights, action, project.arn, account.index) !== 'yes')
          continue;
        const grant = granting(account, rights, action, resource =>
          globMatches(resource, project.arn),
        );
        if (!grant) continue;
        const strongerRole = project.serviceRole.split('/').pop();
        return [
          finding(
            grant,
            `it can ${how} the build project ${project.name}, which runs with the stronger role ${strongerRole}`,
            [action],
          ),
        ];
      }
      return [];
    });
}
