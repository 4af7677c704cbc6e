/** A security namespace: what permissions there are and which bit each one is. */
export interface SecurityNamespace {
  namespaceId: string;
  name: string;
  displayName: string | null;
  dataspaceCategory: string;
  readPermission: number;
  writePermission: number;
  /** Names of the permissions by bit position, lowest first. */
  actions: string[];
}

// Facts from a recorded `SecurityNamespaces` of the real service. Two
// namespaces really are called ReleaseManagement.
export const SECURITY_NAMESPACES: SecurityNamespace[] = [
  {
    namespaceId: '7c7d32f7-0e86-4cd6-892e-b35dbba870bd',
    name: 'ReleaseManagement',
    displayName: 'ReleaseManagement',
    dataspaceCategory: 'ReleaseManagement',
    readPermission: 0,
    writePermission: 0,
    actions: [
      'ViewTaskEditor',
      'ViewCDWorkflowEditor',
      'ExportReleaseDefinition',
      'ViewLegacyUI',
      'DeploymentSummaryAcrossProjects',
      'ViewExternalArtifactCommitsAndWorkItems',
    ],
  },
  {
    namespaceId: 'c788c23e-1b46-4162-8f5e-d7585343b5de',
    name: 'ReleaseManagement',
    displayName: 'ReleaseManagement',
    dataspaceCategory: 'ReleaseManagement',
    readPermission: 0,
    writePermission: 512,
    actions: [
      'ViewReleaseDefinition',
      'EditReleaseDefinition',
      'DeleteReleaseDefinition',
      'ManageReleaseApprovers',
      'ManageReleases',
      'ViewReleases',
      'CreateReleases',
      'EditReleaseEnvironment',
      'DeleteReleaseEnvironment',
      'AdministerReleasePermissions',
      'DeleteReleases',
      'ManageDeployments',
      'ManageReleaseSettings',
      'ManageTaskHubExtension',
    ],
  },
  {
    namespaceId: '2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87',
    name: 'Git Repositories',
    displayName: 'Git Repositories',
    dataspaceCategory: 'Git',
    readPermission: 2,
    writePermission: 8192,
    actions: [
      'Administer',
      'GenericRead',
      'GenericContribute',
      'ForcePush',
      'CreateBranch',
      'CreateTag',
      'ManageNote',
      'PolicyExempt',
      'CreateRepository',
      'DeleteRepository',
      'RenameRepository',
      'EditPolicies',
      'RemoveOthersLocks',
      'ManagePermissions',
      'PullRequestContribute',
      'PullRequestBypassPolicy',
      'ViewAdvSecAlerts',
      'DismissAdvSecAlerts',
      'ManageAdvSecScanning',
    ],
  },
  {
    namespaceId: '33344d9c-fc72-4d6f-aba5-fa317101a7e9',
    name: 'Build',
    displayName: null,
    dataspaceCategory: 'Build',
    readPermission: 0,
    writePermission: 16384,
    actions: [
      'ViewBuilds',
      'EditBuildQuality',
      'RetainIndefinitely',
      'DeleteBuilds',
      'ManageBuildQualities',
      'DestroyBuilds',
      'UpdateBuildInformation',
      'QueueBuilds',
      'ManageBuildQueue',
      'StopBuilds',
      'ViewBuildDefinition',
      'EditBuildDefinition',
      'DeleteBuildDefinition',
      'OverrideBuildCheckInValidation',
      'AdministerBuildPermissions',
      'CreateBuildDefinition',
      'EditPipelineQueueConfigurationPermission',
      'ManageStageRunOrderPermission',
      'AbandonBuilds',
    ],
  },
  {
    namespaceId: 'f6a4de49-dbe2-4704-86dc-f8ec1a294436',
    name: 'MetaTask',
    displayName: 'MetaTask',
    dataspaceCategory: 'DistributedTask',
    readPermission: 0,
    writePermission: 1,
    actions: ['Administer', 'Edit', 'Delete'],
  },
  {
    namespaceId: '49b48001-ca20-4adc-8111-5b60c903a50c',
    name: 'ServiceEndpoints',
    displayName: 'ServiceEndpoints',
    dataspaceCategory: 'DistributedTask',
    readPermission: 0,
    writePermission: 2,
    actions: [
      'Use',
      'Administer',
      'Create',
      'ViewAuthorization',
      'ViewEndpoint',
    ],
  },
  {
    namespaceId: 'b7e84409-6553-448a-bbb2-af228e07cbeb',
    name: 'Library',
    displayName: 'Library',
    dataspaceCategory: 'DistributedTask',
    readPermission: 1,
    writePermission: 2,
    actions: ['View', 'Administer', 'Create', 'ViewSecrets', 'Use', 'Owner'],
  },
  {
    namespaceId: '83d4c2e6-e57d-4d6e-892b-b87222b7ad20',
    name: 'Environment',
    displayName: 'Environment',
    dataspaceCategory: 'DistributedTask',
    readPermission: 1,
    writePermission: 8,
    actions: ['View', 'Manage', 'ManageHistory', 'Administer', 'Use', 'Create'],
  },
];

/** The namespace that grants the permissions people mean by this name. */
export function namespaceNamed(name: string): SecurityNamespace {
  const found = SECURITY_NAMESPACES.filter(each => each.name === name).at(-1);
  if (!found) throw new Error(`There is no security namespace named ${name}`);
  return found;
}

/** Turns names of permissions into a bit mask. */
export function maskOf(namespace: SecurityNamespace, names: string[]): number {
  return names.reduce((mask, name) => {
    const position = namespace.actions.indexOf(name);
    if (position < 0) {
      throw new Error(
        `${
          namespace.name
        } has no permission named ${name}; it has ${namespace.actions.join(
          ', ',
        )}`,
      );
    }
    return mask + 2 ** position;
  }, 0);
}
