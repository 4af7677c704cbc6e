import {
  Fact,
  known,
  PipelineInput,
  PipelineInputs,
} from 'backstage-plugin-pipeline-posture-common';
import {
  ActionDefinition,
  RuleDefinition,
  WebhookDefinition,
} from '../collect/definition';
import { ScopeReadings } from '../collect/readings';
import { PipelineModel } from './pipelineModel';

const mentions = (texts: readonly string[], variable: string) =>
  texts.some(text => text.includes(`#{variables.${variable}}`));

const textsOf = ({
  configuration,
  commands,
}: ActionDefinition | RuleDefinition) => [
  ...Object.values(configuration),
  ...commands,
];

/** Keys whose value chooses an identity, a target or a runner. */
const SINKS: Record<string, PipelineInput['sinks'][number]> = {
  RoleArn: 'identity',
  ServiceRoleArnOverride: 'identity',
  StackName: 'environment',
  ClusterName: 'environment',
  ServiceName: 'environment',
  ApplicationName: 'environment',
  DeploymentGroupName: 'environment',
  FunctionName: 'environment',
  BucketName: 'environment',
  ProjectName: 'runner',
};

function sinksOf(
  actions: ActionDefinition[],
  variable: string,
): PipelineInput['sinks'] {
  const sinks = new Set<PipelineInput['sinks'][number]>();
  for (const { configuration, commands } of actions) {
    if (mentions(commands, variable)) sinks.add('script');
    for (const [key, value] of Object.entries(configuration)) {
      if (!mentions([value], variable)) continue;
      if (key === 'BuildspecOverride') sinks.add('script');
      const sink = SINKS[key];
      if (sink) sinks.add(sink);
    }
  }
  return [...sinks];
}

/** A rule that lets every value through. */
const checksNothing = ({ provider, configuration }: RuleDefinition) =>
  provider === 'VariableCheck' &&
  (configuration.Operator === 'NE' ||
    /^\^?\.[*+]\$?$/.test(configuration.Value ?? ''));

/** Rules of entry conditions that look at a variable. */
const CHECKING = new Set([
  'VariableCheck',
  'LambdaInvoke',
  'Commands',
  'CodeBuild',
]);

function checkOf(model: PipelineModel, variable: string, firstUse: number) {
  for (const { stage, position } of model.stages) {
    if (position > firstUse) break;
    for (const { rules } of stage.beforeEntry) {
      const rule = rules.find(
        item =>
          CHECKING.has(item.provider) &&
          !checksNothing(item) &&
          mentions(textsOf(item), variable),
      );
      if (rule) return { rule, stage: stage.name };
    }
  }
  return undefined;
}

function variableInput(model: PipelineModel, name: string): PipelineInput[] {
  const using = model.stages.filter(({ stage }) =>
    stage.actions.some(action => mentions(textsOf(action), name)),
  );
  // A variable that nothing uses has no effect, whatever its value is.
  if (using.length === 0) return [];
  const check = checkOf(model, name, using[0].position);
  return [
    {
      name,
      kind: 'variable',
      constrained: check !== undefined,
      because: check
        ? `the rule ${check.rule.name} checks it before stage ${check.stage}`
        : 'no VariableCheck rule looks at it before it is used',
      sinks: sinksOf(
        model.definition.stages.flatMap(({ actions }) => [...actions]),
        name,
      ),
    },
  ];
}

/** Why a webhook is open to others than its host; undefined if it is not. */
export function webhookWeakness(
  webhook: WebhookDefinition,
): string | undefined {
  if (webhook.authentication === 'UNAUTHENTICATED')
    return 'it does not authenticate its caller';
  const range = webhook.allowedIpRange ?? '';
  if (
    webhook.authentication === 'IP' &&
    (range === '' || range.endsWith('/0'))
  ) {
    return 'it takes calls from every address';
  }
  return undefined;
}

function webhookInput(webhook: WebhookDefinition): PipelineInput {
  const weakness =
    webhookWeakness(webhook) ??
    (webhook.filtersBranch
      ? undefined
      : 'none of its filters looks at the branch');
  return {
    name: webhook.name,
    kind: 'webhook',
    constrained: weakness === undefined,
    because: weakness ?? 'it authenticates its caller and filters by branch',
    sinks: [],
  };
}

/** What can be given to a run. CodePipeline takes only variables that the definition declares. */
export function inputsOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<PipelineInputs> {
  const { name, variables } = model.definition;
  const { webhooks } = readings;
  if (!webhooks.known) return webhooks;
  return known(
    {
      anyVariableSettable: known(false, {
        source: 'codepipeline:GetPipeline',
        field: 'pipeline.variables',
      }),
      declared: [
        ...variables.flatMap(variable => variableInput(model, variable.name)),
        ...webhooks.value
          .filter(({ pipeline }) => pipeline === name)
          .map(webhookInput),
      ],
    },
    { source: 'codepipeline:GetPipeline' },
  );
}
