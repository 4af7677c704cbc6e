import { AwsError } from '../errors';
import { arn, page, Service, texts } from './operation';

/** AWS CodeBuild, API version 2016-10-06. */
export const codebuild: Service = {
  BatchGetProjects(input, context) {
    const names = texts(input, 'names');
    if (names.length < 1 || names.length > 100) {
      throw new AwsError(
        'InvalidInputException',
        `names must hold between 1 and 100 project names, found ${names.length}`,
      );
    }
    const wanted = names.map(name => name.replace(/^arn:.*:project\//, ''));
    const byName = new Map(
      context.regional.projects.map(project => [project.name, project]),
    );
    const found = wanted.flatMap(name => byName.get(name) ?? []);
    return {
      projects: found.map(project => ({
        ...project,
        arn: arn(context, 'codebuild', `project/${project.name}`),
      })),
      projectsNotFound: wanted.filter(name => !byName.has(name)),
    };
  },

  ListProjects(input, context) {
    const { items, next } = page(context.regional.projects, context, {
      token: input.nextToken,
      max: 100,
      invalidToken: 'InvalidInputException',
    });
    return { projects: items.map(({ name }) => name), nextToken: next };
  },

  ListSourceCredentials(_input, context) {
    return { sourceCredentialsInfos: context.regional.sourceCredentials };
  },
};
