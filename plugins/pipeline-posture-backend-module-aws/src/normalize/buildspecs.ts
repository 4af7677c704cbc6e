import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import {
  ActionDefinition,
  BuildProject,
  PipelineDefinition,
} from '../collect/definition';
import { ScopeReadings } from '../collect/readings';
import { branchKey, branchOf } from '../collect/RepositoryAddresses';

/** Where the commands of a build stand. */
export type BuildspecPlace =
  /** In the action, the project or a bucket: people who only push code cannot change it. */
  | 'central'
  /** In the repository that is built. */
  | 'repository';

/** The buildspec that is really used. */
export interface EffectiveBuildspec {
  place: BuildspecPlace;
  /** Its text where it is inline; redacted. */
  text?: string;
  /** Where it is in the repository, as it stands in the definition. */
  path?: string;
  /** For people: `buildspec.yml in the repository`. */
  description: string;
}

const isInline = (text: string) => /\n|^\s*version\s*:/.test(text);
const isBucketArn = (text: string) => /^arn:[^:]+:s3:::/.test(text);

/** The buildspec of a build: an override of the action, else the project's; an empty one means buildspec.yml in the repository. */
export function effectiveBuildspec(
  action: ActionDefinition,
  project: BuildProject,
): EffectiveBuildspec {
  const override = action.configuration.BuildspecOverride ?? '';
  const text = (override || project.source.buildspec).trim();
  const of = override ? `action ${action.name}` : `project ${project.name}`;
  if (isInline(text)) {
    return { place: 'central', text, description: `inline buildspec of ${of}` };
  }
  if (isBucketArn(text)) {
    return { place: 'central', description: `buildspec of ${of} in Amazon S3` };
  }
  const path = text || 'buildspec.yml';
  return {
    place: 'repository',
    path,
    description: `${path} in the repository`,
  };
}

/** A buildspec in a repository that a pipeline takes its source from. */
export interface BuildFileSite {
  /** The action that takes the repository. */
  source: ActionDefinition;
  /** From the root of the repository. */
  path: string;
}

/** What stands for a file in the readings. */
export function buildFileKey({ source, path }: BuildFileSite): string {
  const { provider, configuration } = source;
  const branch =
    provider === 'CodeCommit'
      ? `codecommit ${configuration.RepositoryName} ${branchOf(configuration)}`
      : branchKey(source);
  return `${branch} ${path}`;
}

/** CodeBuild puts each further source into a folder that this variable names. */
const FURTHER_SOURCE = /^\$\{?CODEBUILD_SRC_DIR_(\w+)\}?\/(.+)$/;

/**
 * Where the buildspec of a build is, if it is in a repository.
 *
 * @returns undefined if it is not in a repository; unknown if it is in what an earlier action made
 */
export function buildFileOf(
  action: ActionDefinition,
  project: BuildProject,
  { stages }: PipelineDefinition,
): Fact<BuildFileSite> | undefined {
  const { path: named } = effectiveBuildspec(action, project);
  if (named === undefined) return undefined;
  const [, further, inside] = FURTHER_SOURCE.exec(named) ?? [];
  const artifact =
    further ?? action.configuration.PrimarySource ?? action.inputArtifacts[0];
  const source = stages
    .flatMap(({ actions }) => actions)
    .find(
      ({ category, outputArtifacts }) =>
        category === 'Source' && outputArtifacts.includes(artifact),
    );
  const path = (inside ?? named).replace(/^(\.?\/)+/, '');
  const isRepository = ['CodeCommit', 'GitHub', 'CodeStarSourceConnection'];
  if (
    source &&
    isRepository.includes(source.provider) &&
    !/[$#]\{|\$\w/.test(path)
  ) {
    return known({ source, path });
  }
  return unknown({
    code: 'unresolved',
    message: `Action ${action.name} follows ${named} in the artifact ${
      artifact ?? 'of its source'
    }, which is not a repository that can be read.`,
    actor: 'service-owner',
    action: `Write the commands of ${action.name} inline in the build project, or take the buildspec from a repository.`,
  });
}

/**
 * The commands of a build: inline ones, or those of the file in the repository.
 *
 * @returns null if that file does not exist
 */
export function buildCommands(
  action: ActionDefinition,
  project: BuildProject,
  definition: PipelineDefinition,
  readings: ScopeReadings,
): Fact<string | null> {
  const { text, description } = effectiveBuildspec(action, project);
  if (text !== undefined) {
    return known(text, {
      source: 'codebuild:BatchGetProjects',
      field: 'source.buildspec',
    });
  }
  const site = buildFileOf(action, project, definition);
  if (!site) {
    return unknown({
      code: 'not-supported',
      message: `The ${description} is not read: that would take the right to read objects of the bucket.`,
      actor: 'service-owner',
      action: `Write the commands of ${action.name} inline in the build project, or review the file by hand.`,
    });
  }
  if (!site.known) return site;
  const file = readings.buildFiles.get(buildFileKey(site.value));
  if (!file) {
    return unknown({
      code: 'unresolved',
      message: `The ${description} of action ${action.name} was not read.`,
      actor: 'platform-team',
      action: 'Check the pipeline again.',
    });
  }
  return file.known ? known(file.value?.text ?? null, file.evidence) : file;
}
