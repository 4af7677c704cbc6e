import { Gate, known, Trigger } from 'backstage-plugin-pipeline-posture-common';
import {
  anApproval,
  aStage,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { onlyProtectedBranchesDeploy } from './only-protected-branches-deploy';

const control = (part: Partial<Gate> = {}) =>
  anApproval({
    id: 'branch',
    name: 'Branch control',
    kind: 'branch-control',
    ...part,
  });
const withGates = (...gates: Gate[]) => ({
  stages: known([aStage({ gates: known(gates) })]),
});
const onAws = (trigger: Partial<Trigger> = {}) => ({
  kind: 'codepipeline-v2' as const,
  stages: known([aStage()]),
  triggers: known<Trigger[]>([
    {
      kind: 'push',
      branches: ['main'],
      excludedBranches: [],
      untrusted: notRead(),
      ...trigger,
    },
  ]),
});

describe('only-protected-branches-deploy', () => {
  it.each<ControlRow>([
    [
      'pass',
      'a branch control lets named branches through only',
      withGates(control()),
      'lets named branches through only',
    ],
    [
      'fail',
      'nothing checks the branch',
      withGates(anApproval()),
      'Code of any branch',
    ],
    [
      'fail',
      'the branch control allows every branch',
      withGates(
        control({ effective: false, ineffectiveBecause: 'it allows *' }),
      ),
      'keeps no branch out: it allows *.',
    ],
    [
      'unknown',
      'the gates cannot be read',
      { stages: known([aStage({ gates: notRead() })]) },
    ],
    [
      'unknown',
      'nothing says whether the stage is production',
      { stages: known([aStage({ tier: notRead() })]) },
    ],
    [
      'not-applicable',
      'nothing deploys to production',
      { stages: known([aStage({ tier: known('non-production') })]) },
    ],
    [
      'pass',
      'the source names the branch and only pushes to it start the pipeline',
      onAws(),
      'only gets branches that the pipeline names',
    ],
    [
      'fail',
      'pull requests start the pipeline',
      onAws({ kind: 'pull-request' }),
      'a pull request starts the pipeline',
    ],
    [
      'fail',
      'pushes to any branch start it',
      onAws({ branches: ['**'] }),
      'a push to any branch',
    ],
    [
      'fail',
      'pushes to branches that match a pattern start it',
      onAws({ branches: ['main', 'feature/*'] }),
      'a push to any branch that matches feature/*',
    ],
    [
      'fail',
      'pushes to all branches but some start it',
      onAws({ branches: [], excludedBranches: ['docs'] }),
      'a push to any branch starts',
    ],
    [
      'fail',
      'tags start it',
      onAws({ branches: ['tags/v*'] }),
      'a tag starts the pipeline',
    ],
    [
      'fail',
      'all tags but some start it',
      onAws({ branches: [], excludedBranches: ['tags/test-*'] }),
      'a tag starts the pipeline',
    ],
    [
      'unknown',
      'what starts it cannot be read',
      { ...onAws(), triggers: notRead() },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(onlyProtectedBranchesDeploy, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
