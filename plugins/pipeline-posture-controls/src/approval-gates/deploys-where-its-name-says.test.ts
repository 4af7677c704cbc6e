import { known, StageTarget } from 'backstage-plugin-pipeline-posture-common';
import { aStage, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { deploysWhereItsNameSays } from './deploys-where-its-name-says';

const reaching = (...targets: StageTarget[]) => ({
  stages: known([aStage({ targets: known(targets) })]),
});
const production: StageTarget = {
  id: 'p',
  name: 'subscription Shop Production',
  tier: known('production'),
};
const test: StageTarget = {
  id: 't',
  name: 'subscription Shop Test',
  tier: known('non-production'),
};
const silent: StageTarget = {
  id: 's',
  name: 'subscription Shop',
  tier: notRead(),
};

describe('deploys-where-its-name-says', () => {
  it.each<ControlRow>([
    [
      'pass',
      'its target is of its own tier',
      reaching(production),
      'and so is what it deploys to',
    ],
    [
      'fail',
      'its target says otherwise',
      reaching(test),
      'Stage Production is production, but deploys to subscription Shop Test, which is non-production.',
    ],
    [
      'fail',
      'one of its targets says otherwise and another says nothing',
      reaching(silent, test),
    ],
    ['unknown', 'its target says nothing', reaching(silent)],
    [
      'unknown',
      'nothing says of which tier the stage is',
      {
        stages: known([
          aStage({ tier: notRead(), targets: known([production]) }),
        ]),
      },
    ],
    [
      'unknown',
      'its targets cannot be read',
      { stages: known([aStage({ targets: notRead() })]) },
    ],
    [
      'not-applicable',
      'it deploys to no account',
      reaching(),
      'No stage of this pipeline',
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(deploysWhereItsNameSays, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
