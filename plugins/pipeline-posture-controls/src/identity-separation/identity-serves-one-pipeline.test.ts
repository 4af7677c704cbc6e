import {
  Identity,
  IdentityUse,
  known,
} from 'backstage-plugin-pipeline-posture-common';
import {
  anIdentity,
  aSnapshot,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { identityServesOnePipeline } from './identity-serves-one-pipeline';

const usedByThis: IdentityUse = {
  pipeline: aSnapshot().ref,
  name: 'shop-deploy',
  tiers: ['production'],
};
const usedBy = (name: string): IdentityUse => ({
  pipeline: { ...aSnapshot().ref, id: name },
  name,
  tiers: [],
});
const serving = (uses: IdentityUse[], part: Partial<Identity> = {}) => ({
  identities: known([anIdentity({ usedBy: known(uses), ...part })]),
});

describe('identity-serves-one-pipeline', () => {
  it.each<ControlRow>([
    [
      'pass',
      'no pipeline but this one can use it',
      serving([usedByThis]),
      'Only this pipeline can use the service connection shop-production.',
    ],
    ['pass', 'the list of users is empty', serving([])],
    [
      'fail',
      'another pipeline is allowed to use it, even if no stage does',
      serving([usedByThis, usedBy('legacy-batch')]),
      'can be used by 1 other pipeline: legacy-batch.',
    ],
    [
      'fail',
      'many others can use it',
      serving(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(usedBy)),
      'by 7 other pipelines: a, b, c, d, e and 2 more.',
    ],
    [
      'fail',
      'a pipeline with the same id in another scope can use it',
      serving([
        {
          ...usedByThis,
          pipeline: { ...usedByThis.pipeline, scope: 'example/Other' },
        },
      ]),
    ],
    [
      'unknown',
      'the pipelines that can use it cannot be listed',
      { identities: known([anIdentity({ usedBy: notRead() })]) },
    ],
    ['unknown', 'the identities cannot be read', { identities: notRead() }],
    [
      'not-applicable',
      'the only shared identity builds',
      serving([usedBy('legacy-batch')], { purposes: ['build'] }),
      'no identity that deploys',
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(identityServesOnePipeline, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
