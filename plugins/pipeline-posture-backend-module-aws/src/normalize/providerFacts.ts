import {
  Fact,
  known,
  ProviderFacts,
} from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import { webhookWeakness } from './inputs';
import { actionsOf, PipelineModel } from './pipelineModel';

/** An action that a worker outside of AWS runs. */
export interface ExternalAction {
  name: string;
  stage: string;
  provider: string;
}

/** A webhook that starts the pipeline. */
export interface PipelineWebhook {
  name: string;
  /** Why others than its host can call it; absent if they cannot. */
  weakness?: string;
}

/** A source repository, with whether everybody can read it, and who may copy it. */
export interface SourceVisibility {
  name: string;
  isPublic: Fact<boolean>;
  forkable: Fact<boolean>;
}

/** Facts that only CodePipeline has. */
export interface AwsFacts extends ProviderFacts {
  externalActions: Fact<ExternalAction[]>;
  webhooks: Fact<PipelineWebhook[]>;
  visibility: Fact<SourceVisibility[]>;
}

/** Workers of others run custom actions and all third-party actions but GitHub sources. */
function externalActions(model: PipelineModel): ExternalAction[] {
  return actionsOf(model)
    .filter(
      ({ action: { owner, provider } }) =>
        owner === 'Custom' || (owner === 'ThirdParty' && provider !== 'GitHub'),
    )
    .map(({ action, stage }) => ({
      name: action.name,
      stage: stage.stage.name,
      provider: action.provider,
    }));
}

function webhooksOf(
  model: PipelineModel,
  { webhooks }: ScopeReadings,
): Fact<PipelineWebhook[]> {
  if (!webhooks.known) return webhooks;
  return known(
    webhooks.value
      .filter(({ pipeline }) => pipeline === model.definition.name)
      .map(webhook => ({
        name: webhook.name,
        weakness: webhookWeakness(webhook),
      })),
    webhooks.evidence,
  );
}

/** The facts of a pipeline that only CodePipeline has. */
export function providerFactsOf(
  model: PipelineModel,
  visibility: Fact<SourceVisibility[]>,
  readings: ScopeReadings,
): AwsFacts {
  return {
    externalActions: known(externalActions(model), {
      source: 'codepipeline:GetPipeline',
    }),
    webhooks: webhooksOf(model, readings),
    visibility,
  };
}
