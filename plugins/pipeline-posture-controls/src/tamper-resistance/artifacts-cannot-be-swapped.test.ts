import { ArtifactStore, known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { artifactsCannotBeSwapped } from './artifacts-cannot-be-swapped';

const kept = (replaceable: ArtifactStore['replaceable']) => ({
  artifacts: known<ArtifactStore[]>([
    { name: 'bucket shop-artifacts', replaceable },
  ]),
});

describe('artifacts-cannot-be-swapped', () => {
  it.each<ControlRow>([
    [
      'pass',
      'nothing can be replaced',
      kept(known([])),
      'cannot be replaced without a trace',
    ],
    [
      'fail',
      'the bucket has no versions',
      kept(known(['Versioning is off.'])),
      'can be replaced: Versioning is off.',
    ],
    ['unknown', 'the settings of the bucket cannot be read', kept(notRead())],
    [
      'unknown',
      'it is not known where artifacts are',
      { artifacts: notRead() },
    ],
    ['not-applicable', 'it has no store of its own', { artifacts: known([]) }],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(artifactsCannotBeSwapped, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
