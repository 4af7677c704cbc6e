import { neutralControls } from 'backstage-plugin-pipeline-posture-controls';
import { evaluateControls } from 'backstage-plugin-pipeline-posture-node';
import {
  AzureDevOpsEstate,
  createAzureDevOpsEstate,
  loadContosoAzure,
} from 'pipeline-posture-estate';
import { Collected, collect, providerFor } from './__testUtils__/collecting';
import { azureDevOpsControls } from './controls';

const CONTROLS = [...neutralControls, ...azureDevOpsControls];

describe('the demo organisation', () => {
  let estate: AzureDevOpsEstate;
  const projects = new Map<string, Collected>();

  beforeAll(async () => {
    estate = await createAzureDevOpsEstate({ state: loadContosoAzure() });
    const provider = providerFor(estate);
    for (const project of ['Payments', 'Storefront', 'Logistics', 'Platform']) {
      projects.set(project, await collect(provider, project));
    }
  });
  afterAll(() => estate.close());

  const resultsOf = (project: string, pipeline: string) => {
    const snapshot = projects.get(project)?.snapshots.get(pipeline);
    if (!snapshot) throw new Error(`${pipeline} was not collected`);
    const findings = evaluateControls(CONTROLS, snapshot);
    return Object.fromEntries(
      findings.map(each => [each.controlId, each.status]),
    );
  };

  it.each<
    [project: string, pipeline: string, expected: Record<string, string>]
  >([
    [
      'Payments',
      'payments-deploy',
      {
        'no-long-lived-deploy-credential': 'fail',
        'production-has-its-own-identity': 'fail',
        'build-cannot-use-the-deploy-identity': 'pass',
        'author-cannot-approve-own-change': 'fail',
        'production-needs-approval': 'pass',
        'requester-cannot-approve': 'fail',
        'service-connection-open-to-all-pipelines': 'pass',
      },
    ],
    [
      'Payments',
      'payments-ci',
      {
        'identity-is-not-admin': 'not-applicable',
        'production-needs-approval': 'not-applicable',
        'no-plaintext-secret': 'pass',
      },
    ],
    [
      'Payments',
      'ledger-deploy',
      {
        'identity-is-not-admin': 'pass',
        'no-long-lived-deploy-credential': 'pass',
        'production-has-its-own-identity': 'pass',
        'identity-serves-one-pipeline': 'pass',
        'build-cannot-use-the-deploy-identity': 'pass',
        'source-branch-requires-review': 'pass',
        'author-cannot-approve-own-change': 'pass',
        'production-needs-approval': 'pass',
        'requester-cannot-approve': 'pass',
        'service-connection-open-to-all-pipelines': 'pass',
      },
    ],
    [
      'Payments',
      'card-vault-build',
      {
        'no-plaintext-secret': 'fail',
        'inputs-are-constrained': 'fail',
        'source-branch-requires-review': 'fail',
      },
    ],
    [
      'Payments',
      'card-vault-release',
      {
        'identity-is-not-admin': 'fail',
        'no-long-lived-deploy-credential': 'fail',
        'production-has-its-own-identity': 'fail',
        'production-needs-approval': 'fail',
        'service-connection-open-to-all-pipelines': 'fail',
      },
    ],
    [
      'Storefront',
      'storefront-web',
      {
        'no-plaintext-secret': 'fail',
        'build-cannot-use-the-deploy-identity': 'fail',
        'production-needs-approval': 'fail',
        'inputs-are-constrained': 'fail',
        'service-connection-open-to-all-pipelines': 'fail',
      },
    ],
    [
      'Storefront',
      'storefront-release',
      {
        'no-long-lived-deploy-credential': 'pass',
        'production-has-its-own-identity': 'pass',
        'production-needs-approval': 'pass',
        'requester-cannot-approve': 'pass',
        'service-connection-open-to-all-pipelines': 'pass',
      },
    ],
    [
      'Storefront',
      'search-api',
      {
        'production-needs-approval': 'not-applicable',
        'identity-is-not-chosen-by-input': 'fail',
        'no-long-lived-deploy-credential': 'pass',
      },
    ],
    [
      'Logistics',
      'logistics-shared-deploy',
      {
        'production-needs-approval': 'unknown',
        'requester-cannot-approve': 'unknown',
        'production-has-its-own-identity': 'pass',
        'inputs-are-constrained': 'pass',
      },
    ],
    [
      'Platform',
      'developer-portal',
      {
        'production-needs-approval': 'pass',
        'no-long-lived-deploy-credential': 'pass',
        'source-branch-requires-review': 'pass',
      },
    ],
    [
      'Platform',
      'pipeline-templates-ci',
      {
        'no-plaintext-secret': 'pass',
        'source-branch-requires-review': 'pass',
      },
    ],
    [
      'Platform',
      'nightly-maintenance',
      {
        'no-plaintext-secret': 'fail',
        'no-long-lived-deploy-credential': 'fail',
        'production-needs-approval': 'fail',
      },
    ],
  ])(
    'gives %s/%s the results of its character',
    (project, pipeline, expected) => {
      expect(resultsOf(project, pipeline)).toMatchObject(expected);
    },
  );

  it('says which permission is missing where the reader may not look, and only there', () => {
    const { problems, complete } = projects.get('Logistics') as Collected;
    expect(complete).toBe(true);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      subject: 'project Logistics',
      reason: {
        code: 'permission-missing',
        permission: expect.stringContaining('vso.build'),
      },
    });
    expect(projects.get('Payments')?.problems).toEqual([]);
  });

  it.each(azureDevOpsControls.map(({ id }) => id))(
    'shows %s failing somewhere and passing somewhere',
    id => {
      const seen = new Set(
        [...projects].flatMap(([project, { snapshots }]) =>
          [...snapshots.keys()].map(name => resultsOf(project, name)[id]),
        ),
      );
      expect([...seen]).toEqual(expect.arrayContaining(['fail', 'pass']));
    },
  );

  it('names the file and line of the template in which a deployment really stands', () => {
    const ledger = projects.get('Payments')?.snapshots.get('ledger-deploy');
    const stages = ledger?.stages.known ? ledger.stages.value : [];
    const production = stages.find(({ id }) => id === 'production');
    expect(production?.location).toMatchObject({
      repository: 'Platform/pipeline-templates',
      file: '/secure-deploy.yml',
      origin: 'template',
    });
  });
});
