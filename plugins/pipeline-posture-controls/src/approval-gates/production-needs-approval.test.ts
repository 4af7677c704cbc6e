import { known } from 'backstage-plugin-pipeline-posture-common';
import {
  anApproval,
  aStage,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { productionNeedsApproval } from './production-needs-approval';

const approved = known([anApproval()]);
const staging = aStage({
  id: 'staging',
  name: 'Staging',
  tier: known('non-production'),
});

describe('production-needs-approval', () => {
  it.each<ControlRow>([
    [
      'pass',
      'the production stage waits for an approval',
      { stages: known([aStage({ gates: approved })]) },
      'Stage Production waits for "Approval" on environment production.',
    ],
    [
      'pass',
      'only the stage before production has no approval',
      { stages: known([staging, aStage({ gates: approved })]) },
    ],
    [
      'fail',
      'the production stage has no gate',
      { stages: known([aStage()]) },
      'Stage Production deploys without any approval.',
    ],
    [
      'fail',
      'the only gate is not an approval',
      {
        stages: known([
          aStage({ gates: known([anApproval({ kind: 'business-hours' })]) }),
        ]),
      },
      'without any approval',
    ],
    [
      'fail',
      'the approval is disabled',
      {
        stages: known([
          aStage({
            gates: known([
              anApproval({
                effective: false,
                ineffectiveBecause: 'it is disabled',
              }),
            ]),
          }),
        ]),
      },
      'stops nothing: it is disabled.',
    ],
    [
      'fail',
      'one of two production stages has no approval',
      {
        stages: known([
          aStage({ gates: approved }),
          aStage({ id: 'eu', name: 'Production EU' }),
        ]),
      },
      'Stage Production EU',
    ],
    [
      'fail',
      'one production stage has no approval and the gates of another cannot be read',
      { stages: known([aStage(), aStage({ id: 'eu', gates: notRead() })]) },
    ],
    [
      'unknown',
      'the gates of the production stage cannot be read',
      { stages: known([aStage({ gates: notRead() })]) },
      'may not see this',
    ],
    [
      'unknown',
      'nothing says whether the stage without approval is production',
      { stages: known([aStage({ tier: notRead() })]) },
    ],
    [
      'unknown',
      'nothing says whether the only stage is production, even if it has an approval',
      { stages: known([aStage({ tier: notRead(), gates: approved })]) },
    ],
    [
      'pass',
      'a stage of unknown tier has an approval too, beside an approved production stage',
      {
        stages: known([
          aStage({ gates: approved }),
          aStage({ id: 'eu', tier: notRead(), gates: approved }),
        ]),
      },
    ],
    ['unknown', 'the stages cannot be read', { stages: notRead() }],
    [
      'not-applicable',
      'every stage that deploys is known not to be production',
      { stages: known([staging]) },
      'No stage of this pipeline deploys to production.',
    ],
    [
      'not-applicable',
      'nothing deploys',
      { stages: known([aStage({ deploys: false, tier: notRead() })]) },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(productionNeedsApproval, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
