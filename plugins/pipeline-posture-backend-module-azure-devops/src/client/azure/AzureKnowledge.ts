import {
  Fact,
  Grant,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ServiceConnection } from '../wire';
import { parameter } from '../../normalize/connections';
import { lastPart, ScopeRights } from './ResourceManager';
import { grantsOfAssignment } from './roleGrants';
import * as wire from './wire';

/** Everything that was read of a tenant for the connections of one project. */
export interface AzureReadings {
  tenantId: string;
  /** Whether every subscription that the reader sees could be listed. */
  subscriptions: Fact<unknown>;
  /** Names by id in lower case. */
  subscriptionNames: ReadonlyMap<string, string>;
  /** By scope in lower case. */
  rights: ReadonlyMap<string, Fact<ScopeRights>>;
  servicePrincipals: Fact<ReadonlyMap<string, string>>;
  /** Groups of each service principal, by its object id. */
  groups: ReadonlyMap<string, Fact<string[]>>;
  applications: Fact<ReadonlyMap<string, wire.Application>>;
  /** By application id in lower case. */
  federated: ReadonlyMap<string, Fact<wire.FederatedCredential[]>>;
}

/** A secret or certificate of an application that still works. */
export interface LivingSecret {
  kind: 'secret' | 'certificate';
  /** ISO 8601 */
  since?: string;
  until?: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Application id of the principal behind a connection, in lower case. */
export function applicationOf(
  connection: ServiceConnection,
): string | undefined {
  const id = parameter(connection, 'serviceprincipalid') ?? '';
  return GUID.test(id) ? id.toLowerCase() : undefined;
}

/** The subscription and the management group that a connection names, as scopes. */
export function scopesOf({ data }: ServiceConnection): string[] {
  const { subscriptionId, managementGroupId } = data ?? {};
  return [
    ...(subscriptionId && GUID.test(subscriptionId)
      ? [`/subscriptions/${subscriptionId.toLowerCase()}`]
      : []),
    ...(managementGroupId && /^[\w.()-]+$/.test(managementGroupId)
      ? [
          `/providers/Microsoft.Management/managementGroups/${managementGroupId}`,
        ]
      : []),
  ];
}

/** Subscriptions that the reader has no role on are none of its business; what failed in passing is. */
const isLasting = ({ code }: UnknownReason) =>
  code === 'permission-missing' || code === 'not-found';

/** Nobody has rights where nobody looked, which says nothing. */
const NOTHING_READ: UnknownReason = {
  code: 'not-found',
  message:
    'The reader of Azure sees no subscription, so it is not known what the identity may do.',
  permission: 'Reader on the subscription',
  actor: 'platform-team',
  action:
    'Assign the role Reader on the subscriptions to the application or managed identity of the reader.',
};

const bareUrl = (url: string) => url.toLowerCase().replace(/\/+$/, '');

/** Answers questions about the identities behind connections from what Azure and Microsoft Graph say. */
export class AzureKnowledge {
  readonly #readings: AzureReadings;

  constructor(readings: AzureReadings) {
    this.#readings = readings;
  }

