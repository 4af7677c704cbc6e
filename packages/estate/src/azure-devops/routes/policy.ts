import { identityRef } from '../server/identities';
import { projectId, repositoryId } from '../server/lookup';
import { pageOf, Route, RouteRequest } from '../server/request';
import { POLICY_TYPES, Policy } from '../state';

const DISPLAY_NAMES: Record<Policy['kind'], string> = {
  'minimum-reviewers': 'Minimum number of reviewers',
  'required-reviewers': 'Required reviewers',
  build: 'Build',
  status: 'Status',
  comments: 'Comment requirements',
  'work-items': 'Work item linking',
  'merge-strategy': 'Require a merge strategy',
  'credential-scan': 'Secrets scanning restriction',
  'file-size': 'File size restriction',
};

function scopeOf(policy: Policy, request: RouteRequest): object[] {
  const id = policy.repository
    ? repositoryId(request.project, policy.repository)
    : null;
  if (policy.match === 'DefaultBranch')
    return [{ matchKind: 'DefaultBranch', repositoryId: null }];
  if (!policy.refName) return [{ repositoryId: id }];
  return [
    { refName: policy.refName, matchKind: policy.match, repositoryId: id },
  ];
}

function sentPolicies(request: RouteRequest): object[] {
  const base = `${request.urls.core}/${projectId(
    request.project,
  )}/_apis/policy`;
  return request.project.policies.map((policy, index) => {
    const id = 100 + index;
    const type = POLICY_TYPES[policy.kind];
    return {
      createdBy: identityRef('Ada Author'),
      createdDate: '2025-06-10T12:23:16.1818124Z',
      isEnabled: policy.enabled,
      isBlocking: policy.blocking,
      isDeleted: false,
      settings: { ...policy.settings, scope: scopeOf(policy, request) },
      isEnterpriseManaged: false,
      _links: {
        self: { href: `${base}/configurations/${id}` },
        policyType: { href: `${base}/types/${type}` },
      },
      revision: 1,
      id,
      url: `${base}/configurations/${id}`,
      type: {
        id: type,
        url: `${base}/types/${type}`,
        displayName: DISPLAY_NAMES[policy.kind],
      },
    };
  });
}

export const policyRoutes: Route[] = [
  {
    host: 'core',
    operation: 'policy.configurations.list',
    method: 'GET',
    path: '{project}/_apis/policy/configurations',
    handle: request => pageOf(sentPolicies(request), request.query),
  },
];
