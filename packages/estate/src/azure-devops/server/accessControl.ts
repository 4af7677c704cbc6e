import { AzureOrganisation, AzureProject, Permission } from '../state';
import { buildService, identityOf } from './identities';
import { branchToken } from './identifiers';
import { maskOf, namespaceNamed, SecurityNamespace } from './namespaces';
import { connectionId, repositoryId, projectId } from './lookup';

interface Entry {
  descriptor: string;
  allow: number;
  deny: number;
}

/** Access control entries by token, of one namespace. */
export type AccessControlTable = Map<string, Map<string, Entry>>;

// What a new project grants, beside its administrators, who hold everything.
const DEFAULTS: Record<string, Array<[who: string, permissions: string[]]>> = {
  'Git Repositories': [
    [
      'Contributors',
      [
        'GenericRead',
        'GenericContribute',
        'CreateBranch',
        'CreateTag',
        'ManageNote',
        'PullRequestContribute',
      ],
    ],
    ['Readers', ['GenericRead']],
    ['Build Service', ['GenericRead']],
  ],
  Build: [
    [
      'Contributors',
      [
        'ViewBuilds',
        'EditBuildQuality',
        'RetainIndefinitely',
        'QueueBuilds',
        'StopBuilds',
        'ViewBuildDefinition',
        'EditBuildDefinition',
        'DeleteBuildDefinition',
        'CreateBuildDefinition',
      ],
    ],
    ['Readers', ['ViewBuilds', 'ViewBuildDefinition']],
    [
      'Build Administrators',
      [
        'ViewBuilds',
        'QueueBuilds',
        'ViewBuildDefinition',
        'EditBuildDefinition',
        'DeleteBuildDefinition',
        'AdministerBuildPermissions',
        'CreateBuildDefinition',
      ],
    ],
  ],
  ReleaseManagement: [
    [
      'Contributors',
      [
        'ViewReleaseDefinition',
        'EditReleaseDefinition',
        'DeleteReleaseDefinition',
        'ManageReleaseApprovers',
        'ManageReleases',
        'ViewReleases',
        'CreateReleases',
        'EditReleaseEnvironment',
        'ManageDeployments',
      ],
    ],
    ['Readers', ['ViewReleaseDefinition', 'ViewReleases']],
  ],
  MetaTask: [['Contributors', []]],
};

const ROOTS: Record<string, string> = {
  'Git Repositories': 'repoV2/',
  ServiceEndpoints: 'endpoints/',
};

/** A role on a service connection is a set of permissions underneath. */
const ROLE_PERMISSIONS = {
  Reader: ['ViewEndpoint'],
  User: ['Use', 'ViewEndpoint'],
  Creator: ['Create', 'ViewEndpoint'],
  Administrator: ['Use', 'Administer', 'ViewEndpoint'],
};

function tokenOf(project: AzureProject, permission: Permission): string {
  const id = projectId(project);
  if (permission.namespace === 'Git Repositories') {
    const parts = ['repoV2', id];
    if (permission.repository)
      parts.push(repositoryId(project, permission.repository));
    if (permission.branch) parts.push(branchToken(permission.branch));
    return parts.join('/');
  }
  const item =
    permission.pipeline ?? permission.release ?? permission.taskGroup;
  const folder = [...project.pipelines, ...project.releases].find(
    each => each.id === (permission.pipeline ?? permission.release),
  )?.folder;
  const path = (folder ?? '').split('\\').filter(Boolean);
  return [id, ...path, ...(item === undefined ? [] : [String(item)])].join('/');
}

/** Everything that is set in one namespace, the defaults of each project first. */
export function accessControlTable(
  state: AzureOrganisation,
  namespace: SecurityNamespace,
): AccessControlTable {
  const table: AccessControlTable = new Map();
  const set = (
    token: string,
    identity: string,
    allow: number,
    deny: number,
  ) => {
    const { descriptor } = identityOf(identity);
    const entries = table.get(token) ?? new Map<string, Entry>();
    entries.set(descriptor, { descriptor, allow, deny });
    table.set(token, entries);
  };
  for (const project of state.projects) {
    const id = projectId(project);
    const root = `${ROOTS[namespace.name] ?? ''}${id}`;
    for (const connection of namespace.name === 'ServiceEndpoints'
      ? project.serviceConnections
      : []) {
      const token = `${root}/${connectionId(project, connection.name)}`;
      for (const { identity, role } of connection.roles) {
        set(token, identity, maskOf(namespace, ROLE_PERMISSIONS[role]), 0);
      }
    }
    set(
      root,
      `[${project.name}]\\Project Administrators`,
      maskOf(namespace, namespace.actions),
      0,
    );
    for (const [who, names] of DEFAULTS[namespace.name] ?? []) {
      const identity =
        who === 'Build Service'
          ? buildService(project.name, state.organisation)
          : `[${project.name}]\\${who}`;
      set(root, identity, maskOf(namespace, names), 0);
    }
    for (const permission of project.permissions) {
      if (namespaceNamed(permission.namespace) !== namespace) continue;
      set(
        tokenOf(project, permission),
        permission.identity,
        maskOf(namespace, permission.allow),
        maskOf(namespace, permission.deny),
      );
    }
  }
  return table;
}

/** What holds for an identity on a token, its own entry before those above it. */
export function effective(
  table: AccessControlTable,
  token: string,
  descriptor: string,
): { allow: number; deny: number } {
  let allow = 0;
  let deny = 0;
  const parts = token.split('/');
  for (let depth = parts.length; depth > 0; depth -= 1) {
    const entry = table.get(parts.slice(0, depth).join('/'))?.get(descriptor);
    if (!entry) continue;
    // What is closer to the resource decides; a deny beats an allow beside it.
    const undecided = ~(allow | deny);
    deny |= entry.deny & undecided;
    allow |= entry.allow & ~entry.deny & undecided;
  }
  return { allow, deny };
}
