import { loadContosoAws } from 'pipeline-posture-estate';
import { Collecting, Run } from './__testUtils__/collecting';

jest.setTimeout(300_000);

const ACCOUNTS = ['111122223333', '444455556666'];
type Statuses = Map<string, string>;
const KINDS = ['deny', 'html'] as const;
type Kind = (typeof KINDS)[number];

function statusesOf(runs: Run[]): Statuses {
  return new Map(
    runs.flatMap(run =>
      run.snapshots.flatMap(({ name }) =>
        Object.values(run.findings(name)).map(
          ({ controlId, status }) => [`${name} ${controlId}`, status] as const,
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
      statuses: statusesOf(runs),
      operations: Object.keys(collecting.calls.byOperation()),
    };
  } finally {
    await collecting.close();
  }
}

describe('a call that gives no answer', () => {
  let whole: Awaited<ReturnType<typeof readAll>>;
  beforeAll(async () => {
    whole = await readAll();
  });

  it.each(KINDS)(
    'makes results unknown, and changes none in any other way: %s',
    async kind => {
      const wrong: string[] = [];
      for (const operation of whole.operations) {
        const { statuses } = await readAll({ kind, operation });
        for (const [key, status] of statuses) {
          const before = whole.statuses.get(key);
          if (status !== 'unknown' && status !== before) {
            wrong.push(`${operation}: ${key} ${before} → ${status}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});
