import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { hasCodeOwners } from './codeOwners';
import { GithubSourceHost, SourceHosts } from '.';

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

const { signal } = new AbortController();
const rule = (parameters: object, ruleset: object = {}) => ({
  type: 'PULL_REQUEST',
  parameters,
  repositoryRuleset: {
    enforcement: 'ACTIVE',
    bypassActors: { nodes: [] },
    ...ruleset,
  },
});
const repository = (ref: object | null, part: object = {}) => ({
  data: {
    repository: {
      visibility: 'PRIVATE',
      forkingAllowed: false,
      viewerCanAdminister: true,
      ref,
      ...part,
    },
  },
});
const classic = {
  requiresApprovingReviews: true,
  requiredApprovingReviewCount: 1,
  dismissesStaleReviews: true,
  requiresCodeOwnerReviews: false,
  requireLastPushApproval: false,
  requiresStatusChecks: true,
  requiredStatusCheckContexts: ['build'],
  isAdminEnforced: true,
  bypassPullRequestAllowances: { nodes: [{ actor: { slug: 'release-bots' } }] },
};

describe('GitHub as a source host', () => {
  let server: Server;
  let requests: Array<{ url?: string; authorization?: string }> = [];
  let answer: Answer = { body: {} };
  let host: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push({
        url: request.url,
        authorization: request.headers.authorization,
      });
      response.writeHead(answer.status ?? 200, {
        'content-type': 'application/json',
        ...answer.headers,
      });
      response.end(
        typeof answer.body === 'string'
          ? answer.body
          : JSON.stringify(answer.body),
      );
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    host = `localhost:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    requests = [];
  });
  afterAll(() => server.close());

  const hosts = (now?: () => number) =>
    SourceHosts.create({
      now,
      hosts: [
        GithubSourceHost.create({
          now,
          integrations: ScmIntegrations.fromConfig(
            new ConfigReader({
              integrations: {
                github: [
                  {
                    host,
                    apiBaseUrl: `http://${host}/api/v3`,
                    token: 'test-token',
                  },
                ],
              },
            }),
          ),
        }),
      ],
    });
  const read = (part: Answer, pipelineFile?: string) => {
    answer = part;
    return hosts().read(
      { url: `https://${host}/contoso/shop`, branch: 'main', pipelineFile },
      { signal },
    );
  };

  it('reads rulesets and classic protection together, the strictest of each', async () => {
    const rules = await read({
      body: repository({
        branchProtectionRule: classic,
        rules: {
          nodes: [
            rule({
              requiredApprovingReviewCount: 2,
              requireLastPushApproval: true,
            }),
            {
              ...rule({ requiredStatusChecks: [{ context: 'scan' }] }),
              type: 'REQUIRED_STATUS_CHECKS',
            },
          ],
        },
      }),
    });
    expect(rules).toMatchObject({
      protection: {
        known: true,
        value: {
          minimumReviewers: 2,
          authorApprovalCounts: false,
          lastPusherApprovalCounts: false,
          approvalsResetOnPush: true,
          requiredChecks: ['build', 'scan'],
        },
      },
      bypassers: { known: true, value: [{ name: 'release-bots' }] },
      isPublic: { known: true, value: false },
      forkable: { known: true, value: false },
    });
  });

  it('sends the token to that host only, and asks once for each branch', async () => {
    answer = { body: repository({}) };
    const all = hosts();
    const address = { url: `https://${host}/contoso/shop`, branch: 'main' };
    await all.read(address, { signal });
    await all.read(address, { signal });
    expect(requests).toEqual([
      { url: '/api/graphql', authorization: 'Bearer test-token' },
    ]);
  });

  it('knows an unprotected branch from one whose rules are hidden', async () => {
    expect((await read({ body: repository({}) })).protection).toMatchObject({
      known: true,
      value: { minimumReviewers: 0 },
    });
    expect(
      (
        await read({
          body: repository({
            refUpdateRule: { requiredApprovingReviewCount: 1 },
          }),
        })
      ).protection,
    ).toMatchObject({
      known: false,
      reason: {
        code: 'permission-missing',
        permission: 'Administration: read',
      },
    });
  });

  it('does not count rules that are only being tried out', async () => {
    const trial = rule(
      { requiredApprovingReviewCount: 2 },
      { enforcement: 'EVALUATE' },
    );
    expect(
      (await read({ body: repository({ rules: { nodes: [trial] } }) }))
        .protection,
    ).toMatchObject({
      value: { minimumReviewers: 0 },
    });
  });

  it('names administrators where the rules do not hold for them, and says when the list is hidden', async () => {
    const lenient = {
      ...classic,
      isAdminEnforced: false,
      bypassPullRequestAllowances: { nodes: [] },
    };
    expect(
      (await read({ body: repository({ branchProtectionRule: lenient }) }))
        .bypassers,
    ).toMatchObject({
      value: [{ name: 'administrators of the repository' }],
    });
    const hidden = rule(
      { requiredApprovingReviewCount: 1 },
      { bypassActors: null },
    );
    expect(
      (await read({ body: repository({ rules: { nodes: [hidden] } }) }))
        .bypassers.known,
    ).toBe(false);
  });

  it.each([
    [
      'a role that everybody who builds has',
      { repositoryRoleName: 'write' },
      { broad: true },
    ],
    ['a role for few', { repositoryRoleName: 'maintain' }, { broad: false }],
    ['administrators', { organizationAdmin: true }, { broad: false }],
    ['somebody without a name', { actor: null }, { kind: 'unknown' }],
    ['keys of machines', { deployKey: true }, { kind: 'service' }],
    [
      'builds',
      { actor: { __typename: 'App', slug: 'github-actions' } },
      { kind: 'service' },
    ],
    [
      'another app',
      { actor: { __typename: 'App', slug: 'renovate' } },
      { kind: 'unknown', broad: false },
    ],
    [
      'a small team',
      { actor: { __typename: 'Team', slug: 'release' } },
      { kind: 'group', broad: false },
    ],
    [
      'a team of all',
      { actor: { __typename: 'Team', slug: 'developers' } },
      { kind: 'group', broad: true },
    ],
  ])(
    'tells that %s may go around the rules',
    async (_who, bypass, expected) => {
      const nodes = [rule({}, { bypassActors: { nodes: [bypass] } })];
      const { bypassers } = await read({
        body: repository({ rules: { nodes } }),
      });
      expect(bypassers).toMatchObject({ value: [expected] });
    },
  );

  it('does not take a role of the organization for a small one', async () => {
    const nodes = [
      rule(
        {},
        { bypassActors: { nodes: [{ repositoryRoleName: 'contractors' }] } },
      ),
    ];
    const { bypassers } = await read({
      body: repository({ rules: { nodes } }),
    });
    expect(bypassers).toMatchObject({
      known: false,
      reason: { code: 'unresolved' },
    });
  });

  it('is asked anew for a check on request, and others get that answer', async () => {
    const all = hosts();
    const address = { url: `https://${host}/contoso/shop`, branch: 'main' };
    const approvals = async (asked: SourceHosts) => {
      const { protection } = await asked.read(address, { signal });
      return protection.known && protection.value;
    };
    answer = { body: repository({}) };
    expect(await approvals(all)).toMatchObject({ minimumReviewers: 0 });
    answer = { body: repository({ branchProtectionRule: classic }) };
    expect(await approvals(all)).toMatchObject({ minimumReviewers: 0 });
    await new Promise(done => setTimeout(done, 2));
    expect(await approvals(all.anew())).toMatchObject({ minimumReviewers: 1 });
    expect(await approvals(all)).toMatchObject({ minimumReviewers: 1 });
    expect(requests).toHaveLength(2);
  });

  it('asks for itself when whoever asked first gave up', async () => {
    answer = { body: repository({}) };
    const all = hosts();
    const address = { url: `https://${host}/contoso/shop`, branch: 'main' };
    const gaveUp = AbortSignal.abort();
    const first = all.read(address, { signal: gaveUp });
    const second = all.read(address, { signal });
    await expect(first).rejects.toThrow();
    expect((await second).protection.known).toBe(true);
  });

  it('needs code owners of the pipeline file and a rule that asks for them', async () => {
    const file = {
      codeownersGithub: {
        text: '* @contoso/all\nbuildspec.yml @contoso/platform',
      },
    };
    const rules = { nodes: [rule({ requireCodeOwnerReview: true })] };
    const owned = await read(
      { body: repository({ rules }, file) },
      'buildspec.yml',
    );
    expect(owned.protection).toMatchObject({
      value: { pipelineFileHasRequiredReviewers: true },
    });
    const notAsked = await read(
      { body: repository({}, file) },
      'buildspec.yml',
    );
    expect(notAsked.protection).toMatchObject({
      value: { pipelineFileHasRequiredReviewers: false },
    });
  });

  it.each<[string, Answer, string]>([
    ['a refused token', { status: 401, body: {} }, 'permission-missing'],
    ['a limit', { status: 429, body: {} }, 'throttled'],
    [
      'a limit that looks like a refusal',
      { status: 403, headers: { 'retry-after': '60' }, body: {} },
      'throttled',
    ],
    [
      'a limit inside a good answer',
      { body: { data: null, errors: [{ type: 'RATE_LIMITED' }] } },
      'throttled',
    ],
    ['a server error', { status: 502, body: {} }, 'source-unreachable'],
    ['a page instead of JSON', { body: '<html></html>' }, 'source-unreachable'],
    ['another JSON', { body: { hello: 1 } }, 'source-unreachable'],
    [
      'a repository that does not exist',
      { body: { data: { repository: null } } },
      'not-found',
    ],
    ['a branch that does not exist', { body: repository(null) }, 'not-found'],
  ])('says why nothing is known after %s', async (_what, given, code) => {
    const rules = await read(given);
    expect(rules.protection).toMatchObject({ known: false, reason: { code } });
    expect(JSON.stringify(rules)).not.toContain('test-token');
  });

  it('asks nothing more until the time that GitHub names, also after a good answer', async () => {
    let now = Date.parse('2026-11-21T08:00:00Z');
    const reset = String(now / 1000 + 600);
    const asked = hosts(() => now);
    const branchOf = (branch: string) =>
      asked.read({ url: `https://${host}/contoso/shop`, branch }, { signal });
    answer = {
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
      body: repository({ branchProtectionRule: classic }),
    };
    expect((await branchOf('main')).protection.known).toBe(true);
    expect((await branchOf('next')).protection).toMatchObject({
      reason: { code: 'throttled' },
    });
    expect(requests).toHaveLength(1);
    now += 601_000;
    answer = { body: repository({ branchProtectionRule: classic }) };
    expect((await branchOf('next')).protection.known).toBe(true);
  });

  const readFile = (object: object | null) => {
    answer = { body: { data: { repository: { object } } } };
    return hosts().readFile(
      {
        url: `https://${host}/contoso/shop`,
        branch: 'main',
        path: 'buildspec.yml',
      },
      { signal },
    );
  };

  it.each<[string, object | null, object]>([
    ['its text', { text: 'version: 0.2' }, { value: 'version: 0.2' }],
    ['that there is none', null, { value: null }],
    [
      'that it is too long to be shown',
      { text: 'version', isTruncated: true },
      { reason: { code: 'too-large' } },
    ],
  ])('reads of a file %s', async (_what, object, expected) => {
    expect(await readFile(object)).toMatchObject(expected);
  });

  it('says that a host is not connected', async () => {
    const rules = await hosts().read(
      { url: 'https://bitbucket.org/contoso/shop', branch: 'main' },
      { signal },
    );
    expect(rules.protection).toMatchObject({
      known: false,
      reason: { code: 'not-connected' },
    });
    expect(requests).toEqual([]);
  });
});

it('asks no host that it has no credentials for', () => {
  const host = GithubSourceHost.create({
    integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
  });
  expect(host.handles('https://github.com/contoso/shop')).toBe(false);
});

describe('hasCodeOwners', () => {
  it.each([
    ['*       @all', 'a/b.yml', true],
    ['/build/ @all', 'build/x/y.yml', true],
    ['/build/ @all', 'src/build/y.yml', false],
    ['build/  @all', 'src/build/y.yml', true],
    ['*.yml   @all', 'a/b.yml', true],
    ['docs/*  @all', 'docs/b.yml', true],
    ['docs/*  @all', 'docs/a/b.yml', false],
    ['docs    @all', 'docs/a/b.yml', true],
    ['**/ci/* @all', 'x/ci/b.yml', true],
    ['* @all\n*.yml', 'b.yml', false],
    ['# * @all', 'b.yml', false],
  ])('%s covers %s: %s', (file, path, expected) => {
    expect(hasCodeOwners(file, path)).toBe(expected);
  });
});
