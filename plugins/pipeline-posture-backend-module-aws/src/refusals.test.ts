import { Finding } from 'backstage-plugin-pipeline-posture-common';
import { ControlsOfCalls } from 'backstage-plugin-pipeline-posture-node';
import { loadContosoAws } from 'pipeline-posture-estate';
import { Collecting, Run } from './__testUtils__/collecting';
import { CONTROLS_OF_CALLS } from './controlsOfCalls';

jest.setTimeout(300_000);

const ACCOUNTS = ['111122223333', '444455556666'];
type Results = Map<string, Finding>;
const KINDS = ['deny', 'html'] as const;
type Kind = (typeof KINDS)[number];

function resultsOf(runs: Run[]): Results {
  return new Map(
    runs.flatMap(run =>
      run.snapshots.flatMap(({ name }) =>
        Object.values(run.findings(name)).map(
          finding => [`${name} ${finding.controlId}`, finding] as const,
        ),
      ),
    ),
  );
}

async function readAll(fault?: { kind: Kind; operation: string }) {
  const collecting = await Collecting.start({ state: loadContosoAws() });
  if (fault) {
    const { kind, operation } = fault;
    collecting.behaviour.addFault({ match: { operation }, kind });
  }
  try {
    const runs: Run[] = [];
    for (const account of ACCOUNTS) {
      const run = await collecting
        .run(collecting.scope(account))
        .catch(() => undefined);
      if (run) runs.push(run);
    }
    return {
      results: resultsOf(runs),
      operations: Object.keys(collecting.calls.byOperation()),
    };
  } finally {
    await collecting.close();
  }
}

describe('a call that gives no answer', () => {
  let whole: Awaited<ReturnType<typeof readAll>>;
  const controls = new ControlsOfCalls();
  beforeAll(async () => {
    whole = await readAll();
  });

  it.each(KINDS)(
    'makes results unknown, and changes none in any other way: %s',
    async kind => {
      const wrong: string[] = [];
      for (const operation of whole.operations) {
        const { results } = await readAll({ kind, operation });
        for (const [key, { status, controlId, instances }] of results) {
          const before = whole.results.get(key)?.status;
          if (kind === 'deny' && status === 'unknown' && before !== status)
            controls.add(controlId, instances);
          if (status !== 'unknown' && status !== before) {
            wrong.push(`${operation}: ${key} ${before} → ${status}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  it('leaves undecided what its permission is said to be for', () => {
    expect(controls.found()).toEqual(CONTROLS_OF_CALLS);
  });
});
