import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { shellArgumentsAreValidated } from './shell-arguments-are-validated';

import { GeneralSettings, generalSettings } from '../client/wire';

const withSetting = (settings: Partial<GeneralSettings>) => ({
  provider: { settings: known(generalSettings.parse(settings)) },
});

describe('shell-arguments-are-validated', () => {
  it.each<ControlRow>([
    [
      'pass',
      'the setting is on',
      withSetting({ enableShellTasksArgsSanitizing: true }),
    ],
    [
      'fail',
      'the setting is off',
      withSetting({ enableShellTasksArgsSanitizing: false }),
    ],
    [
      'fail',
      'arguments are only watched',
      withSetting({
        enableShellTasksArgsSanitizing: false,
        enableShellTasksArgsSanitizingAudit: true,
      }),
    ],
    ['unknown', 'the server does not have the setting', withSetting({})],
    [
      'unknown',
      'the settings cannot be read',
      { provider: { settings: notRead() } },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(shellArgumentsAreValidated, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
