import { DiscoveryEvent } from 'backstage-plugin-pipeline-posture-node';
import {
  AzureDevOpsEstate,
  createAzureDevOpsEstate,
  loadContosoAzure,
  loadContosoLabs,
} from 'pipeline-posture-estate';
import { AzureDevOpsPipelineProvider } from './AzureDevOpsPipelineProvider';
import { collect, providerForSources } from './__testUtils__/collecting';

const discovered = async (provider: AzureDevOpsPipelineProvider) => {
  const events: DiscoveryEvent[] = [];
  for await (const event of provider.discover({
    logger: undefined as never,
    signal: new AbortController().signal,
  }))
    events.push(event);
  return events.map(event => {
    if (event.type === 'scope')
      return `${event.scope.sourceId}: ${event.scope.id}`;
    return event.type === 'problem'
      ? `${event.sourceId}: ${event.problem.reason.code} ${event.problem.subject}`
      : `${event.sourceId}: ${event.type}`;
  });
};

describe('two organisations at once', () => {
  let estate: AzureDevOpsEstate;
  const labs = loadContosoLabs();

  beforeEach(async () => {
    labs.tokens = loadContosoLabs().tokens;
    estate = await createAzureDevOpsEstate({
      state: loadContosoAzure(),
      others: [labs],
    });
  });
  afterEach(() => estate.close());

  const provider = (first: object = {}, second: object = {}) =>
    providerForSources([
      { id: 'contoso', urls: estate.urls, ...first },
      { id: 'labs', urls: estate.urlsOf('contoso-labs'), ...second },
    ]);

  it('have their own projects, chosen by patterns of their own', async () => {
    expect(
      await discovered(
        provider(
          { projects: { include: ['p*'], exclude: ['*form'] } },
          { projects: { exclude: ['conf*'] } },
        ),
      ),
    ).toEqual(['contoso: contoso/Payments', 'labs: contoso-labs/Experiments']);
  });

  it('list a project that is named and cannot be seen, each its own', async () => {
    expect(
      await discovered(
        provider(
          { projects: { include: ['Payments'] } },
          { projects: { include: ['Payments', 'Experiments'] } },
        ),
      ),
    ).toEqual([
      'contoso: contoso/Payments',
      'labs: not-found project Payments',
      'labs: contoso-labs/Experiments',
    ]);
  });

  it('do not share the fate of a token that one of them does not accept', async () => {
    labs.tokens = [];
    const events = await discovered(
      provider({ projects: { include: ['Payments'] } }),
    );
    expect(events).toEqual([
      'contoso: contoso/Payments',
      'labs: permission-missing organisation contoso-labs',
      'labs: incomplete',
    ]);
  });

  it('report a project without read permission with what is missing, and keep what was known of it', async () => {
    const { snapshots, problems, complete } = await collect(
      providerForSources([
        { id: 'contoso-labs', urls: estate.urlsOf('contoso-labs') },
      ]),
      'Confidential',
      { source: 'contoso-labs' },
    );
    expect(snapshots.size).toBe(0);
    // Pipelines that are not seen are not gone.
    expect(complete).toBe(false);
    const missing = problems.map(({ reason }) => reason.permission);
    expect(missing).toContain(
      'Build (Read) (vso.build) and View build pipeline',
    );
    expect(
      problems.every(({ reason }) => reason.code === 'permission-missing'),
    ).toBe(true);
    expect(
      problems.every(
        ({ subject, effect }) =>
          subject === 'project Confidential' && effect.length > 0,
      ),
    ).toBe(true);
  });
});
