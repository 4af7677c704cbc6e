import { failure, listOf, one } from '../server/answers';
import { stableGuid } from '../server/identifiers';
import {
  identityOf,
  identityRef,
  ORGANISATION_GROUPS,
  PROJECT_GROUPS,
} from '../server/identities';
import { findProject, projectId } from '../server/lookup';
import { pageOf, Route, RouteRequest } from '../server/request';
import { Group } from '../state';

function groupsOf({ state }: RouteRequest): Group[] {
  const declared = [...state.groups];
  const add = (name: string, project?: string) => {
    if (
      !declared.some(each => each.name === name && each.project === project)
    ) {
      declared.push({ name, project, members: [] });
    }
  };
  ORGANISATION_GROUPS.forEach(name => add(name));
  state.projects.forEach(project =>
    PROJECT_GROUPS.forEach(name => add(name, project.name)),
  );
  return declared;
}

const principalName = (group: Group, organisation: string) =>
  `[${group.project ?? organisation}]\\${group.name}`;

function publisherOf(eventType: string): string {
  if (eventType.startsWith('ms.vss-pipelines')) return 'pipelines';
  return eventType.startsWith('ms.vss-release') ? 'rm' : 'tfs';
}

/** Graph names a project by a descriptor of its own. */
function scopeDescriptor(id: string): string {
  return `scp.${Buffer.from(id).toString('base64url')}`;
}

export const organisationRoutes: Route[] = [
  {
    host: 'graph',
    operation: 'graph.descriptors.get',
    method: 'GET',
    path: '_apis/graph/descriptors/{storageKey}',
    preview: true,
    handle: ({ state, params }) => {
      const project = findProject(state, params.storageKey);
      return project
        ? one({ value: scopeDescriptor(projectId(project)), _links: {} })
        : failure(
            404,
            'GraphSubjectNotFoundException',
            `VS403283: Could not find subject ${params.storageKey}`,
          );
    },
  },
  {
    host: 'graph',
    operation: 'graph.groups.list',
    method: 'GET',
    path: '_apis/graph/groups',
    preview: true,
    handle: request => {
      const { state, query, urls } = request;
      const scope = query.get('scopeDescriptor');
      const groups = groupsOf(request)
        .filter(each => {
          if (!scope) return true;
          const project = each.project && findProject(state, each.project);
          return project
            ? scopeDescriptor(projectId(project)) === scope
            : false;
        })
        .map(each => {
          const name = principalName(each, state.organisation);
          const { subjectDescriptor } = identityOf(name);
          const project = each.project
            ? findProject(state, each.project)
            : undefined;
          return {
            subjectKind: 'group',
            description: '',
            domain: project
              ? `vstfs:///Classification/TeamProject/${projectId(project)}`
              : `vstfs:///Framework/IdentityDomain/${stableGuid(
                  'organisation',
                  state.organisation,
                )}`,
            principalName: name,
            mailAddress: null,
            origin: 'vsts',
            originId: identityOf(name).id,
            displayName: each.name,
            url: `${urls.graph}/_apis/Graph/Groups/${subjectDescriptor}`,
            descriptor: subjectDescriptor,
          };
        });
      return pageOf(groups, query, 500);
    },
  },
  {
    host: 'graph',
    operation: 'graph.memberships.list',
    method: 'GET',
    path: '_apis/graph/memberships/{subjectDescriptor}',
    preview: true,
    handle: request => {
      const { state, params, query } = request;
      if (query.get('direction')?.toLowerCase() !== 'down') return listOf([]);
      const group = groupsOf(request).find(
        each =>
          identityOf(principalName(each, state.organisation))
            .subjectDescriptor === params.subjectDescriptor,
      );
      return listOf(
        (group?.members ?? []).map(({ name, kind }) => ({
          containerDescriptor: params.subjectDescriptor,
          memberDescriptor: identityOf(name, kind).subjectDescriptor,
        })),
      );
    },
  },
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
