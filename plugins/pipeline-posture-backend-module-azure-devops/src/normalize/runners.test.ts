import { known } from 'backstage-plugin-pipeline-posture-common';
import { pool, queue } from '../client/wire';
import { JobReading } from '../reading/types';
import { Assembled } from './assemble';
import { Resources } from './Resources';
import { runnersFact } from './runners';

const QUEUES = [
  queue.parse({
    id: 1,
    name: 'Azure Pipelines',
    pool: { id: 10, isHosted: true },
  }),
  queue.parse({ id: 2, name: 'own', pool: { id: 20, isHosted: false } }),
  queue.parse({ id: 3, name: 'odd', pool: { id: 30 } }),
  queue.parse({ id: 4, name: 'hidden', pool: { id: 40, isHosted: false } }),
];
const state = {
  connections: known([]),
  environments: known([]),
  variableGroups: known([]),
  secureFiles: known([]),
  queues: known(QUEUES),
  pools: known([pool.parse({ id: 20, name: 'own', isHosted: false })]),
  access: new Map([['queue/2', known({ allPipelines: false, pipelines: [] })]]),
};

const named = (name: string, alternatives?: string[]) => ({
  name: {
    name,
    undecided: false,
    uses: [],
    ...(alternatives && { alternatives }),
  },
});

function runners(
  of: JobReading['pool'],
  { defaultQueue = undefined as object | undefined, kind = 'azure-yaml' } = {},
) {
  const fact = runnersFact(
    {
      draft: { kind, ...(defaultQueue && { defaultQueue }) },
      stages: known([{ reading: { jobs: [{ pool: of }], gaps: [] } }]),
    } as unknown as Assembled,
    new Resources(state as unknown as Resources['state']),
    known(new Map()),
  );
  return fact.known ? fact.value : [];
}

const hosting = (...given: Parameters<typeof runners>) =>
  runners(...given).map(each => [each.hosting, each.openToAllPipelines.known]);
const PROVIDER = ['provider', true];
const OWN = ['own', true];
const UNKNOWN = ['own', false];

describe('machines', () => {
  it.each([
    ['an image of the provider', { vmImage: 'ubuntu-latest' }, [PROVIDER]],
    ['the pool of the provider', named('azure pipelines'), [PROVIDER]],
    ['no agent at all', named('server'), [PROVIDER]],
    ['an own pool', named('own'), [OWN]],
    ['a pool of unknown owner', named('odd'), [UNKNOWN]],
    [
      'each pool that a parameter may choose',
      named('${{ parameters.pool }}', ['Azure Pipelines', 'odd', 'own']),
      [UNKNOWN, OWN],
    ],
  ])('are those of %s', (_, of, expected) => {
    expect(hosting(of)).toEqual(expected);
  });

  it('are those of the definition where the code names no pool', () => {
    expect(hosting({}, { defaultQueue: { id: 2, hosted: false } })).toEqual([
      OWN,
    ]);
    expect(hosting({}, { defaultQueue: { id: 1, hosted: true } })).toEqual([
      PROVIDER,
    ]);
    expect(hosting({})).toEqual([UNKNOWN]);
  });

  it('may be shared while the pool is hidden from the reader', () => {
    const [shown] = runners(named('own'));
    const [hidden] = runners(named('hidden'));
    expect(shown.sharedBeyondTeam).toMatchObject({ value: false });
    expect(hidden.sharedBeyondTeam.known).toBe(false);
  });
});
