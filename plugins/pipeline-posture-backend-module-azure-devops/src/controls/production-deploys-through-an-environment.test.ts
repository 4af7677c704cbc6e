import { known, Stage } from 'backstage-plugin-pipeline-posture-common';
import { notRead, aStage } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { productionDeploysThroughAnEnvironment } from './production-deploys-through-an-environment';

const stage = (part: Partial<Stage>) => ({ stages: known([aStage(part)]) });

describe('production-deploys-through-an-environment', () => {
  it.each<ControlRow>([
    [
      'pass',
      'it uses an environment',
      stage({ environment: 'shop-production' }),
      'through the environment shop-production',
    ],
    ['fail', 'it uses none', stage({}), 'without an environment'],
    [
      'unknown',
      'nothing says whether the stage is production',
      stage({ tier: notRead(), environment: 'x' }),
    ],
    ['unknown', 'the stages cannot be read', { stages: notRead() }],
    [
      'not-applicable',
      'nothing deploys to production',
      stage({ tier: known('non-production') }),
    ],
    [
      'not-applicable',
      'it is a classic release',
      { ...stage({}), kind: 'azure-classic-release' },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(productionDeploysThroughAnEnvironment, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
