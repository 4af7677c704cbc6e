import { UnknownReason } from 'backstage-plugin-pipeline-posture-common';
import { ActionIndex } from './ActionIndex';
import { ActionSet } from './ActionSet';
import { isRestricting } from './conditions';
import { globCovers, globMatches, globsOverlap } from './glob';
import { Condition, Statement } from './policyDocument';

/** A policy of a principal, with the name that people know. */
export interface NamedPolicy {
  /** `AdministratorAccess`, `inline policy run`. */
  name: string;
  statements: readonly Statement[];
}

/** Actions that a statement really allows, after denials and the boundary. */
export interface EffectiveGrant {
  actions: ActionSet;
  /** Patterns of the resources; `*` also for a NotResource. */
  resources: readonly string[];
  /** Conditions that really limit it. Empty: nothing does. */
  restrictions: readonly Condition[];
  policy: string;
  statement: Statement;
}

/** A denial that holds under conditions only. */
export interface ConditionalDenial extends Denial {
  conditions: readonly Condition[];
}

/** The rights of a principal, ready for questions. */
export interface EffectiveRights {
  grants: readonly EffectiveGrant[];
  denials: readonly Denial[];
  /** Take nothing away here; questions that know the circumstances may look at them. */
  conditionalDenials: readonly ConditionalDenial[];
  /** Why the permissions boundary could not be applied, if it could not: the rights are then an upper limit. */
  boundaryUnread?: UnknownReason;
}

/** What decides the rights of a principal. */
export interface PolicySources {
  policies: readonly NamedPolicy[];
  /** The permissions boundary, if there is one. */
  boundary?: readonly NamedPolicy[];
  /** Policies whose unconditional denials hold as well: service control policies. */
  denials?: readonly NamedPolicy[];
}

/** What is taken away for certain. */
export interface Denial {
  actions: ActionSet;
  resources: readonly string[];
}

interface Piece {
  actions: ActionSet;
  resources: readonly string[];
}

function actionsOf(statement: Statement, index: ActionIndex): ActionSet {
  const named = index.set(statement.actions);
  return statement.notAction ? index.all.minus(named) : named;
}

/**
 * Only a denial without condition, on resources that it names, takes anything
 * away for certain: conditional ones (session age, MFA) do not hold all the time.
 */
function denialsOf(
  policies: readonly NamedPolicy[],
  index: ActionIndex,
): Denial[] {
  return policies.flatMap(({ statements }) =>
    statements
      .filter(
        ({ effect, conditions, notResource }) =>
          effect === 'Deny' && conditions.length === 0 && !notResource,
      )
      .map(statement => ({
        actions: actionsOf(statement, index),
        resources: statement.resources,
      })),
  );
}

/** Takes a denial away from where it covers the allowed resources wholly. */
function subtract(pieces: Piece[], denial: Denial): Piece[] {
  return pieces.flatMap(piece => {
    if (!piece.actions.intersects(denial.actions)) return [piece];
    const covered = piece.resources.filter(resource =>
      denial.resources.some(denied => globCovers(denied, resource)),
    );
    if (covered.length === 0) return [piece];
    const rest = piece.resources.filter(
      resource => !covered.includes(resource),
    );
    const left = piece.actions.minus(denial.actions);
    return [
      ...(rest.length > 0 ? [{ ...piece, resources: rest }] : []),
      ...(left.isEmpty ? [] : [{ actions: left, resources: covered }]),
    ];
  });
}

function allowed(
  policies: readonly NamedPolicy[],
  denials: readonly Denial[],
  index: ActionIndex,
): EffectiveGrant[] {
  return policies.flatMap(({ name, statements }) =>
    statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(statement => {
        const whole: Piece = {
          actions: actionsOf(statement, index),
          resources: statement.notResource ? ['*'] : statement.resources,
        };
        return denials
          .reduce(subtract, [whole])
          .filter(({ actions }) => !actions.isEmpty)
          .map(piece => ({
            ...piece,
            restrictions: statement.conditions.filter(isRestricting),
            policy: name,
            statement,
          }));
      }),
  );
}

/** The resources that both patterns allow, as far as patterns can say it. */
function commonResources(
  ours: readonly string[],
  limits: readonly string[],
): string[] {
  return [
    ...new Set(
      ours.flatMap(resource =>
        limits.flatMap(limit => {
          if (globCovers(limit, resource)) return [resource];
          if (globCovers(resource, limit)) return [limit];
          return globsOverlap(resource, limit) ? [resource] : [];
        }),
      ),
    ),
  ];
}

function within(
  grants: EffectiveGrant[],
  boundary: readonly EffectiveGrant[],
): EffectiveGrant[] {
  return grants.flatMap(grant =>
    boundary.flatMap(limit => {
      if (!grant.actions.intersects(limit.actions)) return [];
      const resources = commonResources(grant.resources, limit.resources);
      if (resources.length === 0) return [];
      return [
        {
          ...grant,
          actions: grant.actions.intersect(limit.actions),
          resources,
          restrictions: [...grant.restrictions, ...limit.restrictions],
        },
      ];
    }),
  );
}

/**
 * What a principal may really do: allowed by its policies, not taken away by an
 * unconditional denial that covers the same resources, and within its boundary.
 *
 * Where patterns cannot decide it errs towards "allowed", so that no right is overlooked.
 */
export function effectiveRights(
  sources: PolicySources,
  index: ActionIndex,
): EffectiveRights {
  const denying = [
    ...sources.policies,
    ...(sources.denials ?? []),
    ...(sources.boundary ?? []),
  ];
  const denials = denialsOf(denying, index);
  const conditionalDenials = denying.flatMap(({ statements }) =>
    statements
      .filter(
        ({ effect, conditions, notResource }) =>
          effect === 'Deny' && conditions.length > 0 && !notResource,
      )
      .map(statement => ({
        actions: actionsOf(statement, index),
        resources: statement.resources,
        conditions: statement.conditions,
      })),
  );
  const grants = allowed(sources.policies, denials, index);
  if (!sources.boundary) return { grants, denials, conditionalDenials };
  const limits = allowed(sources.boundary, denials, index);
  return { grants: within(grants, limits), denials, conditionalDenials };
}

/**
 * Whether rights allow an action on one resource: `limited` if only under
 * conditions that really restrict it.
 */
export function mayDo(
  rights: EffectiveRights,
  action: string,
  resource: string,
  index: ActionIndex,
): 'yes' | 'limited' | 'no' {
  const [id] = index.expand(action);
  if (id === undefined) return 'no';
  const named = (patterns: readonly string[]) =>
    patterns.some(pattern => globMatches(pattern, resource));
  const denied = rights.denials.some(
    denial => denial.actions.has(id) && named(denial.resources),
  );
  if (denied) return 'no';
  const allowing = rights.grants.filter(
    ({ actions, resources, statement }) =>
      actions.has(id) &&
      named(resources) &&
      !(statement.notResource && named(statement.resources)),
  );
  if (allowing.length === 0) return 'no';
  return allowing.some(({ restrictions }) => restrictions.length === 0)
    ? 'yes'
    : 'limited';
}
