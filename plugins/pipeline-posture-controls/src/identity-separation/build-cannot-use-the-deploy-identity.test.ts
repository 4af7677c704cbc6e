import {
  ExecutionUnit,
  Identity,
  known,
} from 'backstage-plugin-pipeline-posture-common';
import {
  anIdentity,
  aStage,
  aUnit,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { buildCannotUseTheDeployIdentity } from './build-cannot-use-the-deploy-identity';

const deployer = anIdentity();
const builder = anIdentity({ id: 'builder', purposes: ['build'] });

/** A pipeline that builds in one unit and deploys in another. */
const building = (
  part: Partial<ExecutionUnit>,
  identities: Identity[] = [deployer, builder],
) => ({
  stages: known([
    aStage({
      id: 'build',
      name: 'Build',
      deploys: false,
      units: [aUnit({ id: 'b', name: 'compile', kinds: ['build'], ...part })],
    }),
    aStage({ units: [aUnit({ identityIds: known([deployer.id]) })] }),
  ]),
  identities: known(identities),
});

describe('build-cannot-use-the-deploy-identity', () => {
  it.each<ControlRow>([
    [
      'pass',
      'only the deploy unit can use the deploy identity',
      building({ identityIds: known([builder.id]) }),
      'The unit compile of stage Build can use no identity that deploys.',
    ],
    ['pass', 'the build uses no identity', building({})],
    [
      'fail',
      'the build unit can use the deploy identity',
      building({ identityIds: known([deployer.id]) }),
      'builds, and can use the service connection shop-production.',
    ],
    [
      'fail',
      'a test unit can use it',
      building({ kinds: ['test'], identityIds: known([deployer.id]) }),
      'tests, and can use',
    ],
    [
      'fail',
      'one unit builds and deploys',
      building({
        kinds: ['build', 'deploy'],
        identityIds: known(['identity-1']),
      }),
      'builds and deploys, and can use',
    ],
    [
      'fail',
      'the purpose of an identity of the build is not established',
      building({ identityIds: known(['x']) }, [
        anIdentity({ id: 'x', purposes: [] }),
        deployer,
      ]),
    ],
    [
      'unknown',
      'the identities of the build cannot be read',
      building({ identityIds: notRead() }),
    ],
    [
      'unknown',
      'nothing is known of an identity that the build names',
      building({ identityIds: known(['deleted-connection']) }),
      'uses the identity "deleted-connection", of which nothing could be read',
    ],
    [
      'unknown',
      'the stages cannot be read',
      { ...building({}), stages: notRead() },
    ],
    [
      'not-applicable',
      'nothing deploys',
      {
        stages: known([
          aStage({ deploys: false, units: [aUnit({ kinds: ['build'] })] }),
        ]),
      },
      'Nothing in this pipeline deploys.',
    ],
    [
      'not-applicable',
      'nothing builds or tests',
      { stages: known([aStage()]) },
      'Nothing in this pipeline builds or tests.',
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(buildCannotUseTheDeployIdentity, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
