import {
  BranchProtection,
  ExecutionUnit,
  Fact,
  Gate,
  Grant,
  Identity,
  IdentityUse,
  known,
  Leak,
  PipelineInput,
  PipelineSnapshot,
  PipelineSource,
  Stage,
  Tier,
  UnsearchedPlace,
} from 'backstage-plugin-pipeline-posture-common';
import {
  anApproval,
  aReason,
  anIdentity,
  aSnapshot,
  aSource,
  aStage,
  aUnit,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import fc from 'fast-check';

const IDENTITY_IDS = ['one', 'two', 'three'];

const fact = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> =>
  fc.oneof(
    { weight: 4, arbitrary: value.map(v => known(v)) },
    { weight: 1, arbitrary: fc.constant(notRead<T>()) },
  );

const tier = fc.constantFrom<Tier>('production', 'non-production');

const gate: fc.Arbitrary<Gate> = fc
  .record({
    kind: fc.constantFrom<Gate['kind']>('approval', 'condition'),
    effective: fc.boolean(),
    requesterCanApprove: fact(fc.boolean()),
    canBeSkipped: fact(fc.boolean()),
  })
  .map(anApproval);

const unit: fc.Arbitrary<ExecutionUnit> = fc
  .record({
    kinds: fc.subarray<ExecutionUnit['kinds'][number]>([
      'build',
      'test',
      'deploy',
    ]),
    // 'deleted' is an identity of which nothing is known.
    identityIds: fact(fc.subarray([...IDENTITY_IDS, 'deleted'])),
  })
  .map(aUnit);

const stages: fc.Arbitrary<Stage[]> = fc
  .array(
    fc.record({
      deploys: fc.boolean(),
      tier: fact(tier),
      gates: fact(fc.array(gate, { maxLength: 2 })),
      units: fc.array(unit, { maxLength: 2 }),
    }),
    { maxLength: 3 },
  )
  .map(parts =>
    parts.map((part, i) => aStage({ id: `s${i}`, name: `S${i}`, ...part })),
  );

const use: fc.Arbitrary<IdentityUse> = fc.record({
  pipeline: fc
    .constantFrom('build-1', 'build-2')
    .map(id => ({ ...aSnapshot().ref, id })),
  name: fc.constantFrom('shop-deploy', 'other'),
  tiers: fc.uniqueArray(
    fc.constantFrom<IdentityUse['tiers'][number]>(
      'production',
      'non-production',
      'unknown',
    ),
  ),
});

const grant: fc.Arbitrary<Grant> = fc.record({
  breadth: fc.constantFrom<Grant['breadth']>('administrator', 'wide', 'narrow'),
  title: fc.constant('a right'),
  actions: fc.constant([]),
});

const identities: fc.Arbitrary<Identity[]> = fc
  .tuple(
    ...IDENTITY_IDS.map(id =>
      fc
        .record({
          purposes: fc.subarray<Identity['purposes'][number]>([
            'deploy',
            'build',
            'source',
            'orchestrate',
          ]),
          credential: fact(
            fc.record({
              kind: fc.constant('secret' as const),
              longLived: fc.boolean(),
              alternative: fc.option(fc.constant('federation'), {
                nil: undefined,
              }),
            }),
          ),
          grants: fact(fc.array(grant, { maxLength: 2 })),
          usedBy: fact(fc.array(use, { maxLength: 2 })),
        })
        .map(part => anIdentity({ id, name: id, ...part })),
    ),
  )
  .chain(all => fc.subarray(all));

const protection: fc.Arbitrary<BranchProtection | 'not-applicable'> = fc.oneof(
  fc.constant('not-applicable' as const),
  fc.record({
    minimumReviewers: fc.nat({ max: 2 }),
    authorApprovalCounts: fc.boolean(),
    lastPusherApprovalCounts: fc.boolean(),
    approvalsResetOnPush: fc.boolean(),
    requiredChecks: fc.subarray(['build']),
    pipelineFileHasRequiredReviewers: fc.boolean(),
  }),
);

const source: fc.Arbitrary<PipelineSource> = fc
  .record({
    role: fc.constantFrom<PipelineSource['role']>('application', 'template'),
    protection: fact(protection),
  })
  .map(aSource);

const leakKind = fc.constantFrom<Leak['in']>('setting', 'code');

const leak: fc.Arbitrary<Leak | UnsearchedPlace> = fc.oneof(
  fc.record({
    where: fc.constant('variable X'),
    pattern: fc.constant('name suggests a secret'),
    in: leakKind,
  }),
  fc.record({
    where: fc.constant('build project X'),
    unsearched: fc.constant(aReason),
    in: leakKind,
  }),
);

const input: fc.Arbitrary<PipelineInput> = fc.record({
  name: fc.constant('version'),
  kind: fc.constantFrom<PipelineInput['kind']>('parameter', 'variable'),
  constrained: fc.boolean(),
  because: fc.constant('it is'),
  sinks: fc.subarray<PipelineInput['sinks'][number]>(['script', 'identity']),
});

/**
 * Any pipeline: with and without stages, identities and sources, and with facts at every depth that nobody could read.
 */
export const anySnapshot: fc.Arbitrary<PipelineSnapshot> = fc
  .record({
    stages: fact(stages),
    identities: fact(identities),
    sources: fact(fc.array(source, { maxLength: 2 })),
    leaks: fact(fc.array(leak, { maxLength: 3 })),
    inputs: fact(
      fc.record({
        anyVariableSettable: fact(fc.boolean()),
        declared: fc.array(input, { maxLength: 2 }),
      }),
    ),
  })
  .map(aSnapshot);
