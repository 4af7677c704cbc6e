import { MOST_FACET_VALUES } from 'backstage-plugin-pipeline-posture-common';
import { facetsOf } from './facetsOf';
import { Fleet } from './Fleet';
import { FleetView } from './FleetView';
import { packOutcomes, unpackOutcomes } from './outcome';

it('holds the most frequent owners, and of others those that are asked for', () => {
  const names = Array.from(
    { length: MOST_FACET_VALUES + 20 },
    (_, n) => `group:default/g${String(n).padStart(4, '0')}`,
  );
  const fleet = new Fleet({
    pipelines: names.map(id => ({
      id,
      scopeKey: 's',
      provider: 'azure-devops',
      search: id,
      reaches: 'yes',
      score: 50,
      grade: 0,
      compliance: 0,
      failing: 0,
      unknown: 0,
      collectedAt: '2026-01-01',
      outcome: unpackOutcomes(packOutcomes([], () => 0)),
    })),
    entities: names.map((owner, n) => ({
      ref: `component:default/c${n}`,
      owner,
      score: 50,
      grade: 0,
      compliance: 0,
      pipelineIds: [owner],
    })),
    parents: new Map(),
    controls: new Map(),
  });
  const view = new FleetView(fleet, {
    visible: 'all',
    unlinked: true,
    evidence: true,
  });
  const last = names.at(-1)!;
  const ownersFor = (owner: string[]) =>
    facetsOf(view, { owner }).owner.map(({ value }) => value);
  expect(ownersFor([])).toEqual(names.slice(0, MOST_FACET_VALUES));
  expect(ownersFor([last, 'group:default/none'])).toEqual([
    ...names.slice(0, MOST_FACET_VALUES),
    last,
  ]);
});
