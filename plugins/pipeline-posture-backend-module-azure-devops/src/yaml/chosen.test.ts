import { readYaml, stepsOf, TEMPLATES } from '../__testUtils__/readYaml';

const SCAN = 'steps:\n- script: gitleaks detect\n  displayName: Scan\n';

describe('what the code of a pipeline chose itself', () => {
  it('is each template that it includes, however far down', () => {
    const steps = stepsOf(
      readYaml(`${TEMPLATES}steps:\n- template: outer.yml@central\n`, {
        'central:/outer.yml': 'steps:\n- template: scan.yml\n',
        'central:/scan.yml': SCAN,
      }),
    );
    expect(steps).toMatchObject([
      { chosen: true, location: { origin: 'template' } },
    ]);
  });

  const extended = `parameters: [{ name: buildSteps, type: stepList }]
stages:
- stage: build
  jobs:
  - job: a
    steps:
    - template: scan.yml
    - \${{ parameters.buildSteps }}
`;

  it('is not what the template brings that it extends', () => {
    const steps = stepsOf(
      readYaml(
        `${TEMPLATES}extends: { template: base.yml@central, parameters: { buildSteps: [{ script: make }] } }\n`,
        { 'central:/base.yml': extended, 'central:/scan.yml': SCAN },
      ),
    );
    expect(steps.map(({ chosen }) => chosen)).toEqual([undefined, undefined]);
    expect(steps[1].location?.origin).toBe('builders');
  });

  it.each(['buildSteps', 'steps'])(
    'is a template that it passes to the one it extends, as %s',
    name => {
      const steps = stepsOf(
        readYaml(
          `${TEMPLATES}extends:
  template: base.yml@central
  parameters:
    ${name}:
    - template: scan.yml@central
`,
          {
            'central:/base.yml': extended
              .replace('    - template: scan.yml\n', '')
              .replaceAll('buildSteps', name),
            'central:/scan.yml': SCAN,
          },
        ),
      );
      expect(steps).toMatchObject([{ name: 'Scan', chosen: true }]);
    },
  );

  it('is a step that a template takes apart and puts together again', () => {
    const steps = stepsOf(
      readYaml(
        `${TEMPLATES}extends:
  template: base.yml@central
  parameters:
    buildSteps:
    - script: gitleaks detect
      displayName: Scan
      continueOnError: true
`,
        {
          'central:/base.yml': `parameters: [{ name: buildSteps, type: stepList }]
jobs:
- job: a
  steps:
  - script: gitleaks detect
    displayName: Ours
  - \${{ each step in parameters.buildSteps }}:
    - \${{ each pair in step }}:
        \${{ pair.key }}: \${{ pair.value }}
`,
        },
      ),
    );
    expect(steps).toMatchObject([
      { name: 'Ours', security: { canFail: true } },
      { name: 'Scan', chosen: true, security: { canFail: false } },
    ]);
    expect(steps[0].chosen).toBeUndefined();
  });
});
