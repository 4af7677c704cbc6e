import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { serviceConnectionRolesAreNarrow } from './service-connection-roles-are-narrow';

import { RoleHolder } from '../collect/readRoles';
import { ResourceRoles } from '../normalize/AzureFacts';

const group = (name: string, broad: boolean) => ({
  name,
  kind: 'group' as const,
  broad,
});
const held = (holders: RoleHolder[]) => ({
  provider: {
    roles: known<ResourceRoles[]>([
      { type: 'service connection', name: 'prod', holders: known(holders) },
    ]),
  },
});

describe('service-connection-roles-are-narrow', () => {
  it.each<ControlRow>([
    [
      'pass',
      'a small group administers it',
      held([{ principal: group('release', false), role: 'Administrator' }]),
      'No broad group has power',
    ],
    [
      'pass',
      'a broad group may only read it',
      held([{ principal: group('Contributors', true), role: 'Reader' }]),
    ],
    [
      'fail',
      'a broad group may use it',
      held([{ principal: group('Contributors', true), role: 'User' }]),
      'Contributors is User of the service connection prod.',
    ],
    [
      'unknown',
      'the roles cannot be read',
      {
        provider: {
          roles: known<ResourceRoles[]>([
            { type: 'service connection', name: 'prod', holders: notRead() },
          ]),
        },
      },
    ],
    [
      'unknown',
      'it is not known what production depends on',
      { provider: { roles: notRead() } },
    ],
    [
      'not-applicable',
      'nothing deploys to production',
      { provider: { roles: known([]) } },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(serviceConnectionRolesAreNarrow, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
