import {
  ActionDeclaration,
  Condition,
  GitBranchFilterCriteria,
  PipelineDeclaration,
  RuleDeclaration,
  StageDeclaration,
} from '@aws-sdk/client-codepipeline';
import { Leak } from 'backstage-plugin-pipeline-posture-common';
import { SecretScanner } from 'backstage-plugin-pipeline-posture-node';
import {
  ActionDefinition,
  ConditionDefinition,
  PatternFilter,
  PipelineDefinition,
  RuleDefinition,
  StageDefinition,
} from '../collect/definition';

/** Configuration keys that hold JSON with values of their own. */
const NESTED_JSON = new Set([
  'EnvironmentVariables',
  'ParameterOverrides',
  'UserParameters',
  'Input',
]);
/** GetPipeline answers four asterisks here; nothing of it is kept. */
const MASKED = new Set(['OAuthToken', 'SecretToken']);
const REMOVED = '•••• (removed)';

/** Reads a definition and leaves out every value that could be a secret. */
class DefinitionReader {
  readonly leaks: Leak[] = [];
  readonly #scanner = new SecretScanner();

  constructor(private readonly url: string) {}

  #leak(where: string, pattern: string, kind: Leak['in']): void {
    this.leaks.push({ where, pattern, in: kind, url: this.url });
  }

  setting(where: string, name: string, value: string): string {
    const match = this.#scanner.matchSetting(name, value);
    if (!match) return value;
    this.#leak(where, match.pattern, 'setting');
    return REMOVED;
  }

  text(where: string, value: string): string {
    const match = this.#scanner.matchText(value);
    if (match) this.#leak(where, match.pattern, 'code');
    return this.#scanner.redact(value);
  }

  configuration(
    where: string,
    configuration: Record<string, string> | undefined,
  ): Record<string, string> {
    const kept: Record<string, string> = {};
    for (const [key, value] of Object.entries(configuration ?? {})) {
      if (MASKED.has(key)) continue;
      if (key === 'BuildspecOverride') {
        kept[key] = this.text(`${key} of ${where}`, value);
      } else if (NESTED_JSON.has(key)) {
        kept[key] = this.#nested(`${key} of ${where}`, value);
      } else {
        kept[key] = this.setting(`${key} of ${where}`, key, value);
      }
    }
    return kept;
  }

  /** Scans values inside a JSON text; keeps names and references to variables only. */
  #nested(where: string, text: string): string {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.text(where, text);
      return references(text);
    }
    const walk = (item: unknown, name: string): void => {
      if (typeof item === 'string') {
        this.setting(`${name} in ${where}`, name, item);
      } else if (Array.isArray(item)) {
        item.forEach(entry => walk(entry, name));
      } else if (typeof item === 'object' && item !== null) {
        const variable = item as {
          name?: unknown;
          value?: unknown;
          type?: unknown;
        };
        if (
          typeof variable.name === 'string' &&
          typeof variable.value === 'string'
        ) {
          if (variable.type === undefined || variable.type === 'PLAINTEXT') {
            this.setting(
              `variable ${variable.name} in ${where}`,
              variable.name,
              variable.value,
            );
          }
          return;
        }
        Object.entries(item).forEach(([key, entry]) => walk(entry, key));
      }
    };
    walk(value, where);
    return references(text);
  }
}

