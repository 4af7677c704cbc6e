import { Gate, known } from 'backstage-plugin-pipeline-posture-common';
import * as wire from '../client/wire';
import { openPattern } from './branchPatterns';
import { principalFrom } from './gates';

type Stage = NonNullable<wire.Release['environments']>[number];

export function approvalGate(
  stage: Stage,
  url: string,
  broadGroups: ReadonlySet<string>,
): Gate[] {
  const { approvals = [], approvalOptions } = stage.preDeployApprovals ?? {};
  const human = approvals.filter(
    ({ isAutomated, approver }) => isAutomated !== true && approver,
  );
  if (human.length === 0) return [];
  const evidence = (field: string, observed: string) => ({
    source: 'GET {project}/_apis/release/definitions/{id}',
    field: `environments[${stage.name}].preDeployApprovals.approvalOptions.${field}`,
    observed,
    url,
  });
  // Left out, the service's defaults hold, and those let the creator approve.
  const creator = approvalOptions?.releaseCreatorCanBeApprover !== false;
  const skipped =
    approvalOptions?.autoTriggeredAndPreviousEnvironmentApprovedCanBeSkipped ===
    true;
  return [
    {
      id: `pre-approval-${stage.id}`,
      name: 'Pre-deployment approval',
      kind: 'approval',
      on: `stage ${stage.name}`,
      effective: true,
      approvers: human.map(({ approver }) =>
        principalFrom(approver ?? {}, broadGroups),
      ),
      requesterCanApprove: known(
        creator,
        evidence(
          'releaseCreatorCanBeApprover',
          String(approvalOptions?.releaseCreatorCanBeApprover ?? 'not set'),
        ),
      ),
      canBeSkipped: known(
        skipped,
        evidence(
          'autoTriggeredAndPreviousEnvironmentApprovedCanBeSkipped',
          String(skipped),
        ),
      ),
      url,
    },
  ];
}

/** A branch that an artifact must come from, as text in a condition; one that is left out begins with `-`. */
function branchesIn(value: string | undefined): string[] {
  try {
    const { sourceBranch, useBuildDefinitionBranch } = JSON.parse(
      value ?? '',
    ) as { sourceBranch?: unknown; useBuildDefinitionBranch?: unknown };
    if (useBuildDefinitionBranch === true)
      return ['the default branch of the build pipeline'];
    return typeof sourceBranch === 'string' && sourceBranch !== ''
      ? [sourceBranch]
      : [];
  } catch {
    return [];
  }
}

/** Artifacts that are made of the code of some branch. */
const OF_BRANCHES = /^(build|git|tfsgit|tfvc|github|bitbucket)$/i;

/** Why filters let code of any branch through; nothing if they do not. */
function openBecause(
  filters: Map<string, string[]>,
  artifacts: NonNullable<wire.Release['artifacts']>,
): string | undefined {
  const bare = artifacts.find(
    ({ alias, type }) =>
      OF_BRANCHES.test(type ?? '') && !filters.has((alias ?? '').toLowerCase()),
  );
  for (const branches of filters.values()) {
    const taken = branches.filter(each => !each.startsWith('-'));
    // All that is not left out comes in.
    if (taken.length === 0) return `it only leaves out ${branches[0].slice(1)}`;
    const [open] = taken.flatMap(each => openPattern(each) ?? []);
    if (open) return open;
  }
  return (
    bare &&
    `the artifact ${bare.alias ?? 'without a name'} may come from any branch`
  );
}

/** Filters of a stage on the branches of its artifacts. What they deploy is only guarded if each has one. */
export function branchFilterGate(
  stage: Stage,
  url: string,
  artifacts: NonNullable<wire.Release['artifacts']>,
): Gate[] {
  const filters = new Map<string, string[]>();
  for (const { conditionType, name, value } of stage.conditions ?? []) {
    if (conditionType !== 'artifact' && conditionType !== 4) continue;
    const branches = branchesIn(value);
    if (branches.length === 0) continue;
    const alias = (name ?? '').toLowerCase();
    filters.set(alias, [...(filters.get(alias) ?? []), ...branches]);
  }
  if (filters.size === 0) return [];
  const open = openBecause(filters, artifacts);
  return [
    {
      id: `artifact-filter-${stage.id}`,
      name: 'Artifact filter',
      kind: 'branch-control',
      on: `stage ${stage.name}`,
      effective: !open,
      ...(open && { ineffectiveBecause: open }),
      approvers: [],
      requesterCanApprove: known(false),
      canBeSkipped: known(false),
      url,
    },
  ];
}
