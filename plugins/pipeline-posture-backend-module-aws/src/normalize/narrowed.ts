import { Grant } from 'backstage-plugin-pipeline-posture-common';
import { actionsOf, PipelineModel } from './pipelineModel';

/** Resources that the definition of a pipeline names, by the service whose actions work on them. */
function resourcesOf(model: PipelineModel): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>();
  const add = (service: string, arn: string) => {
    if (arn.includes('#{')) return;
    named.set(service, (named.get(service) ?? new Set()).add(arn));
  };
  const [, partition, , region, account] = model.definition.arn.split(':');
  const local = (service: string, resource: string) =>
    add(
      service,
      `arn:${partition}:${service}:${region}:${account}:${resource}`,
    );
  for (const { bucket } of model.definition.artifactStores) {
    add('s3', `arn:${partition}:s3:::${bucket}/*`);
  }
  for (const { action, roles } of actionsOf(model)) {
    const config = action.configuration;
    if (config.ProjectName) local('codebuild', `project/${config.ProjectName}`);
    if (config.StackName)
      local('cloudformation', `stack/${config.StackName}/*`);
    if (config.FunctionName) local('lambda', `function:${config.FunctionName}`);
    if (action.provider === 'CodeCommit' && config.RepositoryName)
      local('codecommit', config.RepositoryName);
    if (config.ClusterName && config.ServiceName)
      local('ecs', `service/${config.ClusterName}/${config.ServiceName}`);
    if (config.ConnectionArn) add('codestar-connections', config.ConnectionArn);
    if (config.RoleArn) add('iam', config.RoleArn);
    if (config.S3Bucket)
      add('s3', `arn:${partition}:s3:::${config.S3Bucket}/*`);
    if (config.BucketName)
      add('s3', `arn:${partition}:s3:::${config.BucketName}/*`);
    for (const { arn } of roles.known ? roles.value : []) add('sts', arn);
  }
  return named;
}

/** The one service that all actions of a finding belong to. */
function serviceOf({ actions }: Grant): string | undefined {
  const services = new Set(actions.map(action => action.split(':')[0]));
  const [only] = services;
  return services.size === 1 ? only : undefined;
}

/** Adds to rights on every resource the statement that names the pipeline's own, where its definition names them. */
export function withNarrowed(
  grants: readonly Grant[],
  model: PipelineModel,
): Grant[] {
  const resources = resourcesOf(model);
  return grants.map(grant => {
    const service = serviceOf(grant);
    const named = service === undefined ? undefined : resources.get(service);
    const whole =
      grant.breadth === 'administrator' || grant.risk === 'not-action';
    if (!named || whole || grant.risk === 'escalation') return grant;
    const list = [...named].sort();
    return {
      ...grant,
      narrowed: JSON.stringify({
        Effect: 'Allow',
        Action: grant.actions,
        Resource: list.length === 1 ? list[0] : list,
      }),
    };
  });
}
