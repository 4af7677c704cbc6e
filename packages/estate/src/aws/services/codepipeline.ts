import { AwsError } from '../errors';
import { PipelineState } from '../state/pipelineSchema';
import {
  arn,
  Input,
  OperationContext,
  optionalText,
  page,
  Service,
  text,
} from './operation';

function find(
  name: string,
  { regional, account }: OperationContext,
): PipelineState {
  const found = regional.pipelines.find(item => item.pipeline.name === name);
  if (found) return found;
  throw new AwsError(
    'PipelineNotFoundException',
    `Account '${account.id}' does not have a pipeline with name '${name}'`,
  );
}

/** GetPipeline never shows the token of a GitHub (version 1) source: always four asterisks. */
function masked(
  pipeline: PipelineState['pipeline'],
): PipelineState['pipeline'] {
  return {
    ...pipeline,
    stages: pipeline.stages.map(stage => ({
      ...stage,
      actions: stage.actions.map(action =>
        action.configuration?.OAuthToken
          ? {
              ...action,
              configuration: { ...action.configuration, OAuthToken: '****' },
            }
          : action,
      ),
    })),
  };
}

function listOptions(input: Input, max: number) {
  return { token: input.nextToken, size: input.maxResults, max };
}

/** AWS CodePipeline, API version 2015-07-09. */
export const codepipeline: Service = {
  ListPipelines(input, context) {
    const { items, next } = page(
      context.regional.pipelines,
      context,
      listOptions(input, 1000),
    );
    return {
      pipelines: items.map(({ pipeline, created, updated }) => ({
        name: pipeline.name,
        version: pipeline.version,
        pipelineType: pipeline.pipelineType,
        executionMode: pipeline.executionMode ?? 'SUPERSEDED',
        created,
        updated,
      })),
      nextToken: next,
    };
  },

  GetPipeline(input, context) {
    const found = find(text(input, 'name'), context);
    const wanted = input.version;
    if (wanted !== undefined && wanted !== found.pipeline.version) {
      throw new AwsError(
        'PipelineVersionNotFoundException',
        `The pipeline has no version ${wanted}`,
      );
    }
    return {
      pipeline: masked(found.pipeline),
      metadata: {
        pipelineArn: arn(context, 'codepipeline', found.pipeline.name),
        created: found.created,
        updated: found.updated,
        pollingDisabledAt: found.pollingDisabledAt,
      },
    };
  },

  GetPipelineState(input, context) {
    const found = find(text(input, 'name'), context);
    return {
      pipelineName: found.pipeline.name,
      pipelineVersion: found.pipeline.version,
      created: found.created,
      updated: found.updated,
      stageStates: found.pipeline.stages.map(({ name, actions }) => {
        const reason = found.disabledTransitions[name];
        return {
          stageName: name,
          inboundTransitionState: {
            enabled: reason === undefined,
            disabledReason: reason,
            lastChangedAt: reason === undefined ? undefined : found.updated,
          },
          actionStates: actions.map(action => ({ actionName: action.name })),
        };
      }),
    };
  },

  ListPipelineExecutions(input, context) {
    const found = find(text(input, 'pipelineName'), context);
    const { items, next } = page(
      found.executions,
      context,
      listOptions(input, 100),
    );
    return { pipelineExecutionSummaries: items, nextToken: next };
  },

  ListActionExecutions(input, context) {
    const found = find(text(input, 'pipelineName'), context);
    const { items, next } = page(
      found.actionExecutions,
      context,
      listOptions(input, 100),
    );
    return { actionExecutionDetails: items, nextToken: next };
  },

  ListWebhooks(input, context) {
    const { items, next } = page(context.regional.webhooks, context, {
      token: optionalText(input, 'NextToken'),
      size: input.MaxResults,
      max: 60,
    });
    return { webhooks: items, NextToken: next };
  },

  ListTagsForResource(input, context) {
    const name = text(input, 'resourceArn').split(':')[5] ?? '';
    const { tags } = find(name, context);
    return {
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    };
  },
};
