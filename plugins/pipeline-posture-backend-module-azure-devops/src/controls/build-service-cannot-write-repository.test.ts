import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { buildServiceCannotWriteRepository } from './build-service-cannot-write-repository';

import { BuildServiceRights } from '../normalize/AzureFacts';

const rightsOf = (rights: string[]) => ({
  provider: {
    buildServiceRights: known<BuildServiceRights[]>([
      {
        repository: 'Shop/shop',
        holders: known([
          {
            principal: {
              name: 'Shop Build Service',
              kind: 'service',
              broad: false,
            },
            rights,
          },
        ]),
      },
    ]),
  },
});

describe('build-service-cannot-write-repository', () => {
  it.each<ControlRow>([
    [
      'pass',
      'it may only read',
      rightsOf([]),
      'Builds may only read Shop/shop.',
    ],
    [
      'fail',
      'it may push',
      rightsOf(['GenericContribute']),
      'Shop Build Service has GenericContribute on Shop/shop.',
    ],
    [
      'unknown',
      'the permissions cannot be read',
      {
        provider: {
          buildServiceRights: known<BuildServiceRights[]>([
            { repository: 'Shop/shop', holders: notRead() },
          ]),
        },
      },
    ],
    [
      'unknown',
      'the repositories are not known',
      { provider: { buildServiceRights: notRead() } },
    ],
    [
      'not-applicable',
      'the application is elsewhere',
      { provider: { buildServiceRights: known([]) } },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(buildServiceCannotWriteRepository, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
