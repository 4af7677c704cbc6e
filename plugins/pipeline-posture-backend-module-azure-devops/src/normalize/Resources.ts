import {
  chainFact,
  Editor,
  Fact,
  Gate,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { AzureKnowledge } from '../client/azure/AzureKnowledge';
import * as wire from '../client/wire';
import {
  PipelineAccess,
  ResourceKey,
  resourceKey,
} from '../collect/protectedResources';
import {
  holdersOf,
  PermissionTable,
  unseenAmong,
} from '../collect/readPermissions';
import { Administration } from '../collect/administrationOfGroup';
import { LastUses } from '../collect/readConnectionUse';
import { RoleHolder } from '../collect/readRoles';
import { ProjectReadings } from '../collect/readProject';
import { gatesOf } from './gates';

/** Everything that was read of a project. */
export interface ProjectState extends ProjectReadings {
  access: ReadonlyMap<string, Fact<PipelineAccess>>;
  checks: ReadonlyMap<string, Fact<wire.CheckConfiguration[]>>;
  gitPermissions: Fact<PermissionTable>;
  buildPermissions: Fact<PermissionTable>;
  endpointPermissions: Fact<PermissionTable>;
  releasePermissions: Fact<PermissionTable>;
  taskGroupPermissions: Fact<PermissionTable>;
  broadGroups: ReadonlySet<string>;
  /** Whether groups administer all the time, by descriptor. */
  administration: ReadonlyMap<string, Administration>;
  /** Who may do everything in the organisation, as far as accounts are directly in its groups. */
  collectionEditors: Editor[];
  /** What Azure says of the principals behind connections, where it is connected. */
  azure?: AzureKnowledge;
  /** Address of the organisation, for links. */
  baseUrl: string;
}

const unseen = (
  what: string,
  name: string,
  permission: string,
): UnknownReason => ({
  code: 'not-found',
  message: `The ${what} "${name}" does not exist, or the reader may not see it.`,
  permission,
  actor: 'platform-team',
  action: `Check that the ${what} exists, and give the reader the role Reader on it.`,
});

/** The role that a set of permissions on a service connection amounts to. */
function roleFrom(allowed: ReadonlySet<string>): string {
  if (allowed.has('Administer')) return 'Administrator';
  if (allowed.has('Use')) return 'User';
  return allowed.has('Create') ? 'Creator' : 'Reader';
}

/** Finds the resources of a project by the names and ids that pipelines use for them. */
export class Resources {
  readonly state: ProjectState;
  readonly #connections = new Map<string, wire.ServiceConnection>();
  readonly #environments = new Map<string, wire.Environment>();
  readonly #groups = new Map<string, wire.VariableGroup>();
  readonly #queues = new Map<string, wire.Queue>();
  readonly #secureFiles = new Map<string, wire.SecureFile>();
  #roles: ReadonlyMap<string, Fact<RoleHolder[]>> = new Map();
  #lastUses: LastUses = new Map();

  constructor(state: ProjectState) {
    this.state = state;
    for (const each of state.connections.known ? state.connections.value : []) {
      this.#connections.set(each.name.toLowerCase(), each);
      this.#connections.set(each.id.toLowerCase(), each);
    }
    for (const each of state.environments.known
      ? state.environments.value
      : []) {
      this.#environments.set(each.name.toLowerCase(), each);
    }
    for (const each of state.variableGroups.known
      ? state.variableGroups.value
      : []) {
      this.#groups.set(each.name.toLowerCase(), each);
      this.#groups.set(String(each.id), each);
    }
    for (const each of state.secureFiles.known ? state.secureFiles.value : []) {
      this.#secureFiles.set(each.name.toLowerCase(), each);
      this.#secureFiles.set(each.id.toLowerCase(), each);
    }
    for (const each of state.queues.known ? state.queues.value : []) {
      this.#queues.set(each.name.toLowerCase(), each);
      this.#queues.set(String(each.id), each);
    }
  }

  /** Roles are read last, since only what production uses is worth the calls. */
  addRoles(roles: ReadonlyMap<string, Fact<RoleHolder[]>>): void {
    this.#roles = roles;
  }

  /** When connections were last used; read last, since only those in question are worth the calls. */
  addLastUses(uses: LastUses): void {
    this.#lastUses = uses;
  }

  /** When a connection was last used, if that was asked. */
  lastUse({ id }: wire.ServiceConnection): Fact<string | null> | undefined {
    return this.#lastUses.get(id.toLowerCase());
  }

  roles(resource: ResourceKey): Fact<RoleHolder[]> {
    return (
      this.#roles.get(resourceKey(resource)) ??
      unknown({
        code: 'not-found',
        message: `The roles on ${resource.type} ${resource.id} were not read.`,
        actor: 'platform-team',
        action: 'Give the reader the role Reader on it.',
      })
    );
  }

  /** Roles on a service connection, from the permissions that they are made of. */
  connectionRoles({ id }: wire.ServiceConnection): Fact<RoleHolder[]> {
    const { endpointPermissions, project } = this.state;
    return chainFact(endpointPermissions, table => {
      const roles = holdersOf(table, `endpoints/${project.id}/${id}`).map(
        holder => ({
          principal: holder.principal,
          role: roleFrom(holder.allowed),
        }),
      );
      const reason = unseenAmong(
        roles.flatMap(({ principal, role }) =>
          role === 'Reader' ? [] : [principal],
        ),
      );
      return reason ? unknown(reason) : known(roles);
    });
  }

  get settingsUrl(): string {
    return `${this.state.baseUrl}/${encodeURIComponent(
      this.state.project.name,
    )}/_settings`;
  }

  #find<T>(
    all: Map<string, T>,
    list: Fact<unknown>,
    name: string,
    what: string,
    permission: string,
  ): Fact<T> {
    if (!list.known) return list;
    const found = all.get(name.trim().toLowerCase());
    return found
      ? known(found, list.evidence)
      : unknown(unseen(what, name, permission));
  }

  connection(nameOrId: string): Fact<wire.ServiceConnection> {
    return this.#find(
      this.#connections,
      this.state.connections,
      nameOrId,
      'service connection',
      'Service Connections (Read) (vso.serviceendpoint) and Reader on the service connection',
    );
  }

  /** True only if a connection is certainly called so. */
  hasConnection(nameOrId: string): boolean {
    return this.#connections.has(nameOrId.trim().toLowerCase());
  }

  environment(name: string): Fact<wire.Environment> {
    return this.#find(
      this.#environments,
      this.state.environments,
      name,
      'environment',
      'Build (Read) (vso.build) and Reader on the environment',
    );
  }

  variableGroup(nameOrId: string): Fact<wire.VariableGroup> {
    return this.#find(
      this.#groups,
      this.state.variableGroups,
      nameOrId,
      'variable group',
      'Variable Groups (Read) (vso.variablegroups_read) and Reader on the variable group',
    );
  }

  secureFile(nameOrId: string): Fact<wire.SecureFile> {
    return this.#find(
      this.#secureFiles,
      this.state.secureFiles,
      nameOrId,
      'secure file',
      'Secure Files (Read) (vso.securefiles_read) and Reader on the secure file',
    );
  }

  queue(nameOrId: string): Fact<wire.Queue> {
    return this.#find(
      this.#queues,
      this.state.queues,
      nameOrId,
      'agent queue',
      'Agent Pools (Read) (vso.agentpools) and Reader on the queue',
    );
  }

  access(resource: ResourceKey): Fact<PipelineAccess> {
    return (
      this.state.access.get(resourceKey(resource)) ??
      unknown({
        code: 'not-found',
        message: `The permissions of ${resource.type} ${resource.id} were not read.`,
        actor: 'platform-team',
        action: 'Give the reader the role Reader on it.',
      })
    );
  }

  gates(resource: ResourceKey, title: string, url: string): Fact<Gate[]> {
    const checks = this.state.checks.get(resourceKey(resource));
    return checks
      ? gatesOf(checks, { title, url }, this.state.broadGroups)
      : known([]);
  }

  connectionUrl({ id }: wire.ServiceConnection): string {
    return `${this.settingsUrl}/adminservices?resourceId=${encodeURIComponent(
      id,
    )}`;
  }

  environmentUrl({ id }: wire.Environment): string {
    return `${this.state.baseUrl}/${encodeURIComponent(
      this.state.project.name,
    )}/_environments/${id}?view=resources`;
  }
}
