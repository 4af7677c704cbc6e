import { Fleet, FleetEntity, FleetPipeline } from '../fleet/Fleet';
import { FleetView } from '../fleet/FleetView';
import { IdentityRow } from '../store/identityRows';
import { rankOf } from './rankOf';

const pipeline: FleetPipeline = {
  id: 'p',
  scopeKey: 's',
  provider: 'azure-devops',
  search: 'p',
  reaches: 'yes',
  score: 50,
  grade: 0,
  compliance: 0,
  failing: 0,
  unknown: 0,
  collectedAt: '2026-01-01',
  outcome: new Uint32Array(),
};
const identity: IdentityRow = {
  identity_id: 'shared',
  name: 'shared',
  type: 'service connection',
  credential: 'secret',
  long_lived: true,
  changed_at: null,
  breadth: 'wide',
};

it('counts all owners of what an identity endangers, and names ten', () => {
  const entities = Array.from(
    { length: 12 },
    (_, i): FleetEntity => ({
      ref: `component:default/c${i}`,
      owner: `group:default/team-${i}`,
      grade: 0,
      compliance: 0,
      pipelineIds: ['p'],
    }),
  );
  const fleet = new Fleet({
    pipelines: [pipeline],
    entities,
    parents: new Map(),
    controls: new Map(),
  });
  const view = new FleetView(fleet, {
    visible: 'all',
    unlinked: true,
    evidence: true,
  });
  const uses = [{ pipeline, production: true, targets: [] }];
  const { owners, ownerCount } = rankOf(view, { identity, uses }, 1);
  expect([owners.length, ownerCount]).toEqual([10, 12]);
});
