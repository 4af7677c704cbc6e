import { listOf, one, projectNotFound } from '../server/answers';
import { findProject, projectId } from '../server/lookup';
import { pageOf, Route, RouteRequest } from '../server/request';
import { AzureProject } from '../state';

/** A project in the form that lists and references carry. */
export function projectReference(
  project: AzureProject,
  urls: RouteRequest['urls'],
) {
  const id = projectId(project);
  return {
    id,
    name: project.name,
    url: `${urls.core}/_apis/projects/${id}`,
    state: project.state,
    revision: 73,
    visibility: project.visibility,
    lastUpdateTime: '2026-01-10T06:21:02.863Z',
  };
}

export const projectRoutes: Route[] = [
  {
    host: 'core',
    operation: 'core.projects.list',
    method: 'GET',
    path: '_apis/projects',
    handle: ({ state, query, urls }) => {
      const filter = query.get('stateFilter') ?? 'wellFormed';
      const projects = state.projects
        .filter(each => filter.toLowerCase() === 'all' || each.state === filter)
        .map(each => projectReference(each, urls));
      if (!query.has('$top') && !query.has('$skip'))
        return pageOf(projects, query, 100);
      const skip = Number(query.get('$skip') ?? 0);
      const skipped = new URLSearchParams(query);
      return skip > 0
        ? listOf(projects.slice(skip, skip + Number(query.get('$top') ?? 100)))
        : pageOf(projects, skipped, 100);
    },
  },
  {
    host: 'core',
    operation: 'core.projects.get',
    method: 'GET',
    path: '_apis/projects/{projectId}',
    handle: ({ state, params, urls }) => {
      const project = findProject(state, params.projectId);
      return project
        ? one({
            ...projectReference(project, urls),
            defaultTeam: {
              id: projectId(project),
              name: `${project.name} Team`,
            },
          })
        : projectNotFound(params.projectId);
    },
  },
];
