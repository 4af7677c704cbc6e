import {
  chainFact,
  Editor,
  Fact,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import { runsProject } from './actions';
import { describe, may, peopleOf } from './people';
import { actionsOf, PipelineModel } from './pipelineModel';
import { partitionOf } from '../client/consoleUrls';

const ON_PIPELINE = [
  'codepipeline:UpdatePipeline',
  'codepipeline:DeletePipeline',
];
const ON_PROJECT = ['codebuild:UpdateProject'];

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
  return chainFact(account, iam =>
    known(
      peopleOf(iam).flatMap((person): Editor[] => {
        const rights = [
          ...ON_PIPELINE.filter(action =>
            may(person, action, model.definition.arn, iam),
          ),
          ...ON_PROJECT.filter(action =>
            projects.some(arn => may(person, action, arn, iam)),
          ),
        ];
        if (rights.length === 0) return [];
        return [{ principal: describe(person), rights }];
      }),
      { source: 'iam:GetAccountAuthorizationDetails' },
    ),
  );
}
