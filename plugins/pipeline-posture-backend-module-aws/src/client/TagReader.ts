import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { Fact, mapFact } from 'backstage-plugin-pipeline-posture-common';
import { AwsConnection } from './AwsConnection';

/** Tags of every pipeline of an account and region, by ARN. Pipelines without tags are not in it. */
export async function readPipelineTags(
  connection: AwsConnection,
): Promise<Fact<Map<string, Record<string, string>>>> {
  const client = connection.client(ResourceGroupsTaggingAPIClient);
  const resources = await connection.listAll(
    'tag:GetResources',
    `the tags of pipelines in ${connection.region}`,
    async (PaginationToken, options) => {
      const page = await client.send(
        new GetResourcesCommand({
          PaginationToken,
          ResourcesPerPage: 100,
          ResourceTypeFilters: ['codepipeline'],
        }),
        options,
      );
      return {
        items: page.ResourceTagMappingList ?? [],
        next: page.PaginationToken || undefined,
      };
    },
  );
  return mapFact(
    resources,
    all =>
      new Map(
        all.map(({ ResourceARN = '', Tags = [] }) => [
          ResourceARN,
          Object.fromEntries(
            Tags.map(({ Key = '', Value = '' }) => [Key, Value]),
          ),
        ]),
      ),
  );
}
