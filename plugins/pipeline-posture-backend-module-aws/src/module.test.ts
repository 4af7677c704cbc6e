import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  Control,
  pipelineControlsExtensionPoint,
  PipelineProvider,
  pipelineProvidersExtensionPoint,
  SourceHosts,
  sourceHostsExtensionPoint,
} from 'backstage-plugin-pipeline-posture-node';
import module from '.';

async function start(data: object) {
  const providers: PipelineProvider[] = [];
  const controls: Control[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'pipeline-posture',
    register(env) {
      env.registerExtensionPoint(pipelineProvidersExtensionPoint, {
        addProvider: (...added) => providers.push(...added),
      });
      env.registerExtensionPoint(pipelineControlsExtensionPoint, {
        addControl: (...added) => controls.push(...added),
      });
      env.registerExtensionPoint(sourceHostsExtensionPoint, {
        addSourceHost: () => {},
        hosts: SourceHosts.create({ hosts: [] }),
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      module,
      mockServices.rootConfig.factory({ data: data as never }),
    ],
  });
  await backend.stop();
  return { providers, controls };
}

describe('the AWS module', () => {
  it('adds the provider and the controls that only AWS has', async () => {
    const { providers, controls } = await start({
      pipelinePosture: {
        aws: [
          { id: 'main', accounts: ['111122223333'], regions: ['eu-west-1'] },
        ],
      },
    });
    expect(providers.map(({ id }) => id)).toEqual(['aws-codepipeline']);
    expect(controls.map(({ id }) => id)).toContain(
      'build-container-not-privileged',
    );
  });

  it('adds nothing without a configured source', async () => {
    expect(await start({})).toEqual({ providers: [], controls: [] });
  });

  it('stops the start with the path of a wrong key', async () => {
    await expect(
      start({
        pipelinePosture: {
          aws: [{ id: 'main', accounts: ['1'], regions: ['eu-west-1'] }],
        },
      }),
    ).rejects.toThrow(/pipelinePosture\.aws\[0\]\.accounts\[0\]/);
  });
});
