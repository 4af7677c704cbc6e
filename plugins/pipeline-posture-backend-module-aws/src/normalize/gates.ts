import {
  chainFact,
  Fact,
  Gate,
  known,
  mapFact,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { consoleUrls } from '../client/consoleUrls';
import { ActionDefinition, ConditionDefinition } from '../collect/definition';
import { ScopeReadings } from '../collect/readings';
import { mayDo } from '../iam/effectiveGrants';
import { IamAccount } from '../iam/IamAccount';
import { findRole } from './findRole';
import { roleArnsOf } from './roleArns';
import { describe, may, peopleOf, Person } from './people';
import { PipelineModel, StageModel } from './pipelineModel';

const START = 'codepipeline:StartPipelineExecution';
const APPROVE = 'codepipeline:PutApprovalResult';

const underCondition = (role: string, action: string): UnknownReason => ({
  code: 'unresolved',
  message: `${role} has ${action} under a condition, and whether that is met shows only when it is used.`,
  actor: 'cloud-administrator',
  action: `Take ${action} away from ${role}, or deny it without a condition.`,
});

/** Whether an identity of the pipeline itself may do one of these on it, and so lift its own gates. */
function ownIdentityMay(
  model: PipelineModel,
  readings: ScopeReadings,
  rights: ReadonlyArray<[action: string, resource: string]>,
): Fact<string | false> {
  let unread: Fact<string | false> | undefined;
  const arns = [...roleArnsOf(model).keys()];
  for (const arn of arns) {
    const found = findRole(arn, readings);
    const own = found.known
      ? found.value.account.rights(found.value.role)
      : found;
    if (!found.known || !own.known) {
      if (!own.known) unread ??= own;
      continue;
    }
    const { index } = found.value.account;
    const { name } = found.value.role;
    const answers = rights.map(([action, resource]) => ({
      action,
      may: mayDo(own.value, action, resource, index),
    }));
    const right = answers.find(({ may: answer }) => answer === 'yes');
    if (right) {
      return known(`${name} has ${right.action}`, {
        source: 'iam:GetAccountAuthorizationDetails',
        field: `RoleDetailList[${name}]`,
        observed: right.action,
      });
    }
    const limited = answers.find(({ may: answer }) => answer === 'limited');
    if (limited) unread ??= unknown(underCondition(name, limited.action));
  }
  const unreadAction = model.stages
    .flatMap(({ actions }) => actions)
    .find(({ roles }) => !roles.known);
  if (unreadAction && !unreadAction.roles.known) unread ??= unreadAction.roles;
  return (
    unread ?? known(false, { source: 'iam:GetAccountAuthorizationDetails' })
  );
}

type Approvers = Pick<
  Gate,
  'approvers' | 'approversUnread' | 'requesterCanApprove'
>;

const EVIDENCE = { source: 'iam:GetAccountAuthorizationDetails' };

function unreadApprovers(reason: UnknownReason): Approvers {
  return {
    approvers: [],
    approversUnread: reason,
    requesterCanApprove: unknown(reason),
  };
}

/** Why somebody who asked for an approval could give it as well, if that is certain. */
function sameHands(
  able: readonly Person[],
  model: PipelineModel,
  iam: IamAccount,
): string | undefined {
  // Administrators can do everything; who is one is the matter of another control.
  const appointed = able.filter(person => !person.administrator);
  const both = appointed.find(person =>
    may(person, START, model.definition.arn, iam),
  );
  if (both) return `${describe(both).name} has both ${START} and ${APPROVE}`;
  return appointed.length === 0 && able.length > 0
    ? 'only administrators can approve'
    : undefined;
}

/** Who may give an approval, and whether one of them could have asked for it. */
function approversOf(
  model: PipelineModel,
  approvalArn: string,
  readings: ScopeReadings,
): Approvers {
  const { accountId } = readings;
  const account = readings.iam.get(accountId);
  if (!account) {
    return unreadApprovers({
      code: 'not-connected',
      message: `IAM of account ${accountId} is not read.`,
      actor: 'platform-team',
      action: `Add account ${accountId} to pipelinePosture.aws[].accounts.`,
    });
  }
  if (!account.known) return unreadApprovers(account.reason);
  const iam = account.value;
  const people = peopleOf(iam);
  const able = people.known.filter(person =>
    may(person, APPROVE, approvalArn, iam),
  );
  const list = {
    approvers: able.map(describe),
    approversUnread: people.unread,
  };
  const observed = sameHands(able, model, iam);
  if (observed) {
    return {
      ...list,
      requesterCanApprove: known(true, { ...EVIDENCE, observed }),
    };
  }
  const self = ownIdentityMay(model, readings, [[APPROVE, approvalArn]]);
  if (self.known && self.value !== false) {
    return {
      ...list,
      requesterCanApprove: known(true, { ...EVIDENCE, observed: self.value }),
    };
  }
  if (people.unread) {
    return { ...list, requesterCanApprove: unknown(people.unread) };
  }
  return {
    ...list,
    requesterCanApprove: mapFact(self, role => role !== false),
  };
}

function approvalGate(
  action: ActionDefinition,
  stage: StageModel,
  model: PipelineModel,
  readings: ScopeReadings,
): Gate {
  const { definition } = model;
  const approvalArn = `${definition.arn}/${stage.stage.name}/${action.name}`;
  const skipped = ownIdentityMay(model, readings, [
    [APPROVE, approvalArn],
    ['codepipeline:UpdatePipeline', definition.arn],
  ]);
  return {
    id: approvalArn,
    name: action.name,
    kind: 'approval',
    on: `stage ${stage.stage.name}`,
    effective: true,
    ...approversOf(model, approvalArn, readings),
    canBeSkipped: chainFact(skipped, role =>
      known(role !== false, skipped.known ? skipped.evidence : []),
    ),
    url: consoleUrls.pipeline(readings.region, definition.name),
  };
}

function conditionGate(
  condition: ConditionDefinition,
  index: number,
  stage: StageModel,
  model: PipelineModel,
  readings: ScopeReadings,
): Gate {
  const providers = condition.rules.map(({ provider }) => provider);
  const { definition } = model;
  const lifted = ownIdentityMay(model, readings, [
    [
      'codepipeline:OverrideStageCondition',
      `${definition.arn}/${stage.stage.name}`,
    ],
    ['codepipeline:UpdatePipeline', definition.arn],
  ]);
  return {
    id: `${definition.arn}/${stage.stage.name}/beforeEntry/${index}`,
    name: condition.rules.map(({ name }) => name).join(', ') || 'condition',
    kind: providers.includes('DeploymentWindow')
      ? 'business-hours'
      : 'condition',
    on: `stage ${stage.stage.name}`,
    effective: condition.rules.length > 0,
    ineffectiveBecause:
      condition.rules.length > 0 ? undefined : 'it has no rule',
    approvers: [],
    requesterCanApprove: known(false),
    canBeSkipped: chainFact(lifted, role => known(role !== false)),
    url: consoleUrls.pipeline(readings.region, definition.name),
  };
}

const isManualApproval = ({ category, owner, provider }: ActionDefinition) =>
  category === 'Approval' && owner === 'AWS' && provider === 'Manual';

/**
 * What must happen before the deploying actions of a stage run: approvals in
 * earlier stages, approvals of the same stage with a strictly lower run order
 * (equal ones run in parallel), and conditions on entering the stage.
 */
export function gatesOf(
  stage: StageModel,
  model: PipelineModel,
  readings: ScopeReadings,
): Gate[] {
  const firstDeploy = Math.min(
    ...stage.actions
      .filter(({ deploying }) => deploying)
      .map(({ action }) => action.runOrder),
  );
  const earlier = model.stages
    .slice(0, stage.position)
    .flatMap(before =>
      before.actions
        .filter(({ action }) => isManualApproval(action))
        .map(({ action }) => approvalGate(action, before, model, readings)),
    );
  const own = stage.actions
    .filter(
      ({ action }) => isManualApproval(action) && action.runOrder < firstDeploy,
    )
    .map(({ action }) => approvalGate(action, stage, model, readings));
  const conditions = stage.stage.beforeEntry.map((condition, index) =>
    conditionGate(condition, index, stage, model, readings),
  );
  return [...earlier, ...own, ...conditions];
}
