import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead, aSource } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { templateSourceIsProtected } from './template-source-is-protected';

describe('template-source-is-protected', () => {
  it.each<ControlRow>([
    [
      'pass',
      'the branch needs a review',
      { sources: known([aSource({ role: 'template' })]) },
      'A change to main of Shop/shop needs 2 approvals.',
    ],
    [
      'fail',
      'the branch needs none',
      {
        sources: known([
          aSource({ role: 'template', protection: known('not-applicable') }),
        ]),
      },
      'without any review',
    ],
    [
      'unknown',
      'its rules cannot be read',
      {
        sources: known([aSource({ role: 'template', protection: notRead() })]),
      },
    ],
    ['unknown', 'the sources cannot be read', { sources: notRead() }],
    [
      'not-applicable',
      'it takes no template from elsewhere',
      { sources: known([aSource()]) },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(templateSourceIsProtected, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
