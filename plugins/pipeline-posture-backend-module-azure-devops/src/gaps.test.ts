import { evaluateControls } from 'backstage-plugin-pipeline-posture-node';
import { neutralControls } from 'backstage-plugin-pipeline-posture-controls';
import {
  AzureDevOpsEstate,
  createAzureDevOpsEstate,
  loadContosoAzure,
} from 'pipeline-posture-estate';
import { collect, providerFor } from './__testUtils__/collecting';
import { azureDevOpsControls } from './controls';

const HEAD = 'trigger: [main]\npool: { vmImage: ubuntu-latest }\n';
/** The same pipeline with a part that cannot be read at each depth. */
const HIDDEN = {
  'in its steps': `${HEAD}steps:
  - script: npm test
  - template: hidden.yml
`,
  'in its jobs': `${HEAD}jobs:
  - job: test
    steps:
      - script: npm test
  - template: hidden.yml
`,
  'in its stages': `${HEAD}stages:
  - stage: test
    jobs:
      - job: test
        steps:
          - script: npm test
  - template: hidden.yml
`,
  'in the jobs of a stage': `${HEAD}stages:
  - stage: test
    jobs:
      - job: test
        steps:
          - script: npm test
      - template: hidden.yml
`,
  'in the steps of a job': `${HEAD}stages:
  - stage: test
    jobs:
      - job: test
        steps:
          - script: npm test
          - template: hidden.yml
`,
  'as a whole': `${HEAD}extends:
  template: hidden.yml
`,
};

/** Controls for which a pipeline is well as long as something is not in its code. */
const LOOKING_FOR = [
  'no-secret-in-pipeline-code',
  'no-untrusted-text-in-a-shell',
  'job-token-not-exposed-to-scripts',
  'secrets-live-in-key-vault',
  'service-connection-open-to-all-pipelines',
  'variable-group-open-to-all-pipelines',
  'secure-file-open-to-all-pipelines',
  'identity-is-not-admin',
  'no-long-lived-deploy-credential',
  'artifacts-cannot-be-swapped',
];

describe('code that cannot be read', () => {
  let estate: AzureDevOpsEstate;
  afterEach(() => estate.close());

  const read = async (yaml: string) => {
    const state = loadContosoAzure();
    const repository = state.projects
      .find(({ name }) => name === 'Payments')
      ?.repositories.find(({ name }) => name === 'payments-ledger');
    if (!repository) throw new Error('no such repository');
    repository.files['/azure-pipelines.yml'] = yaml;
    estate = await createAzureDevOpsEstate({ state });
    const { snapshots } = await collect(providerFor(estate), 'Payments');
    const snapshot = snapshots.get('ledger-deploy');
    if (!snapshot) throw new Error('no such pipeline');
    return new Map(
      evaluateControls(
        [...neutralControls, ...azureDevOpsControls],
        snapshot,
      ).map(({ controlId, status }) => [controlId, status]),
    );
  };

  it.each(Object.entries(HIDDEN))(
    'is never taken for code without a fault, %s',
    async (_where, yaml) => {
      const statuses = await read(yaml);
      const wrong = LOOKING_FOR.filter(
        id => statuses.get(id) !== 'unknown' && statuses.get(id) !== 'fail',
      );
      expect(wrong).toEqual([]);
      // It may hold the test that is missed elsewhere.
      expect(statuses.get('security-test-runs-before-production')).not.toBe(
        'fail',
      );
    },
  );

  it('is told from code that is there and does none of it', async () => {
    const statuses = await read(`${HEAD}steps:\n  - script: npm test\n`);
    expect(LOOKING_FOR.filter(id => statuses.get(id) === 'unknown')).toEqual(
      [],
    );
  });
});
