/** The hosts that an organisation is spread over. */
export type AzureHost =
  | 'core'
  | 'release'
  | 'graph'
  | 'audit'
  | 'advancedSecurity';

/** One call that the collector makes, with what it takes to be allowed to. */
export interface Operation {
  host: AzureHost;
  method: 'GET' | 'POST';
  /** Below the organisation; `{project}` and others are filled in by name. */
  path: string;
  apiVersion: string;
  /** OAuth scope, as Microsoft's specification names it. */
  scope: string;
  /** The same as people tick it on a personal access token. */
  tokenScope: string;
  /** What the identity itself needs beyond that scope. */
  userPermission: string;
  /** What becomes unknown without it. */
  without: string;
}

const READERS = 'member of the project group Readers';
const CODE = { scope: 'vso.code', tokenScope: 'Code (Read)' };
const BUILD = { scope: 'vso.build', tokenScope: 'Build (Read)' };
const SECURITY = {
  // Not declared in the specification; the documented category is Security (Manage).
  scope: 'vso.security_manage',
  tokenScope: 'Security (Manage)',
};

/** Every call that the collector makes. The list of permissions in the documentation is made from it. */
export const OPERATIONS = {
  projects: {
    host: 'core',
    method: 'GET',
    path: '_apis/projects',
    apiVersion: '7.1',
    scope: 'vso.project',
    tokenScope: 'Project and Team (Read)',
    userPermission: READERS,
    without: 'No project of the organisation is found.',
  },
  generalSettings: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/build/generalsettings',
    apiVersion: '7.1',
    ...BUILD,
    userPermission: READERS,
    without:
      'Settings of pipelines: job token scope, variables that can be set at queue time, forks.',
  },
  definitions: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/build/definitions',
    apiVersion: '7.1',
    ...BUILD,
    userPermission: 'View build pipeline',
    without: 'YAML and classic build pipelines are not found.',
  },
  releases: {
    host: 'release',
    method: 'GET',
    path: '{project}/_apis/release/definitions',
    apiVersion: '7.1',
    scope: 'vso.release',
    tokenScope: 'Release (Read)',
    userPermission: 'View release pipeline',
    without: 'Classic release pipelines are not found.',
  },
  release: {
    host: 'release',
    method: 'GET',
    path: '{project}/_apis/release/definitions/{id}',
    apiVersion: '7.1',
    scope: 'vso.release',
    tokenScope: 'Release (Read)',
    userPermission: 'View release pipeline',
    without: 'Everything about that release pipeline.',
  },
  repositories: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/git/repositories',
    apiVersion: '7.1',
    ...CODE,
    userPermission: 'Read on the repositories',
    without: 'Pipeline files and branch protection.',
  },
  itemsBatch: {
    host: 'core',
    method: 'POST',
    path: '{project}/_apis/git/repositories/{repository}/itemsbatch',
    apiVersion: '7.1',
    ...CODE,
    userPermission: 'Read on the repository',
    without: 'Everything that the YAML of a pipeline says.',
  },
  blobs: {
    host: 'core',
    method: 'POST',
    path: '{project}/_apis/git/repositories/{repository}/blobs',
    apiVersion: '7.1',
    ...CODE,
    userPermission: 'Read on the repository',
    without: 'Everything that the YAML of a pipeline says.',
  },
  item: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/git/repositories/{repository}/items',
    apiVersion: '7.1',
    ...CODE,
    userPermission: 'Read on the repository',
    without: 'Everything that the YAML of a pipeline says.',
  },
  preview: {
    host: 'core',
    method: 'POST',
    path: '{project}/_apis/pipelines/{id}/preview',
    apiVersion: '7.1',
    ...BUILD,
    userPermission: 'Queue builds (only with preview switched on)',
    without:
      'Pipelines whose YAML lies on another host or cannot be resolved here.',
  },
  policies: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/policy/configurations',
    apiVersion: '7.1',
    ...CODE,
    userPermission: READERS,
    without: 'Branch protection: reviewers, checks, who approves.',
  },
  pipelinePermissions: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/pipelines/pipelinepermissions/{type}/{id}',
    apiVersion: '7.1-preview.1',
    ...BUILD,
    userPermission: 'Reader on the resource',
    without:
      'Which pipelines may use a service connection, environment, variable group, secure file or queue.',
  },
  checks: {
    host: 'core',
    method: 'POST',
    path: '{project}/_apis/pipelines/checks/queryconfigurations',
    apiVersion: '7.1-preview.1',
    ...BUILD,
    userPermission: 'Reader on the resources',
    without: 'Approvals and checks on environments and service connections.',
  },
  serviceConnections: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/serviceendpoint/endpoints',
    apiVersion: '7.1',
    scope: 'vso.serviceendpoint',
    tokenScope: 'Service Connections (Read)',
    userPermission: 'Reader on the service connections',
    without:
      'Credentials, scope and sharing of the identities that pipelines deploy with.',
  },
  connectionHistory: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/serviceendpoint/{id}/executionhistory',
    apiVersion: '7.1-preview.1',
    scope: 'vso.serviceendpoint',
    tokenScope: 'Service Connections (Read)',
    userPermission: 'Reader on the service connections',
    without: 'Whether service connections that no recent run names are used.',
  },
  environments: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/pipelines/environments',
    apiVersion: '7.1',
    ...BUILD,
    userPermission: 'Reader on the environments',
    without: 'Environments, and with them their approvals and checks.',
  },
  variableGroups: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/distributedtask/variablegroups',
    apiVersion: '7.1',
    scope: 'vso.variablegroups_read',
    tokenScope: 'Variable Groups (Read)',
    userPermission: 'Reader on the variable groups',
    without:
      'Secrets that variable groups hold, and values that look like secrets.',
  },
  secureFiles: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/distributedtask/securefiles',
    apiVersion: '7.1-preview.1',
    scope: 'vso.securefiles_read',
    tokenScope: 'Secure Files (Read)',
    userPermission: 'Reader on the secure files',
    without: 'Whether secure files are open to every pipeline.',
  },
  queues: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/distributedtask/queues',
    apiVersion: '7.1',
    scope: 'vso.agentpools',
    tokenScope: 'Agent Pools (Read)',
    userPermission: 'Reader on the agent queues',
    without: 'Which machines run the pipelines, and who shares them.',
  },
  pools: {
    host: 'core',
    method: 'GET',
    path: '_apis/distributedtask/pools',
    apiVersion: '7.1',
    scope: 'vso.agentpools',
    tokenScope: 'Agent Pools (Read)',
    userPermission: 'Reader on the agent pools',
    without: 'Whether pools are handed to every new project.',
  },
  taskGroups: {
    host: 'core',
    method: 'GET',
    path: '{project}/_apis/distributedtask/taskgroups',
    apiVersion: '7.1',
    scope: 'vso.taskgroups_read',
    tokenScope: 'Task Groups (Read)',
    userPermission: READERS,
    without: 'What the task groups of classic pipelines do.',
  },
  accessControlLists: {
    host: 'core',
    method: 'GET',
    path: '_apis/accesscontrollists/{namespace}',
    apiVersion: '7.1',
    ...SECURITY,
    userPermission:
      'View permissions of the project (Edit project-level information is not needed)',
    without:
      'Who may edit pipelines, bypass branch policies or push with the build identity.',
  },
  securityNamespaces: {
    host: 'core',
    method: 'GET',
    path: '_apis/securitynamespaces',
    apiVersion: '7.1',
    ...SECURITY,
    userPermission: 'none',
    without:
      'The names of permissions, and with them everything that depends on access control lists.',
  },
  identities: {
    host: 'graph',
    method: 'GET',
    path: '_apis/identities',
    apiVersion: '7.1',
    scope: 'vso.identity',
    tokenScope: 'Identity (Read)',
    userPermission: 'View user and group information',
    without: 'The names of those who hold permissions.',
  },
  roleAssignments: {
    host: 'core',
    method: 'GET',
    path: '_apis/securityroles/scopes/{scopeId}/roleassignments/resources/{resourceId}',
    apiVersion: '7.1-preview.1',
    ...SECURITY,
    userPermission: 'Reader on the resource',
    without:
      'Who holds the User and Administrator roles on production connections and environments.',
  },
  memberships: {
    host: 'graph',
    method: 'GET',
    path: '_apis/graph/memberships/{descriptor}',
    apiVersion: '7.1-preview.1',
    scope: 'vso.graph',
    tokenScope: 'Graph (Read)',
    userPermission: 'View user and group information',
    without: 'Whether people administer pipelines all the time.',
  },
  group: {
    host: 'graph',
    method: 'GET',
    path: '_apis/graph/groups/{descriptor}',
    apiVersion: '7.1-preview.1',
    scope: 'vso.graph',
    tokenScope: 'Graph (Read)',
    userPermission: 'View user and group information',
    without:
      'Which group of Microsoft Entra administers, where Azure is connected.',
  },
  auditStreams: {
    host: 'audit',
    method: 'GET',
    path: '_apis/audit/streams',
    apiVersion: '7.1-preview.1',
    scope: 'vso.auditlog',
    tokenScope: 'Audit Log (Read)',
    userPermission: 'View audit log, and Manage audit streams',
    without: 'Whether changes are recorded outside the organisation.',
  },
  advancedSecurity: {
    host: 'advancedSecurity',
    method: 'GET',
    path: '_apis/management/enablement',
    apiVersion: '7.2-preview.1',
    scope: 'vso.advsec',
    tokenScope: 'Advanced Security (Read)',
    userPermission: 'Advanced Security: read alerts',
    without:
      'Whether Advanced Security turns away pushes with secrets in them.',
  },
  hooks: {
    host: 'core',
    method: 'GET',
    path: '_apis/hooks/subscriptions',
    apiVersion: '7.1',
    ...BUILD,
    userPermission: 'View subscriptions',
    without: 'Whether failures reach someone.',
  },
} as const satisfies Record<string, Operation>;

/** Name of a call. */
export type OperationName = keyof typeof OPERATIONS;
