import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { GithubSourceHost } from 'backstage-plugin-pipeline-posture-node';
import {
  AzureDevOpsEstate,
  CONTOSO_AZURE_TOKEN,
  createAzureDevOpsEstate,
  listen,
  loadContosoAzure,
  organisation,
} from 'pipeline-posture-estate';
import { collect, providerFor } from './__testUtils__/collecting';

const rules = (part: object) => ({
  data: {
    repository: {
      visibility: 'PRIVATE',
      forkingAllowed: false,
      viewerCanAdminister: true,
      ref: {
        branchProtectionRule: null,
        rules: {
          nodes: [
            {
              type: 'PULL_REQUEST',
              parameters: {
                requiredApprovingReviewCount: 2,
                dismissStaleReviewsOnPush: true,
                requireLastPushApproval: true,
                requireCodeOwnerReview: false,
              },
              repositoryRuleset: {
                enforcement: 'ACTIVE',
                bypassActors: { nodes: [] },
              },
            },
          ],
        },
      },
      ...part,
    },
  },
});

const YAML = `trigger: [main]
resources:
  repositories:
    - repository: templates
      type: github
      name: contoso/templates
      ref: refs/heads/main
      endpoint: github
steps:
  - script: npm test
  - template: ci/deploy.yml
  - template: scan.yml@templates
`;
const FILES: Record<string, string> = {
  'contoso/shop refs/heads/main:azure-pipelines.yml': YAML,
  'contoso/shop refs/heads/main:ci/deploy.yml':
    'steps:\n- bash: ./deploy.sh $(Build.SourceBranchName)\n',
  'contoso/templates refs/heads/main:scan.yml':
    'steps:\n- script: trivy fs --exit-code 1 .\n',
};

describe('a pipeline whose repository is on GitHub', () => {
  let estate: AzureDevOpsEstate;
  const closing: Array<() => Promise<void>> = [];

  beforeEach(async () => {
    const state = organisation.parse({
      ...loadContosoAzure(),
      projects: [
        {
          name: 'Shop',
          settings: { forkProtectionEnabled: false },
          pipelines: [
            {
              kind: 'classic',
              id: 1,
              name: 'shop',
              repository: 'contoso/shop',
              repositoryType: 'GitHub',
              phases: [],
              triggers: [
                {
                  kind: 'pullRequest',
                  forks: { enabled: true, allowSecrets: true },
                },
              ],
            },
            {
              kind: 'yaml',
              id: 2,
              name: 'shop-yaml',
              repository: 'contoso/shop',
              repositoryType: 'GitHub',
            },
          ],
        },
      ],
    });
    estate = await createAzureDevOpsEstate({ state });
    closing.push(() => estate.close());
  });
  afterEach(async () => {
    await Promise.all(closing.splice(0).map(close => close()));
  });

  const github = async (answer: unknown, status = 200) => {
    const server = await listen((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
    closing.push(() => server.close());
    return GithubSourceHost.create({
      integrations: ScmIntegrations.fromConfig(
        new ConfigReader({
          integrations: {
            github: [
              { host: 'github.com', apiBaseUrl: server.url, token: 'private' },
            ],
          },
        }),
      ),
    });
  };
  const shop = async (...hosts: GithubSourceHost[]) => {
    const provider = providerFor(estate, {}, CONTOSO_AZURE_TOKEN, hosts);
    const { snapshots } = await collect(provider, 'Shop');
    const found = snapshots.get('shop');
    if (!found) throw new Error('shop was not collected');
    return found;
  };

  it('has the branch protection that GitHub enforces', async () => {
    const { sources } = await shop(await github(rules({})));
    expect(sources).toMatchObject({
      value: [
        {
          host: 'github',
          protection: { known: true, value: { minimumReviewers: 2 } },
          bypassers: { known: true, value: [] },
        },
      ],
    });
  });

  it('gives nothing to forks that GitHub does not allow, and what the definition says to others', async () => {
    const untrusted = async (part: object) => {
      const { triggers } = await shop(await github(rules(part)));
      return triggers.known && triggers.value[0].untrusted;
    };
    expect(await untrusted({})).toMatchObject({ value: { possible: false } });
    expect(await untrusted({ visibility: 'PUBLIC' })).toMatchObject({
      value: { possible: true },
    });
  });

  it('has its code read on GitHub, with the templates beside it and in other repositories there', async () => {
    const server = await listen((request, response) => {
      let text = '';
      request.on('data', part => {
        text += part;
      });
      request.on('end', () => {
        const { variables } = JSON.parse(text);
        const { owner, repository, expression } = variables;
        const file = FILES[`${owner}/${repository} ${expression}`];
        const answer = expression
          ? { data: { repository: { object: file ? { text: file } : null } } }
          : rules({});
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer));
      });
    });
    closing.push(() => server.close());
    const host = GithubSourceHost.create({
      integrations: ScmIntegrations.fromConfig(
        new ConfigReader({
          integrations: {
            github: [
              { host: 'github.com', apiBaseUrl: server.url, token: 'private' },
            ],
          },
        }),
      ),
    });
    const provider = providerFor(estate, {}, CONTOSO_AZURE_TOKEN, [host]);
    const { snapshots } = await collect(provider, 'Shop');
    const snapshot = snapshots.get('shop-yaml');
    expect(snapshot?.injections).toMatchObject({
      value: [
        {
          location: {
            repository: 'contoso/shop',
            file: '/ci/deploy.yml',
            origin: 'builders',
          },
        },
      ],
    });
    expect(snapshot?.securityTests).toMatchObject({
      value: [
        {
          tool: expect.stringMatching(/trivy/i),
          location: { repository: 'contoso/templates', origin: 'template' },
        },
      ],
    });
    expect(snapshot?.sources).toMatchObject({
      value: [
        { name: 'contoso/shop', protection: { known: true } },
        { name: 'contoso/templates', protection: { known: true } },
      ],
    });
    // Nothing of GitHub was asked of Azure DevOps.
    expect(estate.calls.all().filter(({ status }) => status === 404)).toEqual(
      [],
    );
  });

  it('says what is missing where GitHub refuses, or is not connected', async () => {
    const refused = await shop(await github({}, 403));
    expect(refused.sources).toMatchObject({
      value: [{ protection: { reason: { code: 'permission-missing' } } }],
    });
    const apart = await shop();
    expect(apart.sources).toMatchObject({
      value: [{ protection: { reason: { code: 'not-connected' } } }],
    });
  });
});
