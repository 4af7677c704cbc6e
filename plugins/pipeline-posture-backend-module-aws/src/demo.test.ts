import { Collecting, Run } from './__testUtils__/collecting';

const PIPELINES = [
  'orders-api',
  'recommendations',
  'orders-infra',
  'warehouse-sync',
  'shipment-tracker',
  'payments-infra',
];

/**
 * What every control says of the six pipelines, in the order above:
 * p = pass, f = fail, u = unknown, - = not applicable.
 */
const EXPECTED = `
identity-is-not-admin                        p p p p f u
identity-cannot-escalate                     p p f p f u
identity-has-no-unneeded-breadth             p p p p f u
identity-cannot-read-every-secret            p p p f f u
no-standing-privilege-when-rarely-used       p p f f f u
people-hold-no-standing-admin                p p f f f p
no-long-lived-deploy-credential              p p p p f u
no-long-lived-source-credential              p p p p f p
no-plaintext-secret                          p p p p f u
no-secret-in-pipeline-code                   p p p p f u
credential-is-rotated                        - - - - f u
production-has-its-own-identity              p p f p f u
identity-serves-one-pipeline                 p p p p p u
build-cannot-use-the-deploy-identity         p p p f f u
production-is-a-separate-target              f f f - f -
identity-trusts-only-its-pipeline            p p p p f u
source-branch-requires-review                p p p f u u
author-cannot-approve-own-change             p f f f u u
new-pushes-reset-approval                    p p p f u u
merge-needs-passing-checks                   p f f f u u
pipeline-file-has-required-reviewers         p f f f u u
branch-policy-cannot-be-bypassed             p p p f u u
only-protected-branches-deploy               p p p p p u
production-needs-approval                    p p p p f p
requester-cannot-approve                     p f f f f u
approvers-are-few                            p p f f f p
gate-cannot-be-skipped                       p p p p f u
deploys-where-its-name-says                  p p p p f p
production-comes-after-preproduction         p p p f p f
security-test-runs-before-production         p p f p f u
security-test-not-editable-by-builders       p f - f - u
security-test-can-stop-the-release           p p - f - u
pipeline-not-editable-by-builders            p p p p f p
untrusted-pull-requests-get-nothing          - - - - f u
artifacts-cannot-be-swapped                  p f f f f p
inputs-are-constrained                       p f - - f -
no-untrusted-text-in-a-shell                 p p p f p p
identity-is-not-chosen-by-input              p p p p p p
failures-reach-someone                       p p f f f p
changes-are-recorded                         p p f f f p
build-state-is-emitted                       p f f f f u
permissions-are-reviewed                     p f f f f p
external-action-provider                     - - - - f -
build-container-not-privileged               p p p p f u
source-repository-is-private                 p p p p u u
build-image-is-pinned                        p p p p f u
webhook-is-authenticated                     - - - - f -
changes-are-alerted                          p p f f f p
approvals-reach-someone                      p f f f - f
`;

/** Controls that the AWS half of the demo shows from one side only; Azure DevOps shows the other. */
const ONE_SIDED = {
  neverPass: [
    'credential-is-rotated',
    'production-is-a-separate-target',
    'untrusted-pull-requests-get-nothing',
    'external-action-provider',
    'webhook-is-authenticated',
  ],
  neverFail: [
    'identity-serves-one-pipeline',
    'only-protected-branches-deploy',
    'identity-is-not-chosen-by-input',
    'source-repository-is-private',
  ],
};

describe('the demo', () => {
  let collecting: Collecting;
  const runs: Run[] = [];
  const table = EXPECTED.trim()
    .split('\n')
    .map(line => {
      const [control, ...letters] = line.split(/\s+/);
      return [control, letters] as const;
    });

  beforeAll(async () => {
    collecting = await Collecting.start();
    for (const account of ['111122223333', '444455556666']) {
      runs.push(await collecting.run(collecting.scope(account)));
    }
  });
  afterAll(() => collecting.close());

  const letterOf = (pipeline: string, control: string) => {
    const run = runs.find(({ snapshots }) =>
      snapshots.some(({ name }) => name === pipeline),
    );
    const status = run?.findings(pipeline)[control]?.status ?? 'missing';
    return status === 'not-applicable' ? '-' : status[0];
  };

  it.each(table)('answers %s as the characters promise', (control, letters) => {
    expect(PIPELINES.map(pipeline => letterOf(pipeline, control))).toEqual(
      letters,
    );
  });

  it('knows every control that applies to AWS', () => {
    const controls = Object.keys(runs[0].findings('orders-api'));
    expect(table.map(([control]) => control).sort()).toEqual(controls.sort());
  });

  it('shows each control passing somewhere and failing somewhere', () => {
    const without = (letter: string) =>
      table
        .filter(([, letters]) => !letters.includes(letter))
        .map(([control]) => control);
    expect(without('p')).toEqual(ONE_SIDED.neverPass);
    expect(without('f')).toEqual(ONE_SIDED.neverFail);
  });
});
