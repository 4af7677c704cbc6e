import { listOf } from '../server/answers';
import { stableGuid } from '../server/identifiers';
import { identityRef } from '../server/identities';
import { projectId } from '../server/lookup';
import { Route } from '../server/request';

function publisherOf(eventType: string): string {
  if (eventType.startsWith('ms.vss-pipelines')) return 'pipelines';
  return eventType.startsWith('ms.vss-release') ? 'rm' : 'tfs';
}

export const organisationRoutes: Route[] = [
  {
    host: 'audit',
    operation: 'audit.streams.list',
    method: 'GET',
    path: '_apis/audit/streams',
    preview: true,
    handle: ({ state }) =>
      listOf(
        state.auditStreams.map((each, index) => ({
          id: index + 1,
          consumerType: each.consumerType,
          displayName: each.displayName,
          consumerInputs: {},
          status: each.status,
          statusReason: '',
          createdTime: '2025-03-01T08:00:00Z',
          updatedTime: '2025-03-01T08:00:00Z',
        })),
      ),
  },
  {
    host: 'core',
    operation: 'hooks.subscriptions.list',
    method: 'GET',
    path: '_apis/hooks/subscriptions',
    handle: ({ state, query }) => {
      const publisher = query.get('publisherId');
      return listOf(
        state.projects
          .flatMap(project =>
            project.hooks.map((each, index) => ({
              id: stableGuid('hook', project.name, index),
              status: each.status,
              publisherId: publisherOf(each.eventType),
              eventType: each.eventType,
              resourceVersion: '1.0',
              eventDescription: '',
              consumerId: each.consumerId,
              consumerActionId: 'httpRequest',
              actionDescription: '',
              createdBy: identityRef('Ada Author'),
              createdDate: '2025-03-01T08:00:00Z',
              modifiedBy: identityRef('Ada Author'),
              modifiedDate: '2025-03-01T08:00:00Z',
              publisherInputs: {
                projectId: projectId(project),
                ...(each.pipeline !== undefined && {
                  definitionName:
                    project.pipelines.find(({ id }) => id === each.pipeline)
                      ?.name ?? '',
                }),
              },
              consumerInputs: {},
            })),
          )
          .filter(each => !publisher || each.publisherId === publisher),
      );
    },
  },
];