/** The references to variables in a text: all that is kept of values. */
function references(text: string): string {
  return [...new Set(text.match(/#\{[^}]*\}/g) ?? [])].join(' ');
}

function readAction(
  action: ActionDeclaration,
  stage: string,
  reader: DefinitionReader,
): ActionDefinition {
  const where = `action ${action.name} of stage ${stage}`;
  for (const { name = '', value = '', type } of action.environmentVariables ??
    []) {
    if (type === undefined || type === 'PLAINTEXT') {
      reader.setting(`variable ${name} of ${where}`, name, value);
    }
  }
  const variables = (action.environmentVariables ?? [])
    .map(({ value = '' }) => references(value))
    .filter(Boolean);
  const configuration = reader.configuration(where, action.configuration);
  return {
    name: action.name ?? '',
    category: action.actionTypeId?.category ?? '',
    owner: action.actionTypeId?.owner ?? '',
    provider: action.actionTypeId?.provider ?? '',
    version: action.actionTypeId?.version ?? '',
    runOrder: action.runOrder ?? 1,
    configuration:
      variables.length > 0
        ? { ...configuration, environmentVariables: variables.join(' ') }
        : configuration,
    commands: (action.commands ?? []).map(command =>
      reader.text(`commands of ${where}`, command),
    ),
    roleArn: action.roleArn || undefined,
    region: action.region || undefined,
    namespace: action.namespace || undefined,
    inputArtifacts: (action.inputArtifacts ?? []).flatMap(
      ({ name }) => name ?? [],
    ),
    outputArtifacts: (action.outputArtifacts ?? []).flatMap(
      ({ name }) => name ?? [],
    ),
  };
}

function readRule(
  rule: RuleDeclaration,
  stage: string,
  reader: DefinitionReader,
): RuleDefinition {
  const where = `rule ${rule.name} of stage ${stage}`;
  return {
    name: rule.name ?? '',
    provider: rule.ruleTypeId?.provider ?? '',
    configuration: reader.configuration(where, rule.configuration),
    commands: (rule.commands ?? []).map(command =>
      reader.text(`commands of ${where}`, command),
    ),
    roleArn: rule.roleArn || undefined,
    inputArtifacts: (rule.inputArtifacts ?? []).flatMap(
      ({ name }) => name ?? [],
    ),
  };
}

function readConditions(
  conditions: Condition[] | undefined,
  stage: string,
  reader: DefinitionReader,
): ConditionDefinition[] {
  return (conditions ?? []).map(({ result, rules }) => ({
    result,
    rules: (rules ?? []).map(rule => readRule(rule, stage, reader)),
  }));
}

function readStage(
  stage: StageDeclaration,
  reader: DefinitionReader,
): StageDefinition {
  const name = stage.name ?? '';
  return {
    name,
    actions: (stage.actions ?? []).map(action =>
      readAction(action, name, reader),
    ),
    beforeEntry: readConditions(stage.beforeEntry?.conditions, name, reader),
    onSuccess: readConditions(stage.onSuccess?.conditions, name, reader),
    onFailure: readConditions(stage.onFailure?.conditions, name, reader),
    onFailureResult: stage.onFailure?.result,
  };
}

const filter = (
  criteria: GitBranchFilterCriteria | undefined,
): PatternFilter | undefined =>
  criteria && {
    includes: criteria.includes ?? [],
    excludes: criteria.excludes ?? [],
  };

/**
 * Reads what GetPipeline answered. Secret-looking values are noted and removed
 * here, so that nothing further on can keep or show them.
 *
 * @param context - the ARN, the console page and the region of the pipeline
 */
export function readDefinition(
  pipeline: PipelineDeclaration,
  context: { arn: string; url: string; region: string },
): PipelineDefinition {
  const reader = new DefinitionReader(context.url);
  const stages = (pipeline.stages ?? []).map(stage => readStage(stage, reader));
  for (const { name = '', defaultValue = '' } of pipeline.variables ?? []) {
    reader.setting(`default value of variable ${name}`, name, defaultValue);
  }
  const stores = pipeline.artifactStores
    ? Object.entries(pipeline.artifactStores)
    : Object.entries({ [context.region]: pipeline.artifactStore });
  return {
    name: pipeline.name ?? '',
    arn: context.arn,
    version: pipeline.version ?? 0,
    type: pipeline.pipelineType === 'V2' ? 'V2' : 'V1',
    executionMode: pipeline.executionMode,
    roleArn: pipeline.roleArn ?? '',
    stages,
    variables: (pipeline.variables ?? []).map(({ name = '' }) => ({ name })),
    triggers: (pipeline.triggers ?? []).map(({ gitConfiguration }) => ({
      sourceAction: gitConfiguration?.sourceActionName ?? '',
      push: (gitConfiguration?.push ?? []).map(push => ({
        branches: filter(push.branches),
        tags: filter(push.tags),
      })),
      pullRequest: (gitConfiguration?.pullRequest ?? []).map(request => ({
        branches: filter(request.branches),
        events: request.events ?? [],
      })),
    })),
    artifactStores: stores.flatMap(([region, store]) =>
      store?.location
        ? [{ region, bucket: store.location, keyId: store.encryptionKey?.id }]
        : [],
    ),
    leaks: reader.leaks,
  };
}
