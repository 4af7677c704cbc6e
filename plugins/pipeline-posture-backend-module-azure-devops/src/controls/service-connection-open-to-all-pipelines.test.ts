import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { UsedResource } from '../normalize/AzureFacts';
import { serviceConnectionOpenToAllPipelines } from './service-connection-open-to-all-pipelines';

const used = (...parts: Array<Partial<UsedResource>>) => ({
  provider: {
    resources: known(
      parts.map(
        (part): UsedResource => ({
          type: 'service connection',
          name: 'prod-arm',
          disabled: false,
          holdsSecrets: true,
          tier: known('production'),
          access: known({ allPipelines: false, pipelines: [1] }),
          ...part,
        }),
      ),
    ),
  },
});
const open = known({ allPipelines: true, pipelines: [] });

describe('service-connection-open-to-all-pipelines', () => {
  it.each<ControlRow>([
    ['pass', 'named pipelines may use it', used({}), '1 named pipeline'],
    [
      'fail',
      'every pipeline may use it',
      used({ access: open }),
      'Every pipeline of the project may use the service connection prod-arm.',
    ],
    [
      'fail',
      'one is open and the permissions of another cannot be read',
      used({ access: open }, { name: 'x', access: notRead() }),
    ],
    ['unknown', 'the permissions cannot be read', used({ access: notRead() })],
    [
      'unknown',
      'it is not known what the pipeline uses',
      { provider: { resources: notRead() } },
    ],
    ['unknown', 'the reader is older than the control', { provider: {} }],
    [
      'not-applicable',
      'it uses none',
      used({ type: 'environment', access: open }),
    ],
    [
      'not-applicable',
      'the connection is disabled',
      used({ disabled: true, access: open }),
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(serviceConnectionOpenToAllPipelines, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
