import {
  known,
  Stage,
  StageTarget,
} from 'backstage-plugin-pipeline-posture-common';
import { aStage, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { productionIsASeparateTarget } from './production-is-a-separate-target';

const target = (id: string): StageTarget => ({
  id,
  name: `account ${id}`,
  tier: known('production'),
});
const stage = (name: string, tier: Stage['tier'], targets: Stage['targets']) =>
  aStage({ id: name, name, tier, targets });
const test = (id: string) =>
  stage('Test', known('non-production'), known([target(id)]));
const live = (id: string) =>
  stage('Live', known('production'), known([target(id)]));

describe('production-is-a-separate-target', () => {
  it.each<ControlRow>([
    [
      'pass',
      'production has an account of its own',
      { stages: known([test('1'), live('2')]) },
    ],
    [
      'fail',
      'production shares its account',
      { stages: known([test('1'), live('1')]) },
      'Stage Live deploys to account 1, and so does stage Test.',
    ],
    [
      'fail',
      'it shares one and another stage cannot be read',
      {
        stages: known([
          test('1'),
          live('1'),
          stage('Other', known('non-production'), notRead()),
        ]),
      },
    ],
    [
      'unknown',
      'the target of a stage cannot be read',
      {
        stages: known([
          test('1'),
          stage('Live', known('production'), notRead()),
        ]),
      },
    ],
    [
      'unknown',
      'nothing says whether a stage is production',
      {
        stages: known([
          test('1'),
          stage('Other', notRead(), known([target('2')])),
        ]),
      },
    ],
    ['unknown', 'the stages cannot be read', { stages: notRead() }],
    [
      'not-applicable',
      'it deploys to production only',
      { stages: known([live('1')]) },
    ],
    [
      'not-applicable',
      'it does not deploy to production',
      { stages: known([test('1')]) },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(productionIsASeparateTarget, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
