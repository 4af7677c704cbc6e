import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { environmentOpenToAllPipelines } from './environment-open-to-all-pipelines';

import { UsedResource } from '../normalize/AzureFacts';

const used = (
  type: UsedResource['type'],
  part: Partial<UsedResource> = {},
) => ({
  provider: {
    resources: known<UsedResource[]>([
      {
        type,
        name: 'shop',
        disabled: false,
        holdsSecrets: true,
        tier: known('production'),
        access: known({ allPipelines: false, pipelines: [1] }),
        ...part,
      },
    ]),
  },
});
const open = known({ allPipelines: true, pipelines: [] });

describe('environment-open-to-all-pipelines', () => {
  it.each<ControlRow>([
    [
      'pass',
      'named pipelines may use it',
      used('environment'),
      '1 named pipeline may use the environment shop.',
    ],
    [
      'fail',
      'every pipeline may use it',
      used('environment', { access: open }),
      'Every pipeline of the project may use the environment shop.',
    ],
    [
      'unknown',
      'the permissions cannot be read',
      used('environment', { access: notRead() }),
      'may not see this',
    ],
    [
      'unknown',
      'it is not known what the pipeline uses',
      { provider: { resources: notRead() } },
    ],
    [
      'not-applicable',
      'it uses none',
      used('agent queue'),
      'This pipeline uses no',
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(environmentOpenToAllPipelines, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
