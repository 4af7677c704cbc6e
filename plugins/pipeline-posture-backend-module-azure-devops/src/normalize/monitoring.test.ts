import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { aReason } from 'backstage-plugin-pipeline-posture-node';
import { hook, serviceConnection } from '../client/wire';
import { alertsFact, auditFact } from './monitoring';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

const BUILD = { kind: 'azure-yaml', name: 'shop', definitionId: 7 };
const RELEASE = { kind: 'azure-classic-release', name: 'shop' };

function alerts(given: object, draft: object = BUILD) {
  const fact = alertsFact(
    { ref: { id: 'release-3' }, ...draft } as unknown as PipelineDraft,
    {
      state: {
        project: { id: 'P' },
        hooks: known([hook.parse({ status: 'enabled', ...given })]),
      },
    } as unknown as Resources,
  );
  return fact.known ? fact.value : [];
}

const onBuilds = (publisherInputs: object, status?: string | null) =>
  alerts({
    eventType: 'build.complete',
    publisherInputs,
    ...(status !== undefined && { status }),
  });
const onRuns = (publisherInputs: object) =>
  alerts({
    eventType: 'ms.vss-pipelines.run-state-changed-event',
    publisherInputs,
  });
const onReleases = (publisherInputs: object) =>
  alerts(
    {
      eventType: 'ms.vss-release.deployment-completed-event',
      publisherInputs,
    },
    RELEASE,
  );

describe('service hooks', () => {
  it.each([
    ['any build', onBuilds({ buildStatus: '', definitionName: '' })],
    ['failed builds', onBuilds({ buildStatus: 'Failed' })],
    ['builds of this name', onBuilds({ definitionName: 'Shop' })],
    ['completed runs', onRuns({ pipelineId: '7', runStateId: 'Completed' })],
    ['failed runs', onRuns({ runResultId: 'Failed' })],
    ['any release', onReleases({ releaseDefinitionId: '' })],
    ['rejected releases', onReleases({ releaseEnvironmentStatus: '16' })],
    ['this release', onReleases({ releaseDefinitionId: '3' })],
  ])('on %s tell of failures', (_, found) => {
    expect(found).toEqual([
      expect.objectContaining({ effective: known(true) }),
    ]);
  });

  it.each([
    ['builds that succeed', onBuilds({ buildStatus: 'Succeeded' })],
    ['builds of another name', onBuilds({ definitionName: 'shop-2' })],
    ['another project', onBuilds({ projectId: 'Q' })],
    ['runs that succeed', onRuns({ runResultId: 'Succeeded' })],
    ['runs that start', onRuns({ runStateId: 'InProgress' })],
    ['another pipeline', onRuns({ pipelineId: '8' })],
    ['another release', onReleases({ releaseDefinitionId: '4' })],
    ['releases that succeed', onReleases({ releaseEnvironmentStatus: '4' })],
  ])('on %s tell nobody of failures of this one', (_, found) => {
    expect(found).toEqual([]);
  });

  it.each([
    ['disabledBySystem', true],
    ['onProbation', false],
    [null, false],
  ])('of status %s are known to be off: %s', (status, off) => {
    const [{ effective }] = onBuilds({}, status);
    expect(effective.known && effective.value === false).toBe(off);
    expect(effective.known).toBe(off);
  });

  it('on one stage leave open what happens in the others', () => {
    const [{ effective }] = onReleases({ releaseEnvironmentId: '1' });
    expect(effective.known).toBe(false);
  });
});

describe('the rights of a release that has not run for long', () => {
  const reviewed = (names: string[], code?: Fact<unknown>) => {
    const connections = names.map(name => ({
      name,
      undecided: false,
      uses: [],
      certain: true,
    }));
    const fact = auditFact(
      {
        kind: 'azure-classic-release',
        lastRunAt: known('2025-01-01T08:00:00Z'),
        code:
          code ?? known({ stages: [{ jobs: [{ steps: [{ connections }] }] }] }),
      } as unknown as PipelineDraft,
      new Resources({
        connections: known([
          serviceConnection.parse({ id: 'C', name: 'deploy', type: 'azurerm' }),
        ]),
        environments: known([]),
        variableGroups: known([]),
        secureFiles: known([]),
        queues: known([]),
        auditStreams: known([]),
        settings: known({}),
        access: new Map([
          ['endpoint/c', known({ allPipelines: false, pipelines: [] })],
        ]),
      } as unknown as Resources['state']),
      new Date('2026-11-21T08:00:00Z'),
    );
    if (!fact.known) throw new Error('unknown');
    const { permissionsReviewed: answer } = fact.value;
    return answer.known ? answer.value : undefined;
  };

  it('are not reviewed if it names a connection, which it needs no permission for', () => {
    expect(reviewed(['deploy'])).toBe(false);
    expect(reviewed([])).toBe(true);
  });

  it('are not known if its tasks are not', () => {
    expect(reviewed([], unknown(aReason))).toBeUndefined();
  });
});
