import {
  Gate,
  known,
  SecurityTest,
} from 'backstage-plugin-pipeline-posture-common';
import { anApproval, notRead } from 'backstage-plugin-pipeline-posture-node';
import { readYaml } from '../__testUtils__/readYaml';
import { Assembled } from './assemble';
import { securityTestsFact, securityTestsWithUpstream } from './securityTests';

const scan: SecurityTest = {
  name: 'Scan',
  tool: 'Trivy',
  stageId: 'build',
  editableByBuilders: known(true),
  blocking: known(true),
  beforeProduction: known(false),
};

describe('the security tests of a release', () => {
  it('are those of the pipeline that made its artifacts as well, which ran before', () => {
    const tests = securityTestsWithUpstream(known([]), [7], id =>
      id === 7 ? known([scan]) : undefined,
    );
    expect(tests).toMatchObject({
      known: true,
      value: [{ tool: 'Trivy', beforeProduction: { value: true } }],
    });
  });

  it('are not known to be none when that pipeline could not be read', () => {
    expect(
      securityTestsWithUpstream(known([]), [7], () => notRead()).known,
    ).toBe(false);
    expect(
      securityTestsWithUpstream(known([]), ['elsewhere'], () => undefined)
        .known,
    ).toBe(false);
  });

  it('are none when both have none', () => {
    expect(
      securityTestsWithUpstream(known([]), [7], () => known([])),
    ).toMatchObject({ known: true, value: [] });
  });
});

describe('whether a test in a template can be taken out', () => {
  const code = readYaml('stages: [{ stage: production, jobs: [] }]');
  const editable = (canBeSkipped: Gate['canBeSkipped']) => {
    const security = { tool: 'Gitleaks', canFail: true };
    const location = { repository: 'p/r', file: '/t.yml', origin: 'template' };
    const steps = [{ name: 'Scan', kinds: [], security, location }];
    const fact = securityTestsFact(
      {
        draft: { code: known({ ...code, extended: {} }) },
        stages: known([
          {
            reading: {
              ...code.stages[0],
              jobs: [{ id: 'a', gaps: [], steps }],
            },
            stage: {
              id: 'production',
              deploys: true,
              tier: known('production'),
              gates: known([
                anApproval({ kind: 'required-template', canBeSkipped }),
              ]),
              dependsOn: [],
            },
          },
        ]),
      } as unknown as Assembled,
      known([]),
    );
    return fact.known ? fact.value[0].editableByBuilders : fact;
  };

  it('is told by whether the check that requires the template is gone around', () => {
    expect(editable(known(false))).toMatchObject({ value: false });
    expect(editable(known(true))).toMatchObject({ value: true });
    expect(editable(notRead())).toMatchObject({ known: false });
  });
});

describe('whether a test can stop the release', () => {
  const testIn = (yaml: string) => {
    const code = readYaml(yaml);
    const stages = code.stages.map(reading => ({
      reading,
      stage: {
        id: reading.id,
        deploys: reading.id === 'production',
        tier: known('production'),
        gates: known([]),
        dependsOn: reading.dependsOn,
      },
    }));
    const fact = securityTestsFact(
      {
        draft: { code: known(code) },
        stages: known(stages),
      } as unknown as Assembled,
      known([]),
    );
    return fact.known ? fact.value[0] : undefined;
  };
  const pipeline = (job: string, stage: string) => `stages:
- stage: build
  jobs:
  - job: a
${job}    steps: [{ script: gitleaks detect }]
- stage: production
${stage}  jobs: [{ job: b, steps: [{ script: x }] }]
`;

  it('is so when the stage to production waits for it', () => {
    expect(testIn(pipeline('', ''))).toMatchObject({
      blocking: { value: true },
      beforeProduction: { value: true },
    });
    expect(
      testIn(pipeline('', '  condition: and(succeeded(), eq(1, 1))\n')),
    ).toMatchObject({ blocking: { value: true } });
  });

  it('is so when a choice only says whether that stage runs', () => {
    const condition =
      "  condition: and(succeeded(), eq('${{ parameters.prod }}', true))\n";
    expect(
      testIn(
        `parameters: [{ name: prod, type: boolean, default: false }]\n${pipeline(
          '',
          condition,
        )}`,
      ),
    ).toMatchObject({ blocking: { value: true } });
  });

  it.each([
    ['    continueOnError: true\n', ''],
    ['', '  condition: always()\n'],
    ['', "  condition: eq(variables['Build.SourceBranch'], 'x')\n"],
  ])('is not so with %j and %j', (job, stage) => {
    expect(testIn(pipeline(job, stage))).toMatchObject({
      blocking: { value: false },
    });
  });
});
