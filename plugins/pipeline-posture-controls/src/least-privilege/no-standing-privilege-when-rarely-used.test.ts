import {
  AuditTrail,
  Fact,
  Grant,
  known,
} from 'backstage-plugin-pipeline-posture-common';
import {
  anIdentity,
  aStage,
  aUnit,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { noStandingPrivilegeWhenRarelyUsed } from './no-standing-privilege-when-rarely-used';

const wide: Grant = {
  breadth: 'wide',
  title: 'Contributor on subscription Shop',
  actions: ['*'],
};
const OLD = '2026-05-01T08:00:00.000Z';

function given(
  lastRunAt: Fact<string | null>,
  grants: Fact<Grant[]> = known([wide]),
  tier: ReturnType<typeof aStage>['tier'] = known('production'),
) {
  const audit: AuditTrail = {
    changesRecorded: known(true),
    buildStateEmitted: known(true),
    permissionsReviewed: known(true),
    lastRunAt,
  };
  return {
    audit: known(audit),
    stages: known([
      aStage({ tier, units: [aUnit({ identityIds: known(['identity-1']) })] }),
    ]),
    identities: known([anIdentity({ grants })]),
  };
}

describe('no-standing-privilege-when-rarely-used', () => {
  it.each<ControlRow>([
    [
      'pass',
      'the pipeline ran yesterday',
      given(known('2026-11-20T08:00:00.000Z')),
      'ran on 2026-11-20',
    ],
    [
      'fail',
      'it ran long ago and keeps strong rights',
      given(known(OLD)),
      'last ran on 2026-05-01, but',
    ],
    [
      'fail',
      'it never ran and keeps strong rights',
      given(known(null)),
      'has no known run',
    ],
    [
      'pass',
      'it ran long ago and has rights on named resources only',
      given(known(OLD), known([])),
    ],
    ['unknown', 'the last run cannot be read', given(notRead())],
    [
      'unknown',
      'it ran long ago and its rights cannot be read',
      given(known(OLD), notRead()),
    ],
    [
      'unknown',
      'it ran long ago and nothing says whether the stage is production',
      given(known(OLD), known([wide]), notRead()),
    ],
    [
      'not-applicable',
      'no stage deploys to production',
      given(known(OLD), known([wide]), known('non-production')),
    ],
  ])('is %s when %s', (status, _when, part, says = '') => {
    expect(resultOf(noStandingPrivilegeWhenRarelyUsed, part)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
