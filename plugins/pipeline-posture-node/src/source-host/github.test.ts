import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  Behaviour,
  CONTOSO_GITHUB_TOKEN,
  createGithubEstate,
  GithubEstate,
  githubSchema,
} from 'pipeline-posture-estate';
import { GithubSourceHost, SourceHosts } from '.';

const { signal } = new AbortController();
const behaviour = new Behaviour();

const state = githubSchema.parse({
  repositories: [
    {
      owner: 'contoso',
      name: 'shop',
      files: { 'ci/buildspec.yml': 'version: 0.2', CODEOWNERS: '/ci/ @all' },
      branches: {
        main: {
          classic: {
            approvals: 1,
            requiresCodeOwnerReviews: true,
            bypassers: [{ type: 'User', name: 'grace' }],
            isAdminEnforced: true,
          },
          rulesets: [
            {
              name: 'two',
              pullRequest: { approvals: 2, requireLastPushApproval: true },
              checks: ['scan'],
              bypassers: [{ type: 'Team', name: 'release' }],
              bypassRoles: ['maintain'],
            },
            {
              name: 'tried-out',
              enforcement: 'EVALUATE',
              pullRequest: { approvals: 9 },
            },
          ],
        },
        next: {},
      },
    },
    {
      owner: 'contoso',
      name: 'closed',
      administrable: false,
      branches: { main: { classic: { approvals: 1 } } },
    },
  ],
});

describe('a GitHub that answers by its published schema', () => {
  let estate: GithubEstate;
  let hosts: SourceHosts;
  beforeAll(async () => {
    estate = await createGithubEstate({ state, behaviour });
  });
  beforeEach(() => {
    behaviour.clearFaults();
    const { host } = new URL(estate.url);
    const integrations = ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [
            {
              host,
              apiBaseUrl: `${estate.url}/api/v3`,
              token: CONTOSO_GITHUB_TOKEN,
            },
          ],
        },
      }),
    );
    hosts = SourceHosts.create({
      hosts: [GithubSourceHost.create({ integrations })],
    });
  });
  afterAll(() => estate.close());

  const read = (name: string, branch = 'main') =>
    hosts.read(
      {
        url: `${estate.url}/contoso/${name}`,
        branch,
        pipelineFile: 'ci/buildspec.yml',
      },
      { signal },
    );

  it('understands what is asked of it, and tells every layer of rules', async () => {
    expect(await read('shop')).toMatchObject({
      protection: {
        value: {
          minimumReviewers: 2,
          lastPusherApprovalCounts: false,
          requiredChecks: ['scan'],
          pipelineFileHasRequiredReviewers: true,
        },
      },
      bypassers: {
        value: [
          { name: 'grace', kind: 'user' },
          { name: 'release', kind: 'group', broad: false },
          { name: 'everybody with the role maintain', broad: false },
        ],
      },
      isPublic: { value: false },
      forkable: { value: false },
    });
  });

  it('tells an open branch from one whose rules it does not show', async () => {
    expect((await read('shop', 'next')).protection).toMatchObject({
      value: { minimumReviewers: 0 },
    });
    expect((await read('closed')).protection).toMatchObject({
      reason: { code: 'permission-missing' },
    });
  });

  it('gives the text of a file, and says that there is none', async () => {
    const file = (path: string) =>
      hosts.readFile(
        { url: `${estate.url}/contoso/shop`, branch: 'main', path },
        { signal },
      );
    expect(await file('ci/buildspec.yml')).toMatchObject({
      value: 'version: 0.2',
    });
    expect(await file('buildspec.yml')).toMatchObject({ value: null });
  });

  it('is asked no more after it asked to wait', async () => {
    behaviour.addFault({
      match: { source: 'github' },
      kind: 'throttle',
      times: 1,
    });
    expect((await read('shop')).protection).toMatchObject({
      reason: { code: 'throttled' },
    });
    expect((await read('shop')).protection).toMatchObject({
      reason: { code: 'throttled' },
    });
  });
});
