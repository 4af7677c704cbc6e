import { Leak } from 'backstage-plugin-pipeline-posture-common';

/** An action of CodePipeline, without any value that could be a secret. */
export interface ActionDefinition {
  name: string;
  category: string;
  owner: string;
  provider: string;
  version: string;
  runOrder: number;
  /** Keys with values that are kept only where they name something. */
  configuration: Readonly<Record<string, string>>;
  /** Redacted. */
  commands: readonly string[];
  roleArn?: string;
  region?: string;
  namespace?: string;
  inputArtifacts: readonly string[];
  outputArtifacts: readonly string[];
}

/** A rule of a stage condition. */
export interface RuleDefinition {
  name: string;
  provider: string;
  configuration: Readonly<Record<string, string>>;
  commands: readonly string[];
  roleArn?: string;
  inputArtifacts: readonly string[];
}

/** A condition of a stage, with what happens when it is not met. */
export interface ConditionDefinition {
  result?: string;
  rules: readonly RuleDefinition[];
}

/** A stage of CodePipeline. */
export interface StageDefinition {
  name: string;
  actions: readonly ActionDefinition[];
  beforeEntry: readonly ConditionDefinition[];
  onSuccess: readonly ConditionDefinition[];
  onFailure: readonly ConditionDefinition[];
  onFailureResult?: string;
}

/** Patterns of branches, tags or paths. */
export interface PatternFilter {
  includes: readonly string[];
  excludes: readonly string[];
}

/** A Git trigger of a V2 pipeline. */
export interface TriggerDefinition {
  sourceAction: string;
  push: ReadonlyArray<{ branches?: PatternFilter; tags?: PatternFilter }>;
  pullRequest: ReadonlyArray<{
    branches?: PatternFilter;
    events: readonly string[];
  }>;
}

/** Where a pipeline keeps its artifacts. */
export interface ArtifactStoreDefinition {
  region: string;
  bucket: string;
  keyId?: string;
}

/** The definition of a pipeline. Holds no secret: it may be kept between runs. */
export interface PipelineDefinition {
  name: string;
  arn: string;
  version: number;
  type: 'V1' | 'V2';
  executionMode?: string;
  roleArn: string;
  stages: readonly StageDefinition[];
  variables: ReadonlyArray<{ name: string }>;
  triggers: readonly TriggerDefinition[];
  artifactStores: readonly ArtifactStoreDefinition[];
  /** Where values stood that look like secrets. */
  leaks: readonly Leak[];
}

/** A source of a build project. */
export interface BuildSource {
  type: string;
  /** Without user and password. */
  location?: string;
  authType?: string;
  /** The text as it stands: empty, a path, an ARN or YAML. Redacted. */
  buildspec: string;
}

/** A CodeBuild project, without any value that could be a secret. */
export interface BuildProject {
  name: string;
  arn: string;
  serviceRole: string;
  batchRole?: string;
  source: BuildSource;
  secondarySources: readonly BuildSource[];
  image: string;
  privileged: boolean;
  variables: ReadonlyArray<{ name: string; type: string }>;
  webhook?: {
    filterGroups: ReadonlyArray<
      ReadonlyArray<{ type: string; pattern: string; exclude: boolean }>
    >;
    /** Which pull requests wait for the comment of a maintainer. */
    commentApproval: string;
  };
  visibility: string;
  inVpc: boolean;
  logs: { cloudWatch: boolean; s3: boolean };
  leaks: readonly Leak[];
}

/** A webhook of CodePipeline. */
export interface WebhookDefinition {
  name: string;
  pipeline: string;
  action: string;
  authentication: string;
  allowedIpRange?: string;
  /** Whether a filter looks at the branch. */
  filtersBranch: boolean;
}
