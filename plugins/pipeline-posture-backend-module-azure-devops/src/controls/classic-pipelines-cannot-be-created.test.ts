import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { classicPipelinesCannotBeCreated } from './classic-pipelines-cannot-be-created';

import { GeneralSettings, generalSettings } from '../client/wire';

const withSetting = (settings: Partial<GeneralSettings>) => ({
  provider: { settings: known(generalSettings.parse(settings)) },
});

describe('classic-pipelines-cannot-be-created', () => {
  it.each<ControlRow>([
    [
      'pass',
      'both kinds are disabled',
      withSetting({
        disableClassicBuildPipelineCreation: true,
        disableClassicReleasePipelineCreation: true,
      }),
    ],
    [
      'pass',
      'all are disabled at once',
      withSetting({ disableClassicPipelineCreation: true }),
    ],
    [
      'fail',
      'releases can be created',
      withSetting({
        disableClassicBuildPipelineCreation: true,
        disableClassicReleasePipelineCreation: false,
      }),
    ],
    ['unknown', 'the server does not have the settings', withSetting({})],
    [
      'unknown',
      'the settings cannot be read',
      { provider: { settings: notRead() } },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(classicPipelinesCannotBeCreated, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
