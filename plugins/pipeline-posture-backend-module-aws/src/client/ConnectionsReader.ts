import {
  CodeStarConnectionsClient,
  GetHostCommand,
  ListConnectionsCommand,
} from '@aws-sdk/client-codestar-connections';
import { Fact, mapFact } from 'backstage-plugin-pipeline-posture-common';
import { AwsConnection } from './AwsConnection';

/** A connection to a source host. */
export interface HostConnection {
  arn: string;
  /** `GitHub`, `Bitbucket`, `GitHubEnterpriseServer`, `GitLab`, `GitLabSelfManaged`, `AzureDevOps`. */
  providerType: string;
  status: string;
  hostArn?: string;
}

/** Connections of one account and region. */
export function listConnections(
  connection: AwsConnection,
): Promise<Fact<HostConnection[]>> {
  return connection.listAll(
    'codestar-connections:ListConnections',
    `the connections of ${connection.region}`,
    async (NextToken, options) => {
      const page = await connection
        .client(CodeStarConnectionsClient)
        .send(
          new ListConnectionsCommand({ NextToken, MaxResults: 100 }),
          options,
        );
      return {
        items: (page.Connections ?? []).map(
          ({
            ConnectionArn = '',
            ProviderType = '',
            ConnectionStatus = '',
            HostArn,
          }) => ({
            arn: ConnectionArn,
            providerType: ProviderType,
            status: ConnectionStatus,
            hostArn: HostArn,
          }),
        ),
        next: page.NextToken,
      };
    },
  );
}

/** The address of a self-managed host. */
export async function readHostAddress(
  connection: AwsConnection,
  hostArn: string,
): Promise<Fact<string>> {
  const host = await connection.call(
    'codestar-connections:GetHost',
    `host ${hostArn.split('/')[1] ?? hostArn}`,
    options =>
      connection
        .client(CodeStarConnectionsClient)
        .send(new GetHostCommand({ HostArn: hostArn }), options),
  );
  return mapFact(host, ({ ProviderEndpoint = '' }) =>
    ProviderEndpoint.replace(/\/$/, ''),
  );
}
