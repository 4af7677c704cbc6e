import { Fleet, FleetPipeline } from './Fleet';
import { FleetView } from './FleetView';
import { rollUpsOf } from './groupsOf';
import { packOutcomes, unpackOutcomes } from './outcome';

const CONTROLS = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'rare'];

const failing = (id: string, controls: readonly string[]): FleetPipeline => ({
  id,
  scopeKey: 's',
  provider: 'azure-devops',
  search: id,
  reaches: 'yes',
  score: 50,
  grade: 0,
  compliance: 0,
  failing: controls.length,
  unknown: 0,
  collectedAt: '2026-01-01',
  outcome: unpackOutcomes(
    packOutcomes(
      controls.map(controlId => ({
        controlId,
        status: 'fail' as const,
        severity: 'high' as const,
        dimension: 'monitoring' as const,
        exempt: false,
        preview: false,
        gain: controlId === 'rare' ? 80 : 1,
      })),
      control => CONTROLS.indexOf(control),
    ),
  ),
});

it('names the controls of a group that fail most often, and those that gain most', () => {
  const pipelines = Array.from({ length: 10 }, (_, i) =>
    failing(`p${i}`, i < 2 ? CONTROLS : CONTROLS.slice(0, 6)),
  );
  const fleet = new Fleet({
    pipelines,
    entities: [
      {
        ref: 'component:default/c',
        owner: 'group:default/team',
        score: 50,
        grade: 0,
        compliance: 0,
        pipelineIds: pipelines.map(({ id }) => id),
      },
    ],
    parents: new Map(),
    controls: new Map(CONTROLS.map((id, n) => [n, id])),
  });
  const view = new FleetView(fleet, {
    visible: 'all',
    unlinked: true,
    evidence: true,
  });
  const [{ failingControls }] = rollUpsOf(view, 'owner', {});
  expect(failingControls.map(({ controlId }) => controlId)).toEqual([
    ...['c0', 'c1', 'c2', 'c3', 'c4'],
    'rare',
  ]);
});
