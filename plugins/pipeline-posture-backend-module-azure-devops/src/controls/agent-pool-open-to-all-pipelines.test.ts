import { known, Runner } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { agentPoolOpenToAllPipelines } from './agent-pool-open-to-all-pipelines';

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

describe('agent-pool-open-to-all-pipelines', () => {
  it.each<ControlRow>([
    ['pass', 'it is not so', runningOn({}), 'build-farm'],
    [
      'fail',
      'it is so',
      runningOn({ openToAllPipelines: known(true) }),
      'build-farm',
    ],
    [
      'unknown',
      'it cannot be read',
      runningOn({ openToAllPipelines: notRead() }),
    ],
    [
      'unknown',
      'it is not known where the pipeline runs',
      { runners: notRead() },
    ],
    [
      'not-applicable',
      'it runs on machines of the provider',
      runningOn({ hosting: 'provider', openToAllPipelines: known(true) }),
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(agentPoolOpenToAllPipelines, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
