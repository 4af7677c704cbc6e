import { failure, listOf, one } from '../server/answers';
import { stableGuid } from '../server/identifiers';
import { identityRef } from '../server/identities';
import { connectionId, projectId } from '../server/lookup';
import { pageOf, Route, RouteRequest } from '../server/request';
import { AzureProject, ServiceConnection } from '../state';

// Names of parameters that the service never sends back.
const SECRET_PARAMETERS =
  /key$|password|secret|apitoken|accesstoken|certificate$/i;

function sentParameters(
  parameters: Record<string, string>,
): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      SECRET_PARAMETERS.test(name) ? null : value,
    ]),
  );
}

function sentConnection(
  owner: AzureProject,
  connection: ServiceConnection,
  { state }: RouteRequest,
): object {
  const shares = connection.sharedWith
    .map(name => state.projects.find(each => each.name === name))
    .filter((each): each is AzureProject => each !== undefined);
  return {
    data: connection.data,
    id: connectionId(owner, connection.name),
    name: connection.name,
    type: connection.type,
    url: connection.url,
    createdBy: identityRef('Ada Author'),
    description: connection.description,
    authorization: {
      parameters: sentParameters(connection.parameters),
      scheme: connection.scheme,
    },
    isShared: connection.isShared,
    isOutdated: false,
    isReady: true,
    isDisabled: connection.isDisabled,
    owner: connection.owner,
    ...(connection.creationDate && { creationDate: connection.creationDate }),
    ...(connection.modificationDate && {
      modificationDate: connection.modificationDate,
    }),
    serviceEndpointProjectReferences: [owner, ...shares].map(each => ({
      projectReference: { id: projectId(each), name: each.name },
      name: connection.name,
      description: connection.description,
    })),
  };
}

/** Connections of a project, those that others share with it among them. */
function connectionsFor({
  state,
  project,
}: RouteRequest): Array<[AzureProject, ServiceConnection]> {
  return state.projects.flatMap(owner =>
    owner.serviceConnections
      .filter(
        each => owner === project || each.sharedWith.includes(project.name),
      )
      .map((each): [AzureProject, ServiceConnection] => [owner, each]),
  );
}

export const serviceEndpointRoutes: Route[] = [
  {
    host: 'core',
    operation: 'serviceendpoint.endpoints.list',
    method: 'GET',
    path: '{project}/_apis/serviceendpoint/endpoints',
    handle: request =>
      listOf(
        connectionsFor(request).map(([owner, each]) =>
          sentConnection(owner, each, request),
        ),
      ),
  },
  {
    host: 'core',
    operation: 'serviceendpoint.endpoints.get',
    method: 'GET',
    path: '{project}/_apis/serviceendpoint/endpoints/{endpointId}',
    handle: request => {
      const found = connectionsFor(request).find(
        ([owner, each]) =>
          connectionId(owner, each.name) === request.params.endpointId,
      );
      return found
        ? one(sentConnection(found[0], found[1], request))
        : failure(
            404,
            'ServiceEndpointNotFoundException',
            `Service connection with id ${request.params.endpointId} does not exist.`,
          );
    },
  },
  {
    host: 'core',
    operation: 'serviceendpoint.executionhistory.list',
    method: 'GET',
    path: '{project}/_apis/serviceendpoint/{endpointId}/executionhistory',
    preview: true,
    handle: request => {
      const found = connectionsFor(request).find(
        ([owner, each]) =>
          connectionId(owner, each.name) === request.params.endpointId,
      );
      const lastUsed = found?.[1].lastUsed;
      const records = lastUsed
        ? [
            {
              endpointId: request.params.endpointId,
              data: {
                id: 1,
                planType: 'Build',
                definition: {
                  id: request.project.pipelines[0]?.id ?? 1,
                  name: request.project.pipelines[0]?.name ?? 'pipeline',
                },
                owner: {
                  id: 1,
                  name: stableGuid(request.params.endpointId).slice(0, 8),
                },
                startTime: lastUsed,
                finishTime: lastUsed,
                result: 'succeeded',
                ownerDetails: '',
              },
            },
          ]
        : [];
      return pageOf(records, request.query);
    },
  },
];
