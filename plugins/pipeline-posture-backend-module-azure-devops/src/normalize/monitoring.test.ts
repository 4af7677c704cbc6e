import { known } from 'backstage-plugin-pipeline-posture-common';
import { hook } from '../client/wire';
import { alertsFact } from './monitoring';
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
