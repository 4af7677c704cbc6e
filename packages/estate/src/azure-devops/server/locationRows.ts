import { AzureHost } from './locations';

/**
 * Where resources live, one a line: id, area, resource, route template,
 * resource version, lowest version, and the version it was released in. Facts from a
 * recorded `OPTIONS _apis` of the real service; the hosts other than core from
 * the route templates of Microsoft's specification, and Advanced Security from
 * Microsoft's client library.
 */
export const LOCATION_ROWS: Record<AzureHost, string> = {
  core: `
    e81700f7-3be2-46de-8624-2eb35882fcaa Location ResourceAreas _apis/{resource}/{areaId} 1 3.2 0.0
    00d9565f-ed9c-4a06-9a50-00e7896ccab4 Location ConnectionData _apis/{resource} 1 1.0 0.0
    603fe2ac-9723-48b9-88ad-09305aa6c6e1 core projects _apis/{resource}/{*projectId} 4 1.0 7.1
    c4aefd19-30ff-405b-80ad-aca021e7242a build generalSettings {project}/_apis/{area}/{resource} 1 6.0 7.1
    398c85bc-81aa-4822-947c-a194a05f0fef build authorizedresources {project}/_apis/{area}/{resource} 1 5.0 0.0
    ea623316-1967-45eb-89ab-e9e6110cf2d6 build resources {project}/_apis/{area}/definitions/{definitionId}/{resource} 1 5.0 0.0
    dbeaf647-6167-421a-bda9-c9327b25e2e6 Build Definitions {project}/_apis/build/{resource}/{definitionId} 7 1.0 7.1
    225f7195-f9c7-4d14-ab28-a83f7ff77e1f git repositories {project}/_apis/{area}/{resource}/{repositoryId} 1 1.0 7.1
    630fd2e4-fb88-4f85-ad21-13f3fd1fbca9 git itemsBatch {project}/_apis/{area}/repositories/{repositoryId}/{resource} 1 1.0 7.1
    fb93c0db-47ed-4a31-8c20-47552878fb44 git items {project}/_apis/{area}/repositories/{repositoryId}/{resource}/{*path} 1 1.0 7.1
    7b28e929-2c99-405d-9c5c-6167a06e6816 git blobs {project}/_apis/{area}/repositories/{repositoryId}/{resource}/{sha1} 1 1.0 7.1
    2d874a60-a811-4f62-9c9f-963a6ea0a55b git refs {project}/_apis/{area}/repositories/{repositoryId}/{resource}/{*filter} 2 1.0 7.1
    2c420070-a0a2-49cc-9639-c9f271c5ff07 git policyConfigurations {project}/_apis/{area}/policy/configurations 1 5.0 7.1
    dad91cbe-d183-45f8-9c6e-9c1164472121 policy configurations {project}/_apis/{area}/{resource}/{configurationId} 1 2.0 7.1
    b5b9a4a4-e6cd-4096-853c-ab7d8b0c4eb2 pipelinePermissions pipelinePermissions {project}/_apis/pipelines/{resource}/{resourceType}/{resourceId} 1 5.1 0.0
    86c8381e-5aee-4cde-8ae4-25c0c7f5eaea PipelinesChecks configurations {project}/_apis/pipelines/checks/{resource}/{id} 1 5.1 0.0
    5f3d0e64-f943-4584-8811-77eb495e831e PipelinesChecks queryconfigurations {project}/_apis/pipelines/checks/{resource} 1 5.2 0.0
    e85f1c62-adfc-4b74-b618-11a150fb195e serviceendpoint endpoints {project}/_apis/{area}/{resource}/{endpointId} 4 4.1 7.1
    10a16738-9299-4cd1-9a81-fd23ad6200d0 serviceendpoint executionhistory {project}/_apis/{area}/{endpointId}/{resource} 1 4.1 7.1
    d86b72de-d240-4d6f-8d06-08c2d66b015d environments environments {project}/_apis/pipelines/{resource}/{environmentId} 1 5.2 7.1
    8572b1fc-2482-47fa-8f74-7e3ed53ee54b distributedtask environments {project}/_apis/{area}/{resource}/{environmentId} 1 5.0 7.1
    f5b09dd5-9d54-45a1-8b5a-1c8287d634cc distributedtask variablegroups {project}/_apis/{area}/{resource}/{groupId} 2 3.1 7.1
    adcfd8bc-b184-43ba-bd84-7c8c6a2ff421 distributedtask securefiles {project}/_apis/{area}/{resource}/{secureFileId} 1 3.2 0.0
    900fa995-c559-4923-aae7-f8424fe4fbea distributedtask queues {project}/_apis/{area}/{resource}/{queueId} 1 2.0 7.1
    a8c47e17-4d56-4a56-92bb-de7ea7dc65be distributedtask pools _apis/{area}/{resource}/{poolId} 1 1.0 7.1
    6c08ffbf-dbf1-4f9a-94e5-a1cbd47005e7 distributedtask taskgroups {project}/_apis/{area}/{resource}/{taskGroupId} 1 3.0 7.1
    18a2ad18-7571-46ae-bec7-0c7da1495885 Security AccessControlLists _apis/{resource}/{securityNamespaceId} 1 1.0 7.1
    ce7b9f95-fde9-4be8-a86d-83b366f0b87a Security SecurityNamespaces _apis/{resource}/{securityNamespaceId} 1 1.0 7.1
    9461c234-c84c-4ed2-b918-2f0f92ad0a35 securityroles roleassignments _apis/{area}/scopes/{scopeId}/{resource}/resources/{resourceId}/{identityId} 1 2.2 0.0
    fc50d02a-849f-41fb-8af1-0a5216103269 hooks subscriptions _apis/{area}/{resource}/{subscriptionId} 1 1.0 7.1
    28e1305e-2afe-47bf-abaf-cbb0e6a91988 Pipelines pipelines {project}/_apis/{area}/{pipelineId} 1 5.1 7.1
    53df2d18-29ea-46a9-bee0-933540f80abf pipelines preview {project}/_apis/{area}/{pipelineId}/{resource} 2 5.1 7.1
  `,
  release: `
    d8f96f24-8ea7-4cb6-baab-2df8fc515665 Release definitions {project}/_apis/{area}/{resource}/{definitionId} 4 1.0 7.1
  `,
  graph: `
    28010c54-d0c0-4c89-a5b0-1c9e188b9fb7 IMS Identities _apis/{resource}/{identityId} 1 1.0 7.1
    ebbe6af8-0b91-4c13-8cf1-777c14858188 Graph Groups _apis/{area}/{resource}/{groupDescriptor} 1 4.1 0.0
    e34b6394-6b30-4435-94a9-409a5eef3e31 Graph Memberships _apis/{area}/{resource}/{subjectDescriptor} 1 4.1 0.0
    048aee0a-7072-4cde-ab73-7af77b1e0b4e Graph Descriptors _apis/{area}/{resource}/{storageKey} 1 4.1 0.0
  `,
  audit: `
    77d60bf9-1882-41c5-a90d-3a6d3c13fd3b audit streams _apis/{area}/{resource}/{streamId} 1 6.0 0.0
  `,
  advancedSecurity: `
    d0c0450f-8882-46f4-a5a8-e48fea3095b0 management enablement _apis/{area}/{resource} 1 7.1 0.0
  `,
};
