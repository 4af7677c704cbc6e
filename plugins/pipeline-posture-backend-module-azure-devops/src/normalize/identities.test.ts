import {
  Fact,
  Identity,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { aReason } from 'backstage-plugin-pipeline-posture-node';
import { serviceConnection } from '../client/wire';
import { Assembled } from './assemble';
import { identitiesFact, IdentityContext } from './identities';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

const PROJECT = { id: 'P', name: 'shop' };
const read = known({ stages: [], gaps: [] });
const aDraft = (id: number, code: Fact<unknown> = read) =>
  ({
    ref: { provider: 'azure-devops', scope: 's', id: `build-${id}` },
    name: `pipeline ${id}`,
    definitionId: id,
    code,
  } as unknown as PipelineDraft);

/** The one identity of pipeline 1, whose connection is permitted to some pipelines. */
function identity(
  connection: object,
  {
    pipelines = [1],
    drafts = [aDraft(1)],
    unreadRelease = undefined as IdentityContext['unreadRelease'],
  } = {},
): Identity | undefined {
  const given = serviceConnection.parse({
    id: 'C',
    name: 'deploy',
    type: 'aws',
    authorization: { scheme: 'UsernamePassword', parameters: {} },
    ...connection,
  });
  const resources = new Resources({
    project: PROJECT,
    organisation: 'contoso',
    baseUrl: 'https://example.test',
    connections: known([given]),
    environments: known([]),
    variableGroups: known([]),
    secureFiles: known([]),
    queues: known([]),
    access: new Map([
      ['endpoint/c', known({ allPipelines: false, pipelines })],
    ]),
  } as unknown as Resources['state']);
  const step = {
    connections: [
      { name: 'deploy', undecided: false, uses: [], certain: true },
    ],
  };
  const fact = identitiesFact(
    {
      draft: drafts[0],
      connections: [],
      stages: known([
        { reading: { gaps: [], jobs: [{ gaps: [], steps: [step] }] } },
      ]),
    } as unknown as Assembled,
    {
      resources,
      uses: new Map(),
      definitions: new Map(drafts.map(each => [each.definitionId ?? 0, each])),
      complete: true,
      scope: 's',
      ...(unreadRelease && { unreadRelease }),
      now: new Date('2026-11-21T08:00:00Z'),
    },
  );
  return fact.known ? fact.value[0] : undefined;
}

const shared = (...references: object[]) => ({
  serviceEndpointProjectReferences: references.map(projectReference => ({
    projectReference,
  })),
});

describe('who uses an identity', () => {
  it('is this pipeline alone if nobody else may', () => {
    expect(identity(shared(PROJECT))?.usedBy).toMatchObject({
      known: true,
      value: [{ name: 'pipeline 1' }],
    });
  });

  it.each([
    ['by name', shared(PROJECT, { id: 'Q', name: 'web' }), 'project web'],
    ['by id', shared(PROJECT, { id: 'Q' }), 'project Q'],
    ['by its flag alone', { ...shared(PROJECT), isShared: true }, 'projects'],
  ])('is not known if the connection is shared, %s', (_, given, named) => {
    const found = identity(given);
    expect(found?.usedBy).toMatchObject({
      known: false,
      reason: { message: expect.stringContaining(named) },
    });
    expect(found?.openTrust).toMatchObject({
      value: expect.arrayContaining([expect.stringContaining(named)]),
    });
  });

  it('does not take a project for another one because it was renamed', () => {
    const renamed = shared({ id: 'p', name: 'old name' });
    expect(identity(renamed)?.usedBy.known).toBe(true);
  });

  it('is not known while a release is not, which needs no permission by name', () => {
    expect(identity({}, { unreadRelease: aReason })?.usedBy.known).toBe(false);
  });

  it('may be any stage of a permitted pipeline whose code is not known', () => {
    const drafts = [aDraft(1), aDraft(2), aDraft(3, unknown(aReason))];
    const found = identity({}, { pipelines: [1, 2, 3], drafts });
    expect(found?.usedBy).toMatchObject({
      value: [{ tiers: [] }, { tiers: [] }, { tiers: ['unknown'] }],
    });
  });
});
