import { Gate, known } from 'backstage-plugin-pipeline-posture-common';
import * as wire from '../client/wire';
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

/** The branch that an artifact must come from, as text in a condition. */
function branchesIn(value: string | undefined): string[] {
  try {
    const { sourceBranch } = JSON.parse(value ?? '') as {
      sourceBranch?: unknown;
    };
    return typeof sourceBranch === 'string' && sourceBranch !== ''
      ? [sourceBranch]
      : [];
  } catch {
    return [];
  }
}

export function branchFilterGate(stage: Stage, url: string): Gate[] {
  const filters = (stage.conditions ?? []).filter(
    ({ conditionType }) => conditionType === 'artifact' || conditionType === 4,
  );
  const branches = filters.flatMap(({ value }) => branchesIn(value));
  if (branches.length === 0) return [];
  const open = branches.find(each => /^(\*|refs\/heads\/\*)$/.test(each));
  return [
    {
      id: `artifact-filter-${stage.id}`,
      name: 'Artifact filter',
      kind: 'branch-control',
      on: `stage ${stage.name}`,
      effective: !open,
      ...(open && { ineffectiveBecause: `it allows ${open}` }),
      approvers: [],
      requesterCanApprove: known(false),
      canBeSkipped: known(false),
      url,
    },
  ];
}
