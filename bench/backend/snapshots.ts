import {
  known,
  PipelineSnapshot,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import {
  aReason,
  anApproval,
  anIdentity,
  aSnapshot,
  aSource,
  aStage,
  aUnit,
} from 'backstage-plugin-pipeline-posture-node';

/** A repeatable sequence of numbers below 1. */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A fleet of realistic size: three stages, four identities, some gaps, some faults. */
export function* fleet(count: number, seed = 7): Generator<PipelineSnapshot> {
  const next = numbersFrom(seed);
  const often = (share: number) => next() < share;
  for (let i = 0; i < count; i++) {
    const ids = ['build', 'test', 'staging', 'production'].map(tier =>
      often(0.15) ? `shared-${i % 50}` : `identity-${i}-${tier}`,
    );
    yield aSnapshot({
      ref: {
        provider: i % 3 === 0 ? 'aws-codepipeline' : 'azure-devops',
        scope: `scope-${i % 40}`,
        id: `p${i}`,
      },
      name: `service-${i}-deploy`,
      locators: [
        {
          annotation: 'dev.azure.com/project-repo',
          value: `Project${i % 40}/service-${i}`,
        },
      ],
      sources: known([
        aSource({ id: 'self', name: `Project${i % 40}/service-${i}` }),
        aSource({
          id: 'templates',
          role: 'template',
          protection: often(0.1) ? unknown(aReason) : aSource().protection,
        }),
      ]),
      stages: known(
        (['build', 'staging', 'production'] as const).map((tier, n) =>
          aStage({
            id: tier,
            name: tier,
            deploys: n > 0,
            tier: known(
              tier === 'production' ? 'production' : 'non-production',
            ),
            units: [
              aUnit({
                kinds: n === 0 ? ['build'] : ['deploy'],
                identityIds: known([ids[n + 1]]),
              }),
            ],
            gates: often(0.7)
              ? known([anApproval({ on: `environment ${tier}` })])
              : known([]),
          }),
        ),
      ),
      identities: known(
        [...new Set(ids)].map(id =>
          anIdentity({
            id,
            credential: known(
              often(0.3)
                ? { kind: 'secret', longLived: true }
                : { kind: 'federated', longLived: false },
            ),
            grants: known([
              {
                breadth: often(0.1) ? 'administrator' : 'narrow',
                title: 'Contributor',
                actions: [],
              },
            ]),
          }),
        ),
      ),
      leaks: often(0.1)
        ? known([
            { where: `variable TOKEN_${i}`, pattern: 'name', in: 'setting' },
          ])
        : known([]),
    });
  }
}
