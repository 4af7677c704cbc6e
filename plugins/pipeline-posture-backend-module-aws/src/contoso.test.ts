import { Collecting, Run } from './__testUtils__/collecting';

// The first test of a file loads the clients of a dozen services.
describe('the pipelines of Contoso, read over the wire', () => {
  let collecting: Collecting;
  const runs: Record<string, Run> = {};
  const run = (pipeline: string) => {
    const found = Object.values(runs).find(({ snapshots }) =>
      snapshots.some(({ name }) => name === pipeline),
    );
    if (!found) throw new Error(`${pipeline} was not read`);
    return found;
  };

  beforeAll(async () => {
    collecting = await Collecting.start();
    for (const account of ['111122223333', '444455556666']) {
      runs[account] = await collecting.run(collecting.scope(account));
    }
  });
  afterAll(() => collecting.close());

  it('discovers every configured account and region', async () => {
    expect(await collecting.discover()).toEqual([
      expect.objectContaining({
        type: 'scope',
        scope: expect.objectContaining({ id: '111122223333/eu-west-1' }),
      }),
      expect.objectContaining({
        type: 'scope',
        scope: expect.objectContaining({ id: '444455556666/eu-west-1' }),
      }),
      expect.objectContaining({
        type: 'scope',
        scope: expect.objectContaining({ id: '555566667777/eu-west-1' }),
      }),
    ]);
  });

  it('reads all seven pipelines without a problem', () => {
    expect(Object.values(runs).flatMap(({ problems }) => problems)).toEqual([]);
    expect(
      Object.values(runs)
        .flatMap(({ snapshots }) => snapshots.map(({ name }) => name))
        .sort(),
    ).toEqual([
      'orders-api',
      'orders-infra',
      'payments-infra',
      'recommendations',
      'returns-portal',
      'shipment-tracker',
      'warehouse-sync',
    ]);
  });

  const CONTROLS = [
    'identity-is-not-admin',
    'no-long-lived-deploy-credential',
    'no-plaintext-secret',
    'production-has-its-own-identity',
    'identity-serves-one-pipeline',
    'build-cannot-use-the-deploy-identity',
    'source-branch-requires-review',
    'author-cannot-approve-own-change',
    'production-needs-approval',
    'requester-cannot-approve',
    'inputs-are-constrained',
  ];
  const LETTERS: Record<string, string> = {
    P: 'pass',
    F: 'fail',
    u: 'unknown',
    '-': 'not-applicable',
  };

  // One letter for each control above, in their order.
  it.each([
    ['orders-api', 'P P P P P P P P P P P'],
    ['recommendations', 'P P P P P P P F P F F'],
    ['orders-infra', 'P P P F P P P F P F -'],
    ['warehouse-sync', 'P F P P P F F F P F -'],
    ['shipment-tracker', 'F F F F F F u u F F F'],
    ['payments-infra', 'u u u u u u u u P u -'],
  ])('%s gets the results of its character', (pipeline, letters) => {
    const expected = letters.split(' ').map(letter => LETTERS[letter]);
    expect(
      Object.fromEntries(
        CONTROLS.map(id => [id, run(pipeline).status(pipeline, id)]),
      ),
    ).toEqual(Object.fromEntries(CONTROLS.map((id, i) => [id, expected[i]])));
  });

  it('names what is missing where something is unknown', () => {
    const { reason } =
      run('payments-infra').findings('payments-infra')['identity-is-not-admin']
        .instances[0];
    expect(reason).toMatchObject({
      code: 'not-connected',
      message: expect.stringContaining('999900001111'),
      action: expect.stringContaining('pipelinePosture.aws[].accounts'),
    });
  });

  it('never keeps a secret: not in snapshots, not in checkpoints', () => {
    const kept = JSON.stringify([
      runs,
      [...collecting.checkpoints.entries.values()],
    ]);
    expect(kept).not.toContain('AKIAIOSFODNN7EXAMPLE');
    expect(kept).not.toContain('wJalrXUtnFEMI');
    expect(kept).not.toContain('demo-oauth-token');
  });

  it('links every piece of evidence to the console', () => {
    const findings = Object.values(run('orders-api').findings('orders-api'));
    const evidence = findings.flatMap(({ instances }) =>
      instances.flatMap(instance => instance.evidence),
    );
    const fromAws = evidence.filter(({ source }) =>
      /^(codepipeline|codebuild|iam|events|cloudtrail|access-analyzer|s3):/.test(
        source,
      ),
    );
    expect(fromAws.length).toBeGreaterThan(20);
    expect(fromAws.filter(({ url }) => !url?.includes('console.aws'))).toEqual(
      [],
    );
  });

  it('links to the console and to the annotation of the pipeline', () => {
    expect(run('orders-api').snapshot('orders-api')).toMatchObject({
      url: 'https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/orders-api/view?region=eu-west-1',
      locators: expect.arrayContaining([
        {
          annotation: 'aws.amazon.com/aws-codepipeline-arn',
          value: 'arn:aws:codepipeline:eu-west-1:111122223333:orders-api',
        },
        {
          annotation: 'aws.amazon.com/aws-codepipeline-tags',
          value: 'application=orders-api',
        },
      ]),
    });
  });
});
