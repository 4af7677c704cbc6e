import {
  AzureDevOpsEstate,
  AzureOrganisation,
  GENERATED_AZURE_TOKEN,
} from 'pipeline-posture-estate';

interface Listed {
  value: Array<{ id: string | number; name: string }>;
}

/**
 * What a scanner does that looks at one thing after the other: each pipeline
 * with its definition and code, each resource with its permissions, checks and
 * roles. Every call is really made; the estate counts them.
 */
export async function runNaivePlan(
  estate: AzureDevOpsEstate,
  state: AzureOrganisation,
): Promise<number> {
  const headers = {
    authorization: `Basic ${Buffer.from(`:${GENERATED_AZURE_TOKEN}`).toString(
      'base64',
    )}`,
    'content-type': 'application/json',
  };
  const { core, release } = estate.urls;
  const get = async (url: string) =>
    (await fetch(url, { headers })).json() as Promise<Listed>;
  const touch = async (url: string) =>
    void (await (await fetch(url, { headers })).text());
  estate.calls.reset();
  const projects = await get(`${core}/_apis/projects?api-version=7.1`);
  for (const { id: projectId, name } of projects.value) {
    const p = `${core}/${name}/_apis`;
    const own = state.projects.find(each => each.name === name);
    const definitions = await get(`${p}/build/definitions?api-version=7.1`);
    for (const { id } of definitions.value) {
      const pipeline = own?.pipelines.find(each => each.id === id);
      await touch(`${p}/build/definitions/${id}?api-version=7.1`);
      if (pipeline?.kind !== 'yaml') continue;
      const item = `${p}/git/repositories/${pipeline.repository}/items?includeContent=true&api-version=7.1`;
      await touch(`${item}&path=${pipeline.yamlFilename}`);
      await touch(`${item}&path=/templates/deploy.yml`);
    }
    const resource = async (
      type: string,
      id: string | number,
      scope?: string,
    ) => {
      await touch(
        `${p}/pipelines/pipelinepermissions/${type}/${id}?api-version=7.1-preview.1`,
      );
      if (type === 'repository') return;
      await touch(
        `${p}/pipelines/checks/configurations?resourceType=${type}&resourceId=${id}&$expand=settings&api-version=7.1-preview.1`,
      );
      if (scope)
        await touch(
          `${core}/_apis/securityroles/scopes/${scope}/roleassignments/resources/${projectId}_${id}?api-version=7.1-preview.1`,
        );
    };
    for (const { id } of (
      await get(`${p}/serviceendpoint/endpoints?api-version=7.1`)
    ).value) {
      await resource('endpoint', id, 'distributedtask.serviceendpointrole');
      await touch(
        `${p}/serviceendpoint/${id}/executionhistory?top=1&api-version=7.1-preview.1`,
      );
    }
    for (const { id } of (
      await get(`${p}/pipelines/environments?api-version=7.1`)
    ).value) {
      await resource(
        'environment',
        id,
        'distributedtask.environmentreferencerole',
      );
    }
    for (const { id } of (await get(`${p}/git/repositories?api-version=7.1`))
      .value) {
      await resource('repository', `${projectId}.${id}`);
      await touch(`${p}/policy/configurations?api-version=7.1`);
      await touch(
        `${core}/_apis/accesscontrollists/2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87?token=repoV2/${projectId}/${id}&api-version=7.1`,
      );
    }
    for (const { id } of (
      await get(`${release}/${name}/_apis/release/definitions?api-version=7.1`)
    ).value) {
      await touch(
        `${release}/${name}/_apis/release/definitions/${id}?api-version=7.1`,
      );
    }
  }
  return estate.calls.count();
}
