import {
  CONTOSO_GITHUB_TOKEN,
  createGithubEstate,
  GithubEstate,
  loadContosoAws,
  loadContosoGithub,
} from 'pipeline-posture-estate';
import { Collecting, CONTOSO_CONFIG, Run } from './__testUtils__/collecting';

// The first test of a file loads the clients of a dozen services.
const PIPELINES = [
  'orders-api',
  'recommendations',
  'orders-infra',
  'warehouse-sync',
  'shipment-tracker',
  'payments-infra',
  'returns-portal',
];

/**
 * What every control says of the seven pipelines, in the order above:
 * p = pass, f = fail, u = unknown, - = not applicable.
 */
const EXPECTED = `
identity-is-not-admin                        p p p p f u f
identity-cannot-escalate                     p p f p f u f
identity-has-no-unneeded-breadth             p p p p f u f
identity-cannot-read-every-secret            p p p f f u f
no-standing-privilege-when-rarely-used       p p f f f u f
people-hold-no-standing-admin                p p f f f p f
no-long-lived-deploy-credential              p p p f f u p
no-long-lived-source-credential              p p p p f p f
no-plaintext-secret                          p p p p f u p
no-secret-in-pipeline-code                   p p p p f u p
credential-is-rotated                        - - - p f u u
production-has-its-own-identity              p p f p f u f
identity-serves-one-pipeline                 p p p p f u f
build-cannot-use-the-deploy-identity         p p p f f u f
production-is-a-separate-target              p f f - f - -
identity-trusts-only-its-pipeline            p p p p f u f
source-branch-requires-review                p p p f u u f
author-cannot-approve-own-change             p f f f u u f
new-pushes-reset-approval                    p p p f u u f
merge-needs-passing-checks                   p f f f u u f
pipeline-file-has-required-reviewers         p f f f u u f
branch-policy-cannot-be-bypassed             p p p f u u u
only-protected-branches-deploy               p p p p p u f
production-needs-approval                    p p p p f p f
requester-cannot-approve                     p f f f f u f
approvers-are-few                            p p f f f p f
gate-cannot-be-skipped                       p p p p f u f
deploys-where-its-name-says                  p p p p f p p
production-comes-after-preproduction         p p p f p f f
security-test-runs-before-production         p p f p f u f
security-test-not-editable-by-builders       p f - f - u -
security-test-can-stop-the-release           p p - f - u -
pipeline-not-editable-by-builders            p p p p f p p
untrusted-pull-requests-get-nothing          - - - - f u p
artifacts-cannot-be-swapped                  p f f f f p f
inputs-are-constrained                       p f - - f - f
no-untrusted-text-in-a-shell                 p p p f p p p
identity-is-not-chosen-by-input              p p p p p p f
failures-reach-someone                       p p f f f p f
changes-are-recorded                         p p f f f p f
build-state-is-emitted                       p f f f f u f
permissions-are-reviewed                     p f f f f u f
external-action-provider                     p p p p f p p
build-container-not-privileged               p p p p f u p
source-repository-is-private                 p p p p u u f
build-image-is-pinned                        p p p p f u p
webhook-is-authenticated                     - - - - f - p
changes-are-alerted                          p p f f f p f
approvals-reach-someone                      p f f f - f -
`;

describe('the demo', () => {
  let collecting: Collecting;
  let github: GithubEstate;
  const runs: Run[] = [];
  const table = EXPECTED.trim()
    .split('\n')
    .map(line => {
      const [control, ...letters] = line.split(/\s+/);
      return [control, letters] as const;
    });

  beforeAll(async () => {
    github = await createGithubEstate({ state: loadContosoGithub() });
    const state = loadContosoAws();
    for (const { regions } of state.accounts) {
      for (const host of regions['eu-west-1']?.hosts ?? []) {
        host.providerEndpoint = github.url;
      }
    }
    collecting = await Collecting.start({
      state,
      config: {
        ...CONTOSO_CONFIG,
        integrations: {
          github: [
            {
              host: new URL(github.url).host,
              apiBaseUrl: `${github.url}/api/v3`,
              token: CONTOSO_GITHUB_TOKEN,
            },
          ],
        },
      },
    });
    for (const account of ['111122223333', '444455556666']) {
      runs.push(await collecting.run(collecting.scope(account)));
    }
  });
  afterAll(() => Promise.all([collecting.close(), github.close()]));

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
    expect(without('p')).toEqual([]);
    expect(without('f')).toEqual([]);
  });
});
