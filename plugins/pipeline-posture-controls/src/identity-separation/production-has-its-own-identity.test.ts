import {
  Fact,
  Identity,
  IdentityUse,
  known,
  Tier,
} from 'backstage-plugin-pipeline-posture-common';
import {
  anIdentity,
  aSnapshot,
  aStage,
  aUnit,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { productionHasItsOwnIdentity } from './production-has-its-own-identity';

const shared = anIdentity({ id: 'shared', name: 'shop-shared' });
const staging = anIdentity({ id: 'staging', name: 'shop-staging' });

const stage = (
  name: string,
  tier: Fact<Tier>,
  identityIds: Fact<string[]> = known(['shared']),
) =>
  aStage({
    id: name,
    name,
    tier,
    units: [aUnit({ identityIds })],
  });
const production = known<Tier>('production');
const nonProduction = known<Tier>('non-production');

const deploying = (
  stages: ReturnType<typeof stage>[],
  identities: Identity[] = [shared, staging],
) => ({ stages: known(stages), identities: known(identities) });

const usedBy = (tiers: IdentityUse['tiers'], id = 'build-2') =>
  anIdentity({
    id: 'shared',
    name: 'shop-shared',
    usedBy: known([
      { pipeline: { ...aSnapshot().ref, id }, name: 'legacy-batch', tiers },
    ]),
  });

describe('production-has-its-own-identity', () => {
  it.each<ControlRow>([
    [
      'pass',
      'staging has another identity',
      deploying([
        stage('Staging', nonProduction, known(['staging'])),
        stage('Production', production),
      ]),
      'The service connection shop-shared deploys to production only.',
    ],
    [
      'pass',
      'another pipeline deploys to production with it as well',
      deploying([stage('Production', production)], [usedBy(['production'])]),
    ],
    [
      'pass',
      'another pipeline may use it and does not',
      deploying([stage('Production', production)], [usedBy([])]),
    ],
    [
      'pass',
      'the list of its users names this pipeline, as the stages show it',
      deploying(
        [stage('Production', production)],
        [usedBy(['unknown'], aSnapshot().ref.id)],
      ),
    ],
    [
      'fail',
      'staging uses the same identity',
      deploying([
        stage('Staging', nonProduction),
        stage('Production', production),
      ]),
      'deploys to production (stage Production) and also elsewhere (stage Staging).',
    ],
    [
      'fail',
      'another pipeline deploys to a test environment with it',
      deploying(
        [stage('Production', production)],
        [usedBy(['non-production'])],
      ),
      'also elsewhere (pipeline legacy-batch).',
    ],
    [
      'fail',
      'staging uses it and its other users cannot be listed',
      deploying(
        [stage('Staging', nonProduction), stage('Production', production)],
        [{ ...shared, usedBy: notRead() }],
      ),
    ],
    [
      'fail',
      'a test unit of staging can use it',
      deploying([
        aStage({
          id: 'Staging',
          name: 'Staging',
          tier: nonProduction,
          units: [
            aUnit({ identityIds: known(['staging']) }),
            aUnit({ kinds: ['test'], identityIds: known(['shared']) }),
          ],
        }),
        stage('Production', production),
      ]),
      'also elsewhere (stage Staging).',
    ],
    [
      'not-applicable',
      'only a test unit of the production stage has an identity',
      deploying([
        aStage({
          units: [
            aUnit(),
            aUnit({ kinds: ['test'], identityIds: known(['shared']) }),
          ],
        }),
      ]),
    ],
    [
      'unknown',
      'its other users cannot be listed',
      deploying(
        [stage('Production', production)],
        [{ ...shared, usedBy: notRead() }],
      ),
    ],
    [
      'unknown',
      'another pipeline uses it for a target that nothing classifies',
      deploying([stage('Production', production)], [usedBy(['unknown'])]),
      'Nothing decides whether pipeline legacy-batch uses',
    ],
    [
      'unknown',
      'a stage of unknown tier uses it too',
      deploying([stage('Live?', notRead()), stage('Production', production)]),
    ],
    [
      'unknown',
      'the identities of the production stage cannot be read',
      deploying([stage('Production', production, notRead())]),
    ],
    [
      'unknown',
      'the only stage that deploys has an unknown tier',
      deploying([stage('Live?', notRead())]),
    ],
    [
      'pass',
      'a stage of unknown tier has an identity of its own beside production',
      deploying([
        stage('Live?', notRead(), known(['staging'])),
        stage('Production', production),
      ]),
    ],
    [
      'unknown',
      'a stage of unknown tier shares its identity with staging',
      deploying([
        stage('Staging', nonProduction, known(['staging'])),
        stage('Live?', notRead(), known(['staging'])),
        stage('Production', production),
      ]),
    ],
    [
      'unknown',
      'nothing is known of an identity that production names',
      deploying([stage('Production', production, known(['deleted']))]),
      'of which nothing could be read',
    ],
    ['unknown', 'the identities cannot be read', { identities: notRead() }],
    [
      'not-applicable',
      'it is known that no stage deploys to production',
      deploying([stage('Staging', nonProduction)]),
      'No stage of this pipeline deploys to production.',
    ],
    [
      'not-applicable',
      'production is deployed without an identity of the pipeline',
      deploying([stage('Production', production, known([]))]),
    ],
    [
      'not-applicable',
      'production and staging share only the job token, which does not deploy',
      deploying(
        [stage('Staging', nonProduction), stage('Production', production)],
        [{ ...shared, purposes: ['orchestrate'] }],
      ),
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(productionHasItsOwnIdentity, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
