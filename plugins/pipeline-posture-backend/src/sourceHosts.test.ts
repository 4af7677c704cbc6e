import { TestDatabases } from '@backstage/backend-test-utils';
import { startContoso } from './__testUtils__/contoso';

const COMMERCE = '111122223333';
const ARN = `arn:aws:codestar-connections:eu-west-1:${COMMERCE}`;

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('a CodePipeline that builds what is in Azure Repos', () => {
  it('gets its branch rules from the Azure DevOps module', async () => {
    const contoso = await startContoso({
      databases,
      databaseId: 'SQLITE_3',
      connect: (aws, core) => {
        const region = aws.accounts.find(({ id }) => id === COMMERCE)?.regions[
          'eu-west-1'
        ];
        const source = region?.pipelines.find(
          ({ pipeline }) => pipeline.name === 'recommendations',
        )?.pipeline.stages[0].actions[0];
        if (!region || !source) throw new Error('no such pipeline');
        region.connections.push({
          arn: `${ARN}:connection/azure`,
          name: 'azure-repos',
          providerType: 'AzureDevOps',
          status: 'AVAILABLE',
          hostArn: `${ARN}:host/azure`,
        });
        region.hosts.push({
          arn: `${ARN}:host/azure`,
          providerEndpoint: new URL(core).origin,
          providerType: 'AzureDevOps',
        });
        source.actionTypeId.provider = 'CodeStarSourceConnection';
        source.configuration = {
          ConnectionArn: `${ARN}:connection/azure`,
          FullRepositoryId: 'contoso/Payments/payments-ledger',
          BranchName: 'main',
        };
      },
    });
    try {
      await contoso.settled();
      const { items } = await contoso.get('/pipelines?size=100');
      const id = items.find(
        (p: { name: string }) => p.name === 'recommendations',
      ).id;
      const { findings } = await contoso.get(
        `/pipelines/${encodeURIComponent(id)}`,
      );
      const statusOf = (controlId: string) =>
        findings.find((f: { controlId: string }) => f.controlId === controlId)
          .status;
      expect(statusOf('source-branch-requires-review')).toBe('pass');
      expect(statusOf('source-repository-is-private')).toBe('pass');
    } finally {
      await contoso.stop();
    }
  });
});
