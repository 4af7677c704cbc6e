import { known, Runner } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { agentPoolNotSharedAcrossProjects } from './agent-pool-not-shared-across-projects';

const runningOn = (part: Partial<Runner>) => ({
  runners: known<Runner[]>([
    {
      name: 'build-farm',
      hosting: 'own',
      sharedBeyondTeam: known(false),
      openToAllPipelines: known(false),
      privileged: notRead(),
      ...part,
    },
  ]),
});

describe('agent-pool-not-shared-across-projects', () => {
  it.each<ControlRow>([
    ['pass', 'it is not so', runningOn({}), 'build-farm'],
    [
      'fail',
      'it is so',
      runningOn({ sharedBeyondTeam: known(true) }),
      'build-farm',
    ],
    [
      'unknown',
      'it cannot be read',
      runningOn({ sharedBeyondTeam: notRead() }),
    ],
    [
      'unknown',
      'it is not known where the pipeline runs',
      { runners: notRead() },
    ],
    [
      'not-applicable',
      'it runs on machines of the provider',
      runningOn({ hosting: 'provider', sharedBeyondTeam: known(true) }),
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(agentPoolNotSharedAcrossProjects, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
