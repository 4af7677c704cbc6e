import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { jobTokenNotExposedToScripts } from './job-token-not-exposed-to-scripts';

describe('job-token-not-exposed-to-scripts', () => {
  it.each<ControlRow>([
    [
      'pass',
      'no step hands it out',
      { provider: { tokenExposures: known([]) } },
      'No step',
    ],
    [
      'fail',
      'checkout leaves it on the disk',
      {
        provider: {
          tokenExposures: known([
            {
              where: 'step checkout of job build',
              how: 'checkout leaves it on the disk',
            },
          ]),
        },
      },
      'In step checkout of job build checkout leaves it on the disk.',
    ],
    [
      'unknown',
      'the code cannot be read',
      { provider: { tokenExposures: notRead() } },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(jobTokenNotExposedToScripts, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
