import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { secureFileOpenToAllPipelines } from './secure-file-open-to-all-pipelines';

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

describe('secure-file-open-to-all-pipelines', () => {
  it.each<ControlRow>([
    [
      'pass',
      'named pipelines may use it',
      used('secure file'),
      '1 named pipeline may use the secure file shop.',
    ],
    [
      'fail',
      'every pipeline may use it',
      used('secure file', { access: open }),
      'Every pipeline of the project may use the secure file shop.',
    ],
    [
      'unknown',
      'the permissions cannot be read',
      used('secure file', { access: notRead() }),
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
      used('environment'),
      'This pipeline uses no',
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(secureFileOpenToAllPipelines, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
