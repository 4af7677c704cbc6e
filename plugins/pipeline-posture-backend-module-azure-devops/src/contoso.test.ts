import { Collected } from './__testUtils__/collecting';
import { CollectedContoso, CONTROLS } from './__testUtils__/contoso';

/** Nothing that Azure DevOps tells can decide these both ways. */
const NOT_FOR_AZURE = new Set<string>([]);

describe('the demo organisation', () => {
  let contoso: CollectedContoso;

  beforeAll(async () => {
    contoso = await CollectedContoso.create();
  });
  afterAll(() => contoso.close());

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
        'people-hold-no-standing-admin': 'pass',
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
    [
      'Experiments',
      'price-forecast',
      {
        'people-hold-no-standing-admin': 'fail',
        'changes-are-recorded': 'fail',
        'artifacts-cannot-be-swapped': 'pass',
      },
    ],
    [
      'Experiments',
      'recommender-lab',
      {
        'untrusted-pull-requests-get-nothing': 'fail',
        'no-long-lived-source-credential': 'fail',
      },
    ],
    [
      'Experiments',
      'price-forecast-oss',
      {
        'untrusted-pull-requests-get-nothing': 'pass',
        'no-long-lived-source-credential': 'pass',
      },
    ],
  ])(
    'gives %s/%s the results of its character',
    (project, pipeline, expected) => {
      expect(contoso.resultsOf(project, pipeline)).toMatchObject(expected);
    },
  );

  it('says which permission is missing where the reader may not look, and only there', () => {
    const { problems, complete } = contoso.projects.get(
      'Logistics',
    ) as Collected;
    expect(complete).toBe(true);
    expect(
      problems.map(({ subject, reason }) => [
        subject,
        reason.code,
        reason.permission,
      ]),
    ).toEqual(
      expect.arrayContaining([
        [
          'project Logistics',
          'permission-missing',
          expect.stringContaining('vso.build'),
        ],
        [
          'subscription Contoso Logistics',
          'permission-missing',
          'Reader on the subscription',
        ],
      ]),
    );
    expect(problems).toHaveLength(2);
    expect(contoso.projects.get('Payments')?.problems).toEqual([]);
  });

  it.each(
    CONTROLS.filter(
      ({ id, remediation }) =>
        'azure-devops' in remediation && !NOT_FOR_AZURE.has(id),
    ).map(({ id }) => id),
  )('shows %s failing somewhere and passing somewhere', id => {
    expect([...contoso.resultsFor(id)]).toEqual(
      expect.arrayContaining(['fail', 'pass']),
    );
  });

  it('names the file and line of the template in which a deployment really stands', () => {
    const ledger = contoso.projects
      .get('Payments')
      ?.snapshots.get('ledger-deploy');
    const stages = ledger?.stages.known ? ledger.stages.value : [];
    const production = stages.find(({ id }) => id === 'production');
    expect(production?.location).toMatchObject({
      repository: 'Platform/pipeline-templates',
      file: '/secure-deploy.yml',
      origin: 'template',
    });
  });
});
