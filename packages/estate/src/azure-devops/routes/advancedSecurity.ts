import { one } from '../server/answers';
import { projectId, repositoryId } from '../server/lookup';
import { Route } from '../server/request';

export const advancedSecurityRoutes: Route[] = [
  {
    host: 'advancedSecurity',
    operation: 'advancedsecurity.enablement.get',
    method: 'GET',
    path: '_apis/management/enablement',
    preview: true,
    handle: ({ state, query }) => {
      const all = query.get('includeAllProperties')?.toLowerCase() === 'true';
      return one({
        enableOnCreate: false,
        reposEnablementStatus: state.projects.flatMap(project =>
          project.repositories.map(({ name, advancedSecurity }) => ({
            projectId: projectId(project),
            repositoryId: repositoryId(project, name),
            advSecEnabled: advancedSecurity !== undefined,
            // Told only if asked for.
            blockPushes: all ? advancedSecurity?.blockPushes ?? false : null,
            advSecEnablementFeatures: null,
            advSecEnablementLastChangedDate: '2026-02-01T08:00:00Z',
          })),
        ),
      });
    },
  },
];
