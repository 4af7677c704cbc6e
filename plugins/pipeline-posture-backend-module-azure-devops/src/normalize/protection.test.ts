import { known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { aReason } from 'backstage-plugin-pipeline-posture-node';
import { policy, Policy } from '../client/wire';
import {
  branchToken,
  holdersOf,
  PermissionTable,
} from '../collect/readPermissions';
import { bypassersOf, covers, matchesPath, protectionOf } from './protection';

const REVIEWERS = 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd';
const MERGE_STRATEGY = 'fa4e907d-c16b-4a4c-9dfa-4916e5d171ab';
const MAIN = {
  repositoryId: 'repo',
  ref: 'refs/heads/main',
  isDefaultBranch: true,
};

let next = 0;
const aPolicy = (
  type: string,
  settings: object,
  flags: object = {},
): Policy => {
  next += 1;
  return policy.parse({
    id: next,
    isEnabled: true,
    isBlocking: true,
    isDeleted: false,
    type: { id: type },
    settings: {
      scope: [
        {
          repositoryId: 'repo',
          refName: 'refs/heads/main',
          matchKind: 'Exact',
        },
      ],
      ...settings,
    },
    ...flags,
  });
};
const protection = (...policies: Policy[]) => {
  const fact = protectionOf(known(policies), MAIN, '/azure-pipelines.yml');
  return fact.known ? fact.value : undefined;
};

describe('which branches a policy covers', () => {
  it.each([
    [
      { repositoryId: 'repo', refName: 'refs/heads/main', matchKind: 'Exact' },
      true,
    ],
    [
      { repositoryId: 'REPO', refName: 'refs/heads/main', matchKind: 'exact' },
      true,
    ],
    [
      { repositoryId: null, refName: 'refs/heads/main', matchKind: 'Exact' },
      true,
    ],
    [
      { repositoryId: 'other', refName: 'refs/heads/main', matchKind: 'Exact' },
      false,
    ],
    [
      { repositoryId: 'repo', refName: 'refs/heads/mai', matchKind: 'Exact' },
      false,
    ],
    [
      { repositoryId: 'repo', refName: 'refs/heads/ma', matchKind: 'Prefix' },
      true,
    ],
    [
      {
        repositoryId: 'repo',
        refName: 'refs/heads/releases/',
        matchKind: 'Prefix',
      },
      false,
    ],
    [{ repositoryId: null, refName: null, matchKind: 'DefaultBranch' }, true],
    // A policy on pushes to the repository, not on a branch.
    [{ repositoryId: 'repo', refName: null }, false],
  ])('%j covers main: %s', (scope, expected) => {
    const { settings } = policy.parse({
      id: 1,
      type: { id: 'x' },
      settings: { scope: [scope] },
    });
    expect(covers(settings.scope?.[0] ?? {}, MAIN)).toBe(expected);
  });

  it('does not take the default branch for any other', () => {
    const other = { ...MAIN, ref: 'refs/heads/x', isDefaultBranch: false };
    expect(covers({ matchKind: 'DefaultBranch' }, other)).toBe(false);
  });
});

describe('what policies come to', () => {
  it('is nothing without a policy', () => {
    expect(protection()).toMatchObject({
      minimumReviewers: 0,
      authorApprovalCounts: true,
      requiredChecks: [],
    });
  });

  it.each([
    ['switched off', { isEnabled: false }],
    ['optional', { isBlocking: false }],
    ['deleted', { isDeleted: true }],
  ])('is nothing when the policy is %s', (_, flags) => {
    expect(
      protection(aPolicy(REVIEWERS, { minimumApproverCount: 2 }, flags))
        ?.minimumReviewers,
    ).toBe(0);
  });

  it('does not take a merge strategy for a review', () => {
    expect(
      protection(aPolicy(MERGE_STRATEGY, { minimumApproverCount: 2 }))
        ?.minimumReviewers,
    ).toBe(0);
  });

  it('is the strictest of several', () => {
    const lax = aPolicy(REVIEWERS, {
      minimumApproverCount: 1,
      creatorVoteCounts: true,
    });
    const strict = aPolicy(REVIEWERS, {
      minimumApproverCount: 2,
      blockLastPusherVote: true,
      resetOnSourcePush: true,
    });
    expect(protection(lax, strict)).toMatchObject({
      minimumReviewers: 2,
      authorApprovalCounts: false,
      lastPusherApprovalCounts: false,
      approvalsResetOnPush: true,
    });
  });

  it('lets the last pusher approve when nothing is said', () => {
    expect(
      protection(aPolicy(REVIEWERS, { minimumApproverCount: 1 })),
    ).toMatchObject({
      authorApprovalCounts: false,
      lastPusherApprovalCounts: true,
    });
  });

  it('counts only builds that start by themselves', () => {
    const build = '0609b952-1397-4640-95ec-e00a01b2c241';
    expect(
      protection(
        aPolicy(build, { buildDefinitionId: 7, manualQueueOnly: true }),
      )?.requiredChecks,
    ).toEqual([]);
    expect(
      protection(aPolicy(build, { buildDefinitionId: 7, displayName: 'ci' }))
        ?.requiredChecks,
    ).toEqual(['ci']);
  });

  it.each([
    [[], ['ci']],
    [['/*'], ['ci']],
    [['!/docs/*'], ['ci']],
    [['*.md'], []],
    [['/azure-pipelines.yml'], []],
  ])(
    'counts a build for %j only if it holds for all that is beside the pipeline file',
    (filenamePatterns, checks) => {
      const build = '0609b952-1397-4640-95ec-e00a01b2c241';
      const found = protection(
        aPolicy(build, {
          buildDefinitionId: 7,
          displayName: 'ci',
          filenamePatterns,
        }),
      );
      expect(found?.requiredChecks).toEqual(checks);
      expect(found?.unestablished?.requiredChecks !== undefined).toBe(
        checks.length === 0,
      );
    },
  );

  it.each([
    [undefined, ['scan']],
    [null, ['scan']],
    [0, ['scan']],
    [1, []],
    ['conditional', []],
  ])(
    'counts a status that applies as %j only if it always does',
    (policyApplicability, checks) => {
      const status = 'cbdc66da-9728-4af8-aada-9a5a32e4a226';
      expect(
        protection(aPolicy(status, { statusName: 'scan', policyApplicability }))
          ?.requiredChecks,
      ).toEqual(checks);
    },
  );

  it('does not take reviewers of new files for those of the pipeline file', () => {
    const required = 'fd2167ab-b0be-447a-8ec8-39368250530e';
    expect(
      protection(
        aPolicy(required, { requiredReviewerIds: ['x'], addedFilesOnly: true }),
      )?.pipelineFileHasRequiredReviewers,
    ).toBe(false);
  });

  it.each([
    [[], true],
    [['/azure-pipelines.yml'], true],
    [['*.yml'], true],
    [['/src/*'], false],
    [['*;!/azure-pipelines.yml'], false],
  ])(
    'sees whether reviewers of %j look at the pipeline file',
    (filenamePatterns, expected) => {
      const required = 'fd2167ab-b0be-447a-8ec8-39368250530e';
      expect(
        protection(
          aPolicy(required, { requiredReviewerIds: ['x'], filenamePatterns }),
        )?.pipelineFileHasRequiredReviewers,
      ).toBe(expected);
      expect(matchesPath('/azure-pipelines.yml', filenamePatterns)).toBe(
        expected,
      );
    },
  );

  it('stays unknown when the policies are', () => {
    expect(protectionOf(unknown(aReason), MAIN, undefined).known).toBe(false);
  });
});

describe('who may go around the rules', () => {
  const holder = (name: string, ...allowed: string[]) => ({
    principal: { name, kind: 'group' as const, broad: false },
    allowed: new Set(allowed),
  });
  const token = `repoV2/project/repo/${branchToken(
    'refs/heads/main',
  )}`.toLowerCase();

  it('writes branches as the service does', () => {
    expect(branchToken('refs/heads/a/b')).toBe('refs/heads/6100/6200');
  });

  it('looks at the project, the repository and the branch', () => {
    const table: PermissionTable = new Map([
      [
        'repov2/project',
        [holder('Admins', 'PolicyExempt'), holder('Readers', 'GenericRead')],
      ],
      ['repov2/project/repo', [holder('Bots', 'ForcePush')]],
      [token, [holder('Release', 'PullRequestBypassPolicy')]],
      ['repov2/project/other', [holder('Strangers', 'PolicyExempt')]],
    ]);
    const found = bypassersOf(known(table), 'project', MAIN);
    expect(found.known && found.value.map(({ name }) => name)).toEqual([
      'Admins',
      'Bots',
      'Release',
    ]);
  });

  it('lets what is closer to the branch decide', () => {
    const table: PermissionTable = new Map([
      ['repov2/project', [holder('Bots', 'ForcePush')]],
      ['repov2/project/repo', [holder('Bots', 'GenericRead')]],
    ]);
    expect(holdersOf(table, token)[0].allowed.has('ForcePush')).toBe(false);
  });

  it('keeps two of the same name apart', () => {
    const table: PermissionTable = new Map([
      ['repov2/project', [{ ...holder('Bots', 'ForcePush'), id: 'a' }]],
      ['repov2/project/repo', [{ ...holder('Bots'), id: 'b' }]],
    ]);
    const found = bypassersOf(known(table), 'project', MAIN);
    expect(found.known && found.value).toHaveLength(1);
  });

  it.each([
    [false, false],
    [true, true],
  ])(
    'is not known if one is a group that cannot be looked up, unless a broad one may as well (%s)',
    (broad, expected) => {
      const unseen = {
        principal: { name: '?', kind: 'unknown' as const, broad: false },
        allowed: new Set(['ForcePush']),
      };
      const other = holder('Contributors', 'ForcePush');
      const table: PermissionTable = new Map([
        [
          'repov2/project',
          [unseen, { ...other, principal: { ...other.principal, broad } }],
        ],
      ]);
      expect(bypassersOf(known(table), 'project', MAIN).known).toBe(expected);
    },
  );
});
