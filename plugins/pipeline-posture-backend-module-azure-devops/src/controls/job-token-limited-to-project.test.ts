import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { jobTokenLimitedToProject } from './job-token-limited-to-project';

describe('job-token-limited-to-project', () => {
  it.each<ControlRow>([
    [
      'pass',
      'a setting limits it',
      {
        provider: {
          jobToken: known({ projectOnly: true, because: 'a setting is on' }),
        },
      },
      'limited to the project: a setting is on.',
    ],
    [
      'fail',
      'nothing limits it',
      {
        provider: {
          jobToken: known({ projectOnly: false, because: 'a setting is off' }),
        },
      },
      'every project',
    ],
    [
      'unknown',
      'the settings cannot be read',
      { provider: { jobToken: notRead() } },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(jobTokenLimitedToProject, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
