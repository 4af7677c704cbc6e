import { failure, listOf } from '../server/answers';
import { identityRef } from '../server/identities';
import { projectId } from '../server/lookup';
import { Route, RouteRequest } from '../server/request';
import { Check } from '../state';
import { findResource, ProtectedResource } from './authorisation';

const TYPES = {
  approval: { id: '8c6f20a7-a545-4486-9777-f762fafe0d4d', name: 'Approval' },
  task: { id: 'fe1de3ee-a436-41b4-bb20-f6eb4cb879a7', name: 'Task Check' },
  template: {
    id: '4020e66e-b0f3-47e1-bc88-48f3cc59b5f3',
    name: 'ExtendsCheck',
  },
  lock: { id: '2ef31ad6-baa0-403a-8b45-2cbc9b4e5563', name: 'ExclusiveLock' },
};

function typeOf(check: Check): { id: string; name: string } {
  switch (check.kind) {
    case 'approval':
      return TYPES.approval;
    case 'required-template':
      return TYPES.template;
    case 'exclusive-lock':
      return TYPES.lock;
    default:
      return TYPES.task;
  }
}

function settingsOf(check: Check): object {
  switch (check.kind) {
    case 'approval':
      return {
        approvers: check.approvers.map(identityRef),
        executionOrder: 'anyOrder',
        minRequiredApprovers: check.minRequiredApprovers,
        instructions: '',
        blockedApprovers: [],
        ...(check.requesterCannotBeApprover !== undefined && {
          requesterCannotBeApprover: check.requesterCannotBeApprover,
        }),
      };
    case 'branch-control':
      return {
        displayName: check.displayName,
        definitionRef: {
          id: '86b05a0c-73e6-4f7d-b3cf-e38f3b39a75b',
          name: 'evaluatebranchProtection',
          version: '0.0.1',
        },
        // Booleans are strings in the inputs of a task check.
        inputs: {
          allowedBranches: check.allowedBranches,
          ensureProtectionOfBranch: String(check.ensureProtectionOfBranch),
          allowUnknownStatusBranch: String(check.allowUnknownStatusBranch),
        },
        retryInterval: 5,
      };
    case 'required-template':
      return { extendsChecks: check.templates };
    case 'business-hours':
      return {
        displayName: 'Business Hours',
        definitionRef: {
          id: '445fde2f-6c39-441c-807f-8a59ff2e075f',
          name: 'evaluateBusinessHours',
          version: '0.0.1',
        },
        inputs: {
          businessDays: 'Monday,Tuesday,Wednesday,Thursday,Friday',
          timeZone: 'UTC',
          startTime: '08:00',
          endTime: '17:00',
        },
        retryInterval: 5,
      };
    default:
      return {};
  }
}

function sentChecks(
  request: RouteRequest,
  resource: ProtectedResource,
): object[] {
  const { project, urls, query } = request;
  const person = identityRef('Ada Author');
  const expand = query.get('$expand')?.toLowerCase() === 'settings';
  return resource.checks.map((check, index) => {
    const id = 1000 + index + Number.parseInt(resource.id.slice(0, 6), 16);
    const url = `${urls.core}/${projectId(
      project,
    )}/_apis/pipelines/checks/configurations/${id}`;
    return {
      ...(expand && { settings: settingsOf(check) }),
      createdBy: person,
      createdOn: '2025-11-19T11:21:11.312742Z',
      modifiedBy: person,
      modifiedOn: '2025-11-19T11:52:52.3335458Z',
      timeout: 43200,
      ...(check.disabled && { isDisabled: true }),
      ...(check.issue && {
        issue: { type: check.issue, message: 'The check cannot be evaluated.' },
      }),
      _links: { self: { href: url } },
      id,
      type: typeOf(check),
      url,
      resource: { type: resource.type, id: resource.id, name: resource.name },
    };
  });
}

interface WantedResource {
  type?: unknown;
  id?: unknown;
}

export const checkRoutes: Route[] = [
  {
    host: 'core',
    operation: 'checks.queryconfigurations',
    method: 'POST',
    path: '{project}/_apis/pipelines/checks/queryconfigurations',
    preview: true,
    handle: request => {
      if (!Array.isArray(request.body)) {
        return failure(
          400,
          'InvalidArgumentException',
          'A list of resources is needed.',
        );
      }
      return listOf(
        request.body.flatMap((wanted: WantedResource) => {
          const resource = findResource(
            request.project,
            String(wanted.type),
            String(wanted.id),
          );
          return resource ? sentChecks(request, resource) : [];
        }),
      );
    },
  },
  {
    host: 'core',
    operation: 'checks.configurations.list',
    method: 'GET',
    path: '{project}/_apis/pipelines/checks/configurations',
    preview: true,
    handle: request => {
      const { project, query } = request;
      const resource = findResource(
        project,
        query.get('resourceType') ?? '',
        query.get('resourceId') ?? '',
      );
      return listOf(resource ? sentChecks(request, resource) : []);
    },
  },
];
