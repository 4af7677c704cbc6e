import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { noUntrustedTextInAShell } from './no-untrusted-text-in-a-shell';

describe('no-untrusted-text-in-a-shell', () => {
  it.each<ControlRow>([
    [
      'pass',
      'nothing is pasted into a script',
      { injections: known([]) },
      'No script',
    ],
    [
      'fail',
      'the name of the branch is',
      {
        injections: known([
          {
            expression: '$(Build.SourceBranchName)',
            where: 'script of step Tag',
          },
        ]),
      },
      '$(Build.SourceBranchName) is pasted into the script of step Tag.',
    ],
    ['unknown', 'the code cannot be read', { injections: notRead() }],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(noUntrustedTextInAShell, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
