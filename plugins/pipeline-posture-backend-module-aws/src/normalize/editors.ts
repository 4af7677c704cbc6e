import {
  chainFact,
  Editor,
  Fact,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import { runsProject } from './actions';
import { IamAccount } from '../iam/IamAccount';
import { administratorByDesign } from '../iam/risks/administrator';
import { describe, may, peopleOf, Person } from './people';
import { actionsOf, PipelineModel } from './pipelineModel';
import { partitionOf } from '../client/consoleUrls';

const ON_PIPELINE = [
  'codepipeline:UpdatePipeline',
  'codepipeline:DeletePipeline',
];
const ON_PROJECT = ['codebuild:UpdateProject'];

/** Together they are everything that one can do to a pipeline. */
const ADMINISTERING = [
  ...ON_PIPELINE,
  'codepipeline:PutApprovalResult',
  'codepipeline:StartPipelineExecution',
  'codepipeline:DisableStageTransition',
];

/** Roles of IAM Identity Center: whether their assignment ends is known there only. */
const PERMISSION_SET_ROLE = /^AWSReservedSSO_/;

function administrationOf(
  person: Person,
  model: PipelineModel,
  iam: IamAccount,
): Fact<'none' | 'standing' | 'time-bound'> {
  const evidence = {
    source: 'iam:GetAccountAuthorizationDetails',
    observed: person.principal.name,
  };
  const all = ADMINISTERING.every(action => {
    const { arn } = model.definition;
    return may(person, action, arn, iam);
  });
  if (!all) return known('none', evidence);
  const tool = administratorByDesign(person.principal.name);
  if (tool) {
    return unknown({
      code: 'not-connected',
      message: `${person.principal.name} is an administrator by design of ${tool}; who can use it, and when, is decided in the management account.`,
      actor: 'cloud-administrator',
      action: `Check in the management account who may assume ${person.principal.name}.`,
    });
  }
  return PERMISSION_SET_ROLE.test(person.principal.name)
    ? unknown({
        code: 'not-connected',
        message: `Whether people hold the permission set behind ${person.principal.name} all the time is only known to IAM Identity Center.`,
        actor: 'cloud-administrator',
        action: `Check in IAM Identity Center that ${person.principal.name} is assigned for a limited time only.`,
      })
    : known('standing', evidence);
}

/** People who can change a pipeline or the build projects that it runs. */
export function editorsOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<Editor[]> {
  const { accountId, region } = readings;
  const account = readings.iam.get(accountId);
  if (!account) {
    return unknown({
      code: 'not-connected',
      message: `IAM of account ${accountId} is not read.`,
      actor: 'platform-team',
      action: `Add account ${accountId} to pipelinePosture.aws[].accounts.`,
    });
  }
  const projects = actionsOf(model)
    .filter(({ action }) => runsProject(action))
    .map(
      ({ action }) =>
        `arn:${partitionOf(region)}:codebuild:${region}:${accountId}:project/${
          action.configuration.ProjectName
        }`,
    );
  return chainFact(account, iam => {
    const people = peopleOf(iam);
    const editors = people.known.flatMap((person): Editor[] => {
      const rights = [
        ...ON_PIPELINE.filter(action =>
          may(person, action, model.definition.arn, iam),
        ),
        ...ON_PROJECT.filter(action =>
          projects.some(arn => may(person, action, arn, iam)),
        ),
      ];
      if (rights.length === 0) return [];
      return [
        {
          principal: describe(person),
          rights,
          administration: administrationOf(person, model, iam),
        },
      ];
    });
    return people.unread
      ? unknown(people.unread)
      : known(editors, { source: 'iam:GetAccountAuthorizationDetails' });
  });
}
