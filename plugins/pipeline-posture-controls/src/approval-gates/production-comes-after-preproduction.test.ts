import { known } from 'backstage-plugin-pipeline-posture-common';
import { aStage, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { productionComesAfterPreproduction } from './production-comes-after-preproduction';

const staging = aStage({
  id: 'staging',
  name: 'Staging',
  tier: known('non-production'),
});
const check = aStage({
  id: 'check',
  name: 'Check',
  deploys: false,
  dependsOn: ['staging'],
});
const after = (...ids: string[]) => aStage({ dependsOn: ids });

describe('production-comes-after-preproduction', () => {
  it.each<ControlRow>([
    [
      'pass',
      'staging comes right before',
      { stages: known([staging, after('staging')]) },
      'Stage Staging comes before stage Production.',
    ],
    [
      'pass',
      'staging comes two stages before',
      { stages: known([staging, check, after('check')]) },
    ],
    [
      'fail',
      'staging runs beside it',
      { stages: known([staging, after()]) },
      'No stage before Production',
    ],
    ['fail', 'there is only production', { stages: known([after()]) }],
    [
      'fail',
      'its stages depend on each other in a circle',
      { stages: known([aStage({ dependsOn: ['production'] })]) },
    ],
    [
      'unknown',
      'nothing says what the stage before is',
      { stages: known([{ ...staging, tier: notRead() }, after('staging')]) },
    ],
    ['unknown', 'the stages cannot be read', { stages: notRead() }],
    [
      'not-applicable',
      'nothing deploys to production',
      { stages: known([staging]) },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(productionComesAfterPreproduction, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
