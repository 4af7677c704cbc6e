import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { jobTokenLimitedToReferencedRepositories } from './job-token-limited-to-referenced-repositories';

import { GeneralSettings, generalSettings } from '../client/wire';

const withSetting = (settings: Partial<GeneralSettings>) => ({
  provider: { settings: known(generalSettings.parse(settings)) },
});

describe('job-token-limited-to-referenced-repositories', () => {
  it.each<ControlRow>([
    [
      'pass',
      'the setting is on',
      withSetting({ enforceReferencedRepoScopedToken: true }),
    ],
    [
      'fail',
      'the setting is off',
      withSetting({ enforceReferencedRepoScopedToken: false }),
      'every repository',
    ],
    ['unknown', 'the server does not have the setting', withSetting({})],
    [
      'unknown',
      'the settings cannot be read',
      { provider: { settings: notRead() } },
    ],
    [
      'not-applicable',
      'it is a classic release',
      { ...withSetting({}), kind: 'azure-classic-release' },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(jobTokenLimitedToReferencedRepositories, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
