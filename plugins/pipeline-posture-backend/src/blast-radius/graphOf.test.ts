import { known } from 'backstage-plugin-pipeline-posture-common';
import {
  aSnapshot,
  aStage,
  aUnit,
} from 'backstage-plugin-pipeline-posture-node';
import { graphOf } from './graphOf';

type Tier = 'production' | 'non-production';
const deploying = (id: string, tier: Tier) =>
  aSnapshot({
    ref: { provider: 'azure-devops', scope: 'A', id },
    stages: known([
      aStage({
        name: 'Deploy',
        environment: 'shared-account',
        targets: known([]),
        tier: known(tier),
        units: [aUnit({ kinds: ['deploy'], identityIds: known(['shared']) })],
      }),
    ]),
  });

it.each<[string, Tier[]]>([
  ['first', ['production', 'non-production']],
  ['last', ['non-production', 'production']],
])(
  'calls a target production where one pipeline does, also if it comes %s',
  (_, tiers) => {
    const { nodes } = graphOf(
      { id: 'shared', name: 'shared' },
      tiers.map((tier, i) => deploying(`p${i}`, tier)),
    );
    expect(nodes.filter(({ kind }) => kind === 'target')).toMatchObject([
      { label: 'shared-account', tier: 'production' },
    ]);
  },
);
