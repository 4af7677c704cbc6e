import {
  ActionDefinition,
  RuleDefinition,
  StageDefinition,
} from '../collect/definition';

/** Rules that run code of their own, with the provider of the action that does the same. */
const RUNNING: Readonly<Record<string, string>> = {
  CodeBuild: 'CodeBuild',
  Commands: 'Commands',
  LambdaInvoke: 'Lambda',
};

function asAction(rule: RuleDefinition, runOrder: number): ActionDefinition {
  return {
    name: rule.name,
    category: 'Test',
    owner: 'AWS',
    provider: RUNNING[rule.provider],
    version: '1',
    runOrder,
    configuration: rule.configuration,
    commands: rule.commands,
    roleArn: rule.roleArn,
    inputArtifacts: rule.inputArtifacts,
    outputArtifacts: [],
  };
}

/**
 * The rules of a stage that run code, as the test actions that they are: those on
 * entry before all actions of the stage, the others after them.
 */
export function ruleActions(stage: StageDefinition): ActionDefinition[] {
  const of = (conditions: StageDefinition['beforeEntry'], runOrder: number) =>
    conditions
      .flatMap(({ rules }) => [...rules])
      .filter(({ provider }) => Object.hasOwn(RUNNING, provider))
      .map(rule => asAction(rule, runOrder));
  return [
    ...of(stage.beforeEntry, 0),
    ...of([...stage.onSuccess, ...stage.onFailure], Number.MAX_SAFE_INTEGER),
  ];
}
