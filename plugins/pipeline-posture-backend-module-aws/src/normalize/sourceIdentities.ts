import { Identity, known } from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import { projectOf } from './actions';
import { nameOf } from './arns';
import { PipelineModel, actionsOf } from './pipelineModel';

/** The source connections of a pipeline, with the credential that they keep. */
export function sourceIdentities(model: PipelineModel): Identity[] {
  return actionsOf(model).flatMap(({ action }): Identity[] => {
    if (action.category !== 'Source') return [];
    const base = {
      type: 'source connection',
      purposes: ['source' as const],
      grants: known([]),
      usedBy: known([]),
      openTrust: known([]),
    };
    if (action.owner === 'ThirdParty' && action.provider === 'GitHub') {
      return [
        {
          ...base,
          id: `github-oauth:${model.definition.arn}/${action.name}`,
          name: `${action.name} (GitHub version 1)`,
          credential: known(
            {
              kind: 'token',
              longLived: true,
              alternative: 'A connection (CodeStarSourceConnection)',
            },
            {
              source: 'codepipeline:GetPipeline',
              field: `stages[].actions[${action.name}].actionTypeId`,
              observed: 'ThirdParty GitHub version 1',
            },
          ),
        },
      ];
    }
    const connection = action.configuration.ConnectionArn;
    if (!connection) return [];
    return [
      {
        ...base,
        id: connection,
        name: `connection ${nameOf(connection)}`,
        credential: known(
          { kind: 'app-installation', longLived: false },
          { source: 'codepipeline:GetPipeline', observed: connection },
        ),
      },
    ];
  });
}

/** Types of build sources that no Git credential is used for. */
const WITHOUT_CREDENTIAL = new Set([
  'CODEPIPELINE',
  'NO_SOURCE',
  'S3',
  'CODECOMMIT',
]);
const SAFE_AUTH = new Set(['CODECONNECTIONS', 'SECRETS_MANAGER']);

/** Git tokens that CodeBuild keeps for all projects of the account and region, where a project of the pipeline uses them. */
export function buildSourceIdentities(
  model: PipelineModel,
  readings: ScopeReadings,
): Identity[] {
  const credentials = readings.sourceCredentials;
  const uses = actionsOf(model).some(({ action }) => {
    const project = projectOf(action, readings);
    return (
      project?.known &&
      [project.value.source, ...project.value.secondarySources].some(
        ({ type, authType = '' }) =>
          !WITHOUT_CREDENTIAL.has(type) && !SAFE_AUTH.has(authType),
      )
    );
  });
  if (!uses) return [];
  const base = {
    type: 'source credential of CodeBuild',
    purposes: ['source' as const],
    grants: known([]),
    usedBy: known([]),
    openTrust: known([]),
  };
  if (!credentials.known) {
    return [
      {
        ...base,
        id: `codebuild:${readings.scopeId}`,
        name: readings.scopeId,
        credential: credentials,
      },
    ];
  }
  return credentials.value.map(({ serverType, authType }) => ({
    ...base,
    id: `codebuild:${readings.scopeId}/${serverType}`,
    name: `${serverType} (${authType})`,
    credential: known(
      SAFE_AUTH.has(authType)
        ? { kind: 'app-installation' as const, longLived: false }
        : {
            kind: 'token' as const,
            longLived: true,
            alternative: 'A connection',
          },
      { source: 'codebuild:ListSourceCredentials', observed: authType },
    ),
  }));
}
