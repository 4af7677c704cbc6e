/** One call to Azure or to Microsoft Graph, with what it takes to be allowed to. */
export interface AzureOperation {
  /** As it stands in evidence and reasons. */
  call: string;
  /** What the reader must have, by Azure's own name. */
  permission: string;
  /** What becomes unknown without it. */
  without: string;
}

const READER = 'Reader on the subscription';
const GRAPH =
  'Application.Read.All (Microsoft Graph, application permission with admin consent)';
const GROUP_MEMBERS =
  'GroupMember.Read.All (Microsoft Graph, application permission with admin consent)';

/** Every call that is made to Azure. The list of permissions in the documentation is made from it. */
export const AZURE_OPERATIONS = {
  subscriptions: {
    call: 'GET /subscriptions',
    permission: READER,
    without:
      'Which subscriptions there are, beyond those that connections name.',
  },
  roleAssignments: {
    call: 'GET /{scope}/providers/Microsoft.Authorization/roleAssignments',
    permission: READER,
    without: 'What the identities of service connections may do in Azure.',
  },
  roleDefinitions: {
    call: 'GET /{scope}/providers/Microsoft.Authorization/roleDefinitions',
    permission: READER,
    without: 'What built-in and custom roles allow.',
  },
  roleAssignmentScheduleInstances: {
    call: 'GET /{scope}/providers/Microsoft.Authorization/roleAssignmentScheduleInstances',
    permission: READER,
    without: 'Which role assignments end by themselves.',
  },
  roleEligibilityScheduleInstances: {
    call: 'GET /{scope}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances',
    permission: READER,
    without: 'Which roles are only eligible.',
  },
  servicePrincipals: {
    call: 'GET /v1.0/servicePrincipals',
    permission: GRAPH,
    without:
      'Which principal in Azure a service connection stands for, and with it what the connection may do.',
  },
  transitiveMemberOf: {
    call: 'GET /v1.0/servicePrincipals/{id}/transitiveMemberOf',
    permission: GRAPH,
    without: 'Roles that a connection holds as a member of a group.',
  },
  applications: {
    call: 'GET /v1.0/applications',
    permission: GRAPH,
    without: 'Age and expiry of secrets and certificates.',
  },
  federatedIdentityCredentials: {
    call: "GET /v1.0/applications(appId='{appId}')/federatedIdentityCredentials",
    permission: GRAPH,
    without: 'Who else may act as the application of a connection.',
  },
  members: {
    call: 'GET /v1.0/groups/{id}/members',
    permission: GROUP_MEMBERS,
    without: 'Who is in groups of Microsoft Entra that administer pipelines.',
  },
  memberApplications: {
    call: 'GET /v1.0/groups/{id}/members/microsoft.graph.servicePrincipal',
    permission: GROUP_MEMBERS,
    without: 'Which applications are in them.',
  },
  groups: {
    call: 'GET /v1.0/groups',
    permission: GROUP_MEMBERS,
    without: 'Whether a group that seems to be empty hides its members.',
  },
  groupAssignments: {
    call: 'GET /v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleInstances',
    permission:
      'PrivilegedAssignmentSchedule.Read.AzureADGroup (Microsoft Graph, application permission with admin consent)',
    without: 'Who is in such a group only for a while.',
  },
  groupEligibility: {
    call: 'GET /v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
    permission:
      'PrivilegedEligibilitySchedule.Read.AzureADGroup (Microsoft Graph, application permission with admin consent)',
    without:
      'Only whether somebody may activate membership of a group that nobody is in: it counts as time-bound then.',
  },
} as const satisfies Record<string, AzureOperation>;

/** Name of a call to Azure. */
export type AzureOperationName = keyof typeof AZURE_OPERATIONS;
