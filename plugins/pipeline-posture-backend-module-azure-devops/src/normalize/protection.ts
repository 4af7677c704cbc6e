import {
  BranchProtection,
  chainFact,
  Fact,
  known,
  mapFact,
  PipelineSource,
  Principal,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import {
  branchToken,
  holdersOf,
  PermissionTable,
  unseenAmong,
} from '../collect/readPermissions';
import { Policy } from '../client/wire';
import { matchesWildcards } from '../wildcards';

// Ids of policy types; names can be changed and two ids differ in one digit.
const MINIMUM_REVIEWERS = 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd';
const REQUIRED_REVIEWERS = 'fd2167ab-b0be-447a-8ec8-39368250530e';
const BUILD = '0609b952-1397-4640-95ec-e00a01b2c241';
const STATUS = 'cbdc66da-9728-4af8-aada-9a5a32e4a226';
const CREDENTIAL_SCAN = 'e67ae10f-cf9a-40bc-8e66-6b3a8216956e';

/** A branch of a repository in Azure Repos. */
export interface BranchOf {
  repositoryId: string;
  /** Full ref name. */
  ref: string;
  isDefaultBranch: boolean;
}

const inForce = ({ isEnabled, isBlocking, isDeleted }: Policy) =>
  isEnabled === true && isBlocking === true && isDeleted !== true;

/** Whether one entry of a policy's scope covers a branch. The case of match kinds differs between calls. */
export function covers(
  scope: { repositoryId?: string; refName?: string; matchKind?: string },
  branch: BranchOf,
): boolean {
  const { repositoryId, refName, matchKind = 'exact' } = scope;
  if (
    repositoryId &&
    repositoryId.toLowerCase() !== branch.repositoryId.toLowerCase()
  )
    return false;
  if (matchKind.toLowerCase() === 'defaultbranch')
    return branch.isDefaultBranch;
  // Without a ref it is a policy on pushes to the repository, not on a branch.
  if (!refName) return false;
  if (matchKind.toLowerCase() === 'prefix') {
    return branch.ref.toLowerCase().startsWith(refName.toLowerCase());
  }
  return branch.ref.toLowerCase() === refName.toLowerCase();
}

/** Azure Repos writes patterns with `*` and separates several by `;`. A pattern with `!` takes away. */
export function matchesPath(
  path: string,
  patterns: string[] | undefined,
): boolean {
  const all = (patterns ?? [])
    .flatMap(each => each.split(';'))
    .map(each => each.trim())
    .filter(Boolean);
  if (all.length === 0) return true;
  const matches = (pattern: string) => {
    const rooted =
      pattern.startsWith('/') || pattern.startsWith('*')
        ? pattern
        : `/${pattern}`;
    return matchesWildcards(rooted, path);
  };
  const taken = all.filter(each => !each.startsWith('!'));
  const excluded = all
    .filter(each => each.startsWith('!'))
    .map(each => each.slice(1));
  return (taken.length === 0 || taken.some(matches)) && !excluded.some(matches);
}

function approvalsReset({ settings }: Policy): boolean {
  return Boolean(
    settings.resetOnSourcePush ||
      settings.requireVoteOnLastIteration ||
      settings.requireVoteOnEachIteration,
  );
}

/** A status policy may hold only once its status was posted: until then a change gets in without it. */
const alwaysApplies = ({ settings: { policyApplicability } }: Policy) =>
  [undefined, 0, '0', 'default'].includes(policyApplicability);

const titleOfCheck = ({ type, settings }: Policy) =>
  type.id.toLowerCase() === BUILD
    ? settings.displayName ?? `build ${settings.buildDefinitionId ?? ''}`.trim()
    : [settings.statusGenre, settings.statusName].filter(Boolean).join('/') ||
      'status check';

/** Whether a check with path filters holds for the pipeline's file and for whatever else is in its folder. */
function coversFolderOf(file: string | undefined, { settings }: Policy) {
  const folder = file?.slice(0, file.lastIndexOf('/')) ?? '';
  return [file ?? '/', `${folder}/any.file`].every(path =>
    matchesPath(path, settings.filenamePatterns),
  );
}

const onlyForSomeFiles = (check: Policy): UnknownReason => ({
  code: 'unresolved',
  message: `The check ${titleOfCheck(check)} must pass only for a change to ${(
    check.settings.filenamePatterns ?? []
  ).join(
    ', ',
  )}. Whether that is all that the pipeline builds from is not known.`,
  actor: 'service-owner',
  action:
    'Take the path filter off the check, or let it hold for the whole folder of the pipeline’s file.',
});

/** What the policies of a project come to on one branch. Several may cover it: the strictest counts. */
export function protectionOf(
  policies: Fact<Policy[]>,
  branch: BranchOf,
  pipelineFile: string | undefined,
): Fact<BranchProtection> {
  return mapFact(policies, all => {
    const matching = all.filter(
      policy =>
        inForce(policy) &&
        (policy.settings.scope ?? []).some(scope => covers(scope, branch)),
    );
    const ofType = (id: string) =>
      matching.filter(({ type }) => type.id.toLowerCase() === id);
    const reviewers = ofType(MINIMUM_REVIEWERS).filter(
      ({ settings }) => (settings.minimumApproverCount ?? 0) > 0,
    );
    const builds = ofType(BUILD).filter(
      ({ settings }) => settings.manualQueueOnly !== true,
    );
    const checks = [...builds, ...ofType(STATUS).filter(alwaysApplies)];
    const whole = checks.filter(each => coversFolderOf(pipelineFile, each));
    const [partial] = checks.filter(each => !whole.includes(each));
    return {
      minimumReviewers: Math.max(
        0,
        ...reviewers.map(({ settings }) => settings.minimumApproverCount ?? 0),
      ),
      // One policy that does not count the author's vote is enough.
      authorApprovalCounts: !reviewers.some(
        ({ settings }) => settings.creatorVoteCounts !== true,
      ),
      lastPusherApprovalCounts: !reviewers.some(
        ({ settings }) => settings.blockLastPusherVote === true,
      ),
      approvalsResetOnPush: reviewers.some(approvalsReset),
      requiredChecks: whole.map(titleOfCheck),
      ...(partial && {
        unestablished: { requiredChecks: onlyForSomeFiles(partial) },
      }),
      pipelineFileHasRequiredReviewers:
        pipelineFile !== undefined &&
        ofType(REQUIRED_REVIEWERS).some(
          ({ settings }) =>
            // The file is there already, so a rule for new files does not hold for it.
            settings.addedFilesOnly !== true &&
            (settings.requiredReviewerIds ?? []).length > 0 &&
            matchesPath(pipelineFile, settings.filenamePatterns),
        ),
    };
  });
}

/** Whether pushes that contain credentials are turned away. */
export function blocksCredentials(
  policies: Fact<Policy[]>,
  repositoryId: string,
): Fact<boolean> {
  return mapFact(policies, all =>
    all.some(
      policy =>
        inForce(policy) &&
        policy.type.id.toLowerCase() === CREDENTIAL_SCAN &&
        (policy.settings.scope ?? []).some(
          scope =>
            !scope.repositoryId ||
            scope.repositoryId.toLowerCase() === repositoryId.toLowerCase(),
        ),
    ),
  );
}

/** Permissions with which branch policies are as good as not there. */
const BYPASS = [
  'PolicyExempt',
  'PullRequestBypassPolicy',
  'ForcePush',
  'EditPolicies',
  'ManagePermissions',
];

/** Who may go around the policies of a branch. */
export function bypassersOf(
  table: Fact<PermissionTable>,
  projectId: string,
  branch: BranchOf,
): Fact<Principal[]> {
  const token = `repoV2/${projectId}/${branch.repositoryId}/${branchToken(
    branch.ref,
  )}`;
  return chainFact(table, permissions => {
    const bypassers = holdersOf(permissions, token)
      .filter(({ allowed }) => BYPASS.some(each => allowed.has(each)))
      .map(({ principal }) => principal);
    const unseen = unseenAmong(bypassers);
    return unseen ? unknown(unseen) : known(bypassers);
  });
}

/** The host of a repository that is not in Azure Repos. */
export function externalProtection(
  host: string,
  name: string,
): Pick<PipelineSource, 'protection' | 'bypassers'> {
  const reason = {
    code: 'not-connected' as const,
    message: `The rules on the branches of ${name} are kept by ${host}, not by Azure DevOps.`,
    actor: 'platform-team' as const,
    action: `Review the branch protection of ${name} at ${host}.`,
  };
  return { protection: unknown(reason), bypassers: unknown(reason) };
}

/** Evidence for facts about branches. */
export const policyEvidence = (observed: string) =>
  known(observed, { source: 'GET {project}/_apis/policy/configurations' });
