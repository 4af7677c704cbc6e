/**
 * `<project>/<repository>` in Azure Repos.
 * @public
 */
export const AZURE_PROJECT_REPO_ANNOTATION = 'dev.azure.com/project-repo';

/**
 * Azure DevOps project; used together with the definition.
 * @public
 */
export const AZURE_PROJECT_ANNOTATION = 'dev.azure.com/project';

/**
 * Names of pipeline definitions, separated by commas.
 * @public
 */
export const AZURE_BUILD_DEFINITION_ANNOTATION =
  'dev.azure.com/build-definition';

/**
 * `<host>/<organisation>`, needed where several organisations have projects of the same name.
 * @public
 */
export const AZURE_HOST_ORG_ANNOTATION = 'dev.azure.com/host-org';

/**
 * ARNs of CodePipelines, separated by commas.
 * @public
 */
export const AWS_CODEPIPELINE_ARN_ANNOTATION =
  'aws.amazon.com/aws-codepipeline-arn';

/**
 * `key=value` tags, separated by commas; a pipeline must have all of them.
 * @public
 */
export const AWS_CODEPIPELINE_TAGS_ANNOTATION =
  'aws.amazon.com/aws-codepipeline-tags';

/**
 * Annotations that name pipelines. An entity that has none of them is linked by its source location.
 * @public
 */
export const PIPELINE_ANNOTATIONS: readonly string[] = [
  AZURE_PROJECT_REPO_ANNOTATION,
  AZURE_PROJECT_ANNOTATION,
  AZURE_BUILD_DEFINITION_ANNOTATION,
  AWS_CODEPIPELINE_ARN_ANNOTATION,
  AWS_CODEPIPELINE_TAGS_ANNOTATION,
];