  /** True if the connection acts as an application of the connected tenant. */
  covers(connection: ServiceConnection): boolean {
    const tenant = parameter(connection, 'tenantid');
    return (
      applicationOf(connection) !== undefined &&
      (!tenant ||
        tenant.toLowerCase() === this.#readings.tenantId.toLowerCase())
    );
  }

  /** What the principal of a connection may do, wherever it has a role. */
  grantsOf(connection: ServiceConnection): Fact<Grant[]> {
    const principal = this.#principal(connection);
    if (!principal.known) return principal;
    const groups = this.#readings.groups.get(principal.value);
    let gap = this.#gapIn(scopesOf(connection), groups);
    const holders = new Map<string, string | undefined>([
      [principal.value.toLowerCase(), undefined],
      ...(groups?.known ? groups.value : []).map((id): [string, string] => [
        id.toLowerCase(),
        `the group ${id}`,
      ]),
    ]);
    const found = this.#held(holders);
    if (found.missing) gap = found.missing;
    // What could not be read can only add rights: it changes nothing for an administrator.
    const decided = found.grants.some(
      ({ breadth }) => breadth === 'administrator',
    );
    if (gap && !decided) return unknown(gap);
    const { eligible, assignments } = found;
    return known(found.grants, {
      source: 'GET /{scope}/providers/Microsoft.Authorization/roleAssignments',
      observed: `${assignments} role assignments${
        eligible > 0 ? `, and ${eligible} that are only eligible` : ''
      }`,
    });
  }

  /** Secrets and certificates of the application that work now; undefined for what is no application. */
  livingSecrets(
    connection: ServiceConnection,
    now: Date,
  ): Fact<LivingSecret[]> | undefined {
    const { applications } = this.#readings;
    if (!applications.known) return applications;
    const found = applications.value.get(applicationOf(connection) ?? '');
    if (!found) return undefined;
    const living = (
      kind: LivingSecret['kind'],
      all: wire.Application['keyCredentials'],
    ) =>
      all
        .filter(
          ({ endDateTime }) =>
            !endDateTime || Date.parse(endDateTime) > now.getTime(),
        )
        .map(
          ({ startDateTime, endDateTime }): LivingSecret => ({
            kind,
            ...(startDateTime && { since: startDateTime }),
            ...(endDateTime && { until: endDateTime }),
          }),
        );
    return known(
      [
        ...living('secret', found.passwordCredentials),
        ...living('certificate', found.keyCredentials),
      ],
      { source: 'GET /v1.0/applications' },
    );
  }

  /** Subjects beside the connection's own that may act as its application; undefined where Graph does not tell. */
  otherSubjects(connection: ServiceConnection): Fact<string[]> | undefined {
    const own = parameter(connection, 'workloadidentityfederationsubject');
    const found = this.#readings.federated.get(applicationOf(connection) ?? '');
    if (!found?.known) return found;
    const subjects = found.value.map(each => each.subject ?? 'a pattern');
    if (own !== undefined) {
      const issuer = parameter(connection, 'workloadidentityfederationissuer');
      // Another issuer may give the same subject to somebody else.
      const others = found.value.filter(
        each =>
          each.subject !== own ||
          (issuer !== undefined && bareUrl(each.issuer) !== bareUrl(issuer)),
      );
      return known(
        others.map(each =>
          each.subject === own
            ? `${own} of ${each.issuer}`
            : each.subject ?? 'a pattern',
        ),
        found.evidence,
      );
    }
    // Without knowing its own subject, one service connection is the connection itself.
    const itself = subjects.find(each => /^sc:\/\/|\/sc\//i.test(each));
    return known(
      subjects.filter(each => each !== itself),
      found.evidence,
    );
  }

  /** What was not read, and may hold further rights of a principal. */
  #gapIn(
    scopes: string[],
    groups: Fact<string[]> | undefined,
  ): UnknownReason | undefined {
    const { rights, servicePrincipals, subscriptions } = this.#readings;
    const own = new Set(scopes.map(scope => scope.toLowerCase()));
    if (rights.size === 0 && subscriptions.known) return NOTHING_READ;
    // Without the directory nobody asked for groups.
    for (const fact of [groups, servicePrincipals])
      if (fact && !fact.known) return fact.reason;
    for (const [scope, fact] of rights) {
      if (!fact.known && (own.has(scope) || !isLasting(fact.reason)))
        return fact.reason;
    }
    return subscriptions.known || isLasting(subscriptions.reason)
      ? undefined
      : subscriptions.reason;
  }

  #principal(connection: ServiceConnection): Fact<string> {
    const { servicePrincipals } = this.#readings;
    const application = applicationOf(connection) ?? '';
    if (servicePrincipals.known) {
      const id = servicePrincipals.value.get(application);
      if (id) return known(id);
      return unknown({
        code: 'not-found',
        message: `The application of the connection ${connection.name} has no service principal in the connected tenant.`,
        actor: 'platform-team',
        action:
          'Check that the application still exists. If it was deleted, delete the connection.',
      });
    }
    const told = connection.data?.spnObjectId;
    return told && GUID.test(told) ? known(told) : servicePrincipals;
  }

  #held(holders: ReadonlyMap<string, string | undefined>): {
    grants: Grant[];
    assignments: number;
    eligible: number;
    missing?: UnknownReason;
  } {
    const { rights, subscriptionNames: names } = this.#readings;
    const seen = new Set<string>();
    const grants: Grant[] = [];
    const eligible = new Set<string>();
    let missing: UnknownReason | undefined;
    for (const read of rights.values()) {
      if (!read.known) continue;
      const { assignments, roles, timeBound } = read.value;
      for (const each of read.value.eligible) {
        if (holders.has(each.principalId.toLowerCase()))
          eligible.add(`${each.scope} ${each.roleDefinitionId}`.toLowerCase());
      }
      for (const assignment of assignments) {
        const { principalId, scope, roleDefinitionId } = assignment;
        const holder = principalId.toLowerCase();
        const key = `${scope} ${lastPart(
          roleDefinitionId,
        )} ${holder}`.toLowerCase();
        if (!holders.has(holder) || seen.has(key)) continue;
        const role = roles.get(lastPart(roleDefinitionId));
        if (!role) {
          missing = {
            code: 'not-found',
            message: `A role that is assigned on ${scope} is not among the roles that Azure lists there.`,
            actor: 'platform-team',
            action: 'Look the role assignment up in the Azure portal.',
          };
          continue;
        }
        seen.add(key);
        const through = holders.get(holder);
        const until = endOf(assignment, timeBound);
        grants.push(
          ...grantsOfAssignment(assignment, role, {
            names,
            ...(through && { through }),
            ...(until && { until }),
          }),
        );
      }
    }
    return {
      grants,
      assignments: seen.size,
      eligible: eligible.size,
      ...(missing && { missing }),
    };
  }
}

function endOf(
  { id, scope, principalId, roleDefinitionId }: wire.RoleAssignment,
  timeBound: wire.ScheduleInstance[],
): string | undefined {
  const found = timeBound.find(
    each =>
      (id !== undefined &&
        each.originRoleAssignmentId?.toLowerCase() === id.toLowerCase()) ||
      (each.principalId.toLowerCase() === principalId.toLowerCase() &&
        each.scope.toLowerCase() === scope.toLowerCase() &&
        lastPart(each.roleDefinitionId) === lastPart(roleDefinitionId)),
  );
  return found?.endDateTime?.toISOString();
}
