import { Grant } from 'backstage-plugin-pipeline-posture-common';
import { valuesOf } from '../conditions';
import { EffectiveGrant, EffectiveRights, mayDo } from '../effectiveGrants';
import { globMatches } from '../glob';
import { IamAccount, RawPrincipal } from '../IamAccount';
import { administrator } from '../risks/administrator';
import { originOf } from '../risks/risk';
import { trustsPrincipal, trustsService } from '../trust';
import { IDENTITY_PATHS, IdentityPath, PASS_ROLE_PATHS } from './paths';

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

/** Roles of the account that are administrators or can become so. Found once per account. */
const powerful = new WeakMap<IamAccount, readonly RawPrincipal[]>();

function powerfulRoles(account: IamAccount): readonly RawPrincipal[] {
  let roles = powerful.get(account);
  if (!roles) {
    roles = account.principals.filter(
      item =>
        item.kind === 'role' &&
        // Only AWS can assume service-linked roles.
        !item.arn.includes(':role/aws-service-role/') &&
        isPowerful(account, item),
    );
    powerful.set(account, roles);
  }
  return roles;
}

function maySee(grant: EffectiveGrant, service: string): boolean {
  const services = valuesOf(grant.restrictions, 'iam:passedtoservice');
  return (
    grant.restrictions.length === 0 ||
    (services?.some(value => globMatches(value, service)) ?? false)
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
  const targets = powerfulRoles(account).filter(({ arn }) => arn !== role.arn);
  const found = new Map<string, Grant>();
  for (const path of PASS_ROLE_PATHS) {
    const usable = path.actions.every(action =>
      granting(account, rights, action, () => true),
    );
    if (!usable) continue;
    for (const target of targets) {
      const trust = account.trust(target);
      if (!trust.known || !trustsService(trust.value, path.service)) continue;
      const grant = passing.find(
        item =>
          maySee(item, path.service) &&
          item.resources.some(resource => globMatches(resource, target.arn)),
      );
      if (!grant) continue;
      const key = `${target.arn} ${path.product}`;
      if (!found.has(key)) {
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
  return powerfulRoles(account).flatMap(target => {
    if (target.arn === role.arn) return [];
    const trust = account.trust(target);
    if (!trust.known || !trustsPrincipal(trust.value, role.arn)) return [];
    const may = mayDo(rights, 'sts:AssumeRole', target.arn, account.index);
    const grant = assuming.find(({ resources }) =>
      resources.some(resource => globMatches(resource, target.arn)),
    );
    if (may === 'no' || !grant) return [];
    return [
      finding(
        grant,
        `it can assume the role ${target.name}, which is stronger`,
        ['sts:AssumeRole'],
      ),
    ];
  });
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
  if (projects.length === 0) return [];
  const stronger = new Set(
    powerfulRoles(account)
      .map(({ arn }) => arn)
      .filter(arn => arn !== role.arn),
  );
  return projects
    .filter(({ serviceRole }) => stronger.has(serviceRole))
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
