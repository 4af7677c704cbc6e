import { AuthorizationManagementClient } from '@azure/arm-authorization';
import type { CommonClientOptions } from '@azure/core-client';
import type { TokenCredential } from '@azure/identity';
import { Fact, known } from 'backstage-plugin-pipeline-posture-common';
import { Pacer } from '../Pacer';
import { pacedPolicy } from './connection';
import { pagesOf } from './pages';
import { readAll, readSchedules } from './readAll';
import * as wire from './wire';

/** Who holds which role on a subscription or management group, on what is above it and on what is below. */
export interface ScopeRights {
  /** `/subscriptions/<id>` or `/providers/Microsoft.Management/managementGroups/<id>`. */
  scope: string;
  assignments: wire.RoleAssignment[];
  /** By the id that the last part of a role definition's address is. */
  roles: ReadonlyMap<string, wire.RoleDefinition>;
  /** Assignments that end by themselves. Empty in a tenant without Privileged Identity Management. */
  timeBound: wire.ScheduleInstance[];
  /** Roles that somebody may activate and does not hold. */
  eligible: wire.ScheduleInstance[];
}

const SUBSCRIPTIONS_API = '2022-12-01';

/** Last part of an address, in lower case. */
export const lastPart = (id: string) =>
  (id.split('/').at(-1) ?? id).toLowerCase();

/** Reads role assignments through Azure Resource Manager, a whole subscription at a time. It only reads. */
export class ResourceManager {
  readonly #client: AuthorizationManagementClient;
  readonly #endpoint: string;
  readonly #signal: AbortSignal;

  static create(options: {
    credential: TokenCredential;
    endpoint: string;
    clientOptions: CommonClientOptions;
    pacer: Pacer;
    signal: AbortSignal;
  }): ResourceManager {
    return new ResourceManager(options);
  }

  private constructor({
    credential,
    endpoint,
    clientOptions,
    pacer,
    signal,
  }: Parameters<typeof ResourceManager.create>[0]) {
    this.#endpoint = endpoint;
    this.#signal = signal;
    this.#client = new AuthorizationManagementClient(credential, '-', {
      ...clientOptions,
      endpoint,
      $host: endpoint,
    });
    this.#client.pipeline.addPolicy(pacedPolicy(endpoint, pacer), {
      phase: 'Retry',
    });
  }

  /** Every subscription that the reader sees. */
  subscriptions(): Promise<Fact<wire.Subscription[]>> {
    return readAll(
      'subscriptions',
      'the tenant',
      wire.subscription,
      pagesOf(
        this.#client,
        `${this.#endpoint}/subscriptions?api-version=${SUBSCRIPTIONS_API}`,
        'nextLink',
        this.#signal,
      ),
    );
  }

  /** @param title - the scope as people know it: `subscription Contoso Production` */
  async readScope(scope: string, title: string): Promise<Fact<ScopeRights>> {
    const client = this.#client;
    const abort = { abortSignal: this.#signal };
    const read = scope.replace(/^\//, '');
    const below = await readAll(
      'roleAssignments',
      title,
      wire.roleAssignment,
      client.roleAssignments.listForScope(read, abort),
    );
    // One refusal tells as much as five.
    if (!below.known) return below;
    const [above, roles, timeBound, eligible] = await Promise.all([
      // What is inherited is promised for this filter only.
      readAll(
        'roleAssignments',
        title,
        wire.roleAssignment,
        client.roleAssignments.listForScope(read, {
          ...abort,
          filter: 'atScope()',
        }),
      ),
      readAll(
        'roleDefinitions',
        title,
        wire.roleDefinition,
        client.roleDefinitions.list(read, {
          ...abort,
          filter: 'atScopeAndBelow()',
        }),
      ),
      this.#schedules('roleAssignmentScheduleInstances', read, title),
      this.#schedules('roleEligibilityScheduleInstances', read, title),
    ]);
    if (!above.known) return above;
    if (!roles.known) return roles;
    const assignments = new Map(
      [...below.value, ...above.value].map(each => [
        each.id ?? JSON.stringify(each),
        each,
      ]),
    );
    return known(
      {
        scope,
        // People are most of them, and no pipeline acts as one.
        assignments: [...assignments.values()].filter(
          ({ principalType }) => principalType !== 'User',
        ),
        roles: new Map(
          roles.value.map(each => [each.name.toLowerCase(), each]),
        ),
        // Without these, every assignment counts as standing, which is never too good.
        timeBound: timeBound.known ? timeBound.value : [],
        eligible: eligible.known ? eligible.value : [],
      },
      below.evidence,
    );
  }

  #schedules(
    kind:
      | 'roleAssignmentScheduleInstances'
      | 'roleEligibilityScheduleInstances',
    scope: string,
    title: string,
  ): Promise<Fact<wire.ScheduleInstance[]>> {
    return readSchedules(
      kind,
      title,
      wire.scheduleInstance,
      this.#client[kind].listForScope(scope, { abortSignal: this.#signal }),
    );
  }
}
