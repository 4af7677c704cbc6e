import { definition, release, taskGroup } from '../client/wire';
import { CodeReader } from './CodeReader';
import { readClassicBuild } from './readClassicBuild';
import { readClassicRelease } from './readClassicRelease';

const BASH = '6c731c3c-3c68-459a-a5c9-bde6e6595b5b';
const options = () => ({
  reader: new CodeReader(),
  taskGroups: new Map(),
  isConnection: () => false,
});
const build = (process: object) =>
  readClassicBuild(
    definition.parse({ id: 1, name: 'Shop', revision: 1, process }),
    options(),
  );

describe('what a classic build says of itself', () => {
  const step = (script: string) => ({
    task: { id: BASH },
    inputs: { targetType: 'inline', script },
  });

  it('is that it deploys when a script in it does', () => {
    const { stages } = build({
      type: 1,
      phases: [{ steps: [step('kubectl apply -f k8s')] }],
    });
    expect(stages[0].jobs[0].steps[0].kinds).toContain('deploy');
  });

  it('is which test it runs by what stands in its tasks, whatever a script or a task group is called', () => {
    const steps = [
      { task: { id: BASH }, displayName: 'Trivy', inputs: { script: 'make' } },
      {
        task: { id: BASH },
        displayName: 'Sonar Qube',
        inputs: { script: 'gitleaks detect' },
      },
      { task: { id: 'a', definitionType: 'metaTask' }, displayName: 'Trivy' },
      { task: { id: 'b' }, displayName: 'Trivy' },
      {
        task: { id: '8D8EEBD8-2b94-4c97-85af-839254cc6da4' },
        displayName: 'Build',
        inputs: { tasks: 'build dependencyCheckAnalyze' },
      },
    ];
    const { stages } = build({ type: 1, phases: [{ steps }] });
    expect(
      stages[0].jobs[0].steps.map(({ security }) => security?.tool),
    ).toEqual([
      undefined,
      'Gitleaks',
      undefined,
      'Trivy',
      'OWASP Dependency-Check',
    ]);
  });

  it('is that a test in a task group stops nothing where the group does not', () => {
    const taskGroups = new Map([
      [
        'g',
        taskGroup.parse({
          id: 'g',
          name: 'Scan',
          tasks: [step('gitleaks detect')],
        }),
      ],
    ]);
    const canFail = (settings: object) =>
      readClassicBuild(
        definition.parse({
          id: 1,
          name: 'Shop',
          revision: 1,
          process: {
            type: 1,
            phases: [
              {
                steps: [
                  {
                    task: { id: 'g', definitionType: 'metaTask' },
                    ...settings,
                  },
                ],
              },
            ],
          },
        }),
        { ...options(), taskGroups },
      ).stages[0].jobs[0].steps[1].security?.canFail;
    expect(canFail({})).toBe(true);
    expect(canFail({ enabled: false })).toBe(false);
    expect(canFail({ continueOnError: true })).toBe(false);
  });

  it('is that a job runs under a condition', () => {
    const { stages } = build({
      type: 1,
      phases: [
        { steps: [], condition: "eq(variables.x, 'y')" },
        { steps: [], condition: 'succeeded()' },
      ],
    });
    expect(stages[0].jobs.map(({ sometimes }) => sometimes)).toEqual([
      true,
      undefined,
    ]);
  });

  it('is nothing that is known when it tells no phases', () => {
    expect(build({ type: 3 }).gaps).toHaveLength(1);
    expect(build({ type: 1, phases: [] }).gaps).toEqual([]);
  });
});

describe('a stage of a release', () => {
  const heedsAfter = (value: string) =>
    readClassicRelease(
      release.parse({
        id: 1,
        name: 'Shop',
        environments: [
          {
            id: 2,
            name: 'Production',
            conditions: [
              { name: 'Test', conditionType: 'environmentState', value },
            ],
          },
        ],
      }),
      options(),
    ).stages[0].heeds;

  it('does not heed the failure of a stage after which it starts all the same', () => {
    expect(heedsAfter('4')).toBeUndefined();
    expect(heedsAfter('132')).toBeUndefined();
    expect(heedsAfter('20')).toEqual([]);
  });
});
