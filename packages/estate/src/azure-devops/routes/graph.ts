import { groupId as entraGroupId } from '../../azure/directory';
import { failure, listOf, one } from '../server/answers';
import { stableGuid } from '../server/identifiers';
import {
  identityOf,
  ORGANISATION_GROUPS,
  PROJECT_GROUPS,
} from '../server/identities';
import { findProject, projectId } from '../server/lookup';
import { pageOf, Route, RouteRequest } from '../server/request';
import { AzureOrganisation, Group } from '../state';

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

/** Groups of Microsoft Entra that somebody put into a group here. */
const entraGroupsOf = ({ groups }: AzureOrganisation) => [
  ...new Set(
    groups
      .flatMap(({ members }) => members)
      .filter(({ kind }) => kind === 'entra-group')
      .map(({ name }) => name),
  ),
];

/** Graph names a project by a descriptor of its own. */
function scopeDescriptor(id: string): string {
  return `scp.${Buffer.from(id).toString('base64url')}`;
}

const domainOfOrganisation = ({ organisation }: AzureOrganisation) =>
  `vstfs:///Framework/IdentityDomain/${stableGuid(
    'organisation',
    organisation,
  )}`;

const addressOf = ({ urls }: RouteRequest, descriptor: string) =>
  `${urls.graph}/_apis/Graph/Groups/${descriptor}`;

function sentGroup(request: RouteRequest, group: Group) {
  const { state } = request;
  const name = principalName(group, state.organisation);
  const { id, subjectDescriptor } = identityOf(name);
  const project = group.project ? findProject(state, group.project) : undefined;
  return {
    subjectKind: 'group',
    description: '',
    domain: project
      ? `vstfs:///Classification/TeamProject/${projectId(project)}`
      : domainOfOrganisation(state),
    principalName: name,
    mailAddress: null,
    origin: 'vsts',
    originId: id,
    displayName: group.name,
    url: addressOf(request, subjectDescriptor),
    descriptor: subjectDescriptor,
  };
}

function sentEntraGroup(request: RouteRequest, name: string) {
  const { subjectDescriptor } = identityOf(name, 'entra-group');
  return {
    subjectKind: 'group',
    description: '',
    domain: domainOfOrganisation(request.state),
    principalName: `[TEAM FOUNDATION]\\${name}`,
    mailAddress: null,
    origin: 'aad',
    originId: entraGroupId(name),
    displayName: name,
    url: addressOf(request, subjectDescriptor),
    descriptor: subjectDescriptor,
  };
}

const noSubject = (name: string) =>
  failure(
    404,
    'GraphSubjectNotFoundException',
    `VS403283: Could not find subject ${name}`,
  );

/** Projects, groups and their members by the descriptors of Graph. */
export const graphRoutes: Route[] = [
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
        : noSubject(params.storageKey);
    },
  },
  {
    host: 'graph',
    operation: 'graph.groups.list',
    method: 'GET',
    path: '_apis/graph/groups',
    preview: true,
    handle: request => {
      const { state, query } = request;
      const scope = query.get('scopeDescriptor');
      const groups = groupsOf(request)
        .filter(each => {
          if (!scope) return true;
          const project = each.project && findProject(state, each.project);
          return project
            ? scopeDescriptor(projectId(project)) === scope
            : false;
        })
        .map(each => sentGroup(request, each));
      const fromEntra = scope
        ? []
        : entraGroupsOf(state).map(name => sentEntraGroup(request, name));
      return pageOf([...groups, ...fromEntra], query, 500);
    },
  },
  {
    host: 'graph',
    operation: 'graph.groups.get',
    method: 'GET',
    path: '_apis/graph/groups/{groupDescriptor}',
    preview: true,
    handle: request => {
      const { state, params } = request;
      const found = [
        ...groupsOf(request).map(each => sentGroup(request, each)),
        ...entraGroupsOf(state).map(name => sentEntraGroup(request, name)),
      ].find(({ descriptor }) => descriptor === params.groupDescriptor);
      return found ? one(found) : noSubject(params.groupDescriptor);
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
];
