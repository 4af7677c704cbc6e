import {
  Fact,
  Gate,
  known,
  Principal,
} from 'backstage-plugin-pipeline-posture-common';
import { bareGroupName } from '../collect/readPermissions';
import { CheckConfiguration } from '../client/wire';
import { openPattern } from './branchPatterns';

// Ids of check types and of the definitions behind "Task Check"; display names can be changed.
const APPROVAL = '8c6f20a7-a545-4486-9777-f762fafe0d4d';
const TASK_CHECK = 'fe1de3ee-a436-41b4-bb20-f6eb4cb879a7';
const REQUIRED_TEMPLATE = '4020e66e-b0f3-47e1-bc88-48f3cc59b5f3';
const EXCLUSIVE_LOCK = '2ef31ad6-baa0-403a-8b45-2cbc9b4e5563';
const BRANCH_CONTROL = '86b05a0c-73e6-4f7d-b3cf-e38f3b39a75b';
const BUSINESS_HOURS = '445fde2f-6c39-441c-807f-8a59ff2e075f';

const SOURCE =
  'POST {project}/_apis/pipelines/checks/queryconfigurations?$expand=settings';

/** An approver or another holder, as the service describes it. */
export function principalFrom(
  identity: {
    displayName?: string;
    isContainer?: boolean;
    descriptor?: string;
  },
  broadGroups: ReadonlySet<string>,
): Principal {
  const name = identity.displayName ?? 'somebody whose name is not told';
  const group =
    identity.isContainer === true ||
    /^(vssgp|aadgp)\./.test(identity.descriptor ?? '') ||
    /^\[.*\]\\/.test(name);
  if (/Build Service \(/.test(name))
    return { name, kind: 'service', broad: false };
  return {
    name,
    kind: group ? 'group' : 'user',
    broad: broadGroups.has(bareGroupName(name)),
  };
}

function kindOf(check: CheckConfiguration): Gate['kind'] | undefined {
  const type = check.type.id.toLowerCase();
  const definition = check.settings?.definitionRef?.id?.toLowerCase();
  if (type === APPROVAL) return 'approval';
  if (type === REQUIRED_TEMPLATE) return 'required-template';
  // A lock decides the order of runs; it keeps nobody out.
  if (type === EXCLUSIVE_LOCK) return undefined;
  if (type === TASK_CHECK && definition === BRANCH_CONTROL)
    return 'branch-control';
  if (type === TASK_CHECK && definition === BUSINESS_HOURS)
    return 'business-hours';
  return 'other';
}

/** Why a branch control lets every branch through; nothing if it does not. */
export function decorativeBecause(
  inputs: Record<string, unknown> | undefined,
): string | undefined {
  const input = (name: string) => String(inputs?.[name] ?? '').trim();
  const branches = input('allowedBranches')
    .split(',')
    .map(each => each.trim())
    .filter(Boolean);
  if (branches.length === 0) return 'it names no branch';
  const [open] = branches.flatMap(each => openPattern(each) ?? []);
  if (open) return open;
  const bare = branches.find(each => !each.startsWith('refs/'));
  if (bare) return `"${bare}" is not a full name such as refs/heads/main`;
  // Both are texts in the settings of a check.
  if (input('ensureProtectionOfBranch').toLowerCase() !== 'true')
    return 'it does not verify that the branch is protected';
  if (input('allowUnknownStatusBranch').toLowerCase() === 'true')
    return 'it lets branches through whose protection is not known';
  return undefined;
}

function ineffective(
  check: CheckConfiguration,
  kind: Gate['kind'],
): string | undefined {
  if (check.isDisabled) return 'it is disabled';
  if (check.issue?.type?.toLowerCase() === 'error')
    return 'Azure DevOps reports that it does not work';
  if (kind === 'approval' && (check.settings?.approvers ?? []).length === 0)
    return 'it has no approver';
  if (kind === 'branch-control')
    return decorativeBecause(check.settings?.inputs);
  if (
    kind === 'required-template' &&
    (check.settings?.extendsChecks ?? []).length === 0
  )
    return 'it names no template';
  return undefined;
}

const NAMES: Partial<Record<Gate['kind'], string>> = {
  approval: 'Approval',
  'branch-control': 'Branch control',
  'required-template': 'Required template',
  'business-hours': 'Business hours',
};

/** The checks of a resource as gates. */
export function gatesFrom(
  checks: CheckConfiguration[],
  on: { title: string; url?: string },
  broadGroups: ReadonlySet<string>,
): Gate[] {
  return checks.flatMap((check): Gate[] => {
    const kind = kindOf(check);
    if (!kind) return [];
    const because = ineffective(check, kind);
    const requester = check.settings?.requesterCannotBeApprover !== true;
    const evidence = {
      source: SOURCE,
      field: 'settings.requesterCannotBeApprover',
      observed: String(!requester),
      ...(on.url && { url: on.url }),
    };
    const own = check.settings?.displayName;
    return [
      {
        id: `check-${check.id}`,
        name: own ?? NAMES[kind] ?? check.type.name ?? 'Check',
        kind,
        on: on.title,
        effective: because === undefined,
        ...(because && { ineffectiveBecause: because }),
        approvers: (check.settings?.approvers ?? []).map(each =>
          principalFrom(each, broadGroups),
        ),
        requesterCanApprove: known(requester, evidence),
        // Only administrators of the resource can lift a check, and a pipeline never can.
        canBeSkipped: known(false, {
          source: SOURCE,
          field: 'isDisabled',
          observed: String(check.isDisabled ?? false),
        }),
        ...(on.url && { url: on.url }),
      },
    ];
  });
}

/** What a resource's checks come to, keeping a refusal as it is. */
export function gatesOf(
  checks: Fact<CheckConfiguration[]>,
  on: { title: string; url?: string },
  broadGroups: ReadonlySet<string>,
): Fact<Gate[]> {
  if (!checks.known) return checks;
  return known(gatesFrom(checks.value, on, broadGroups), {
    source: SOURCE,
    ...(on.url && { url: on.url }),
  });
}
