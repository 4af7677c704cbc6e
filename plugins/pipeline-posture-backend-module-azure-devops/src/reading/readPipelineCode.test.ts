import { SourceFile } from '../yaml/nodes';
import { resolvePipeline } from '../yaml/resolvePipeline';
import { FileLibrary } from '../yaml/TemplateFiles';
import { readPipelineCode } from './readPipelineCode';
import { CodeReading } from './types';

const ROOT: SourceFile = {
  project: 'Shop',
  repository: 'shop',
  ref: 'refs/heads/main',
  path: '/azure-pipelines.yml',
};

function read(text: string, others: Record<string, string> = {}): CodeReading {
  const library = new FileLibrary();
  for (const [path, content] of Object.entries({
    '/azure-pipelines.yml': text,
    ...others,
  })) {
    library.add({ ...ROOT, path }, { text: content, objectId: path });
  }
  const resolution = resolvePipeline(ROOT, library);
  if (resolution.status !== 'resolved')
    throw new Error(JSON.stringify(resolution));
  return readPipelineCode(resolution);
}

const steps = (reading: CodeReading) =>
  reading.stages.flatMap(({ jobs }) => jobs.flatMap(job => job.steps));

describe('reading the code of a pipeline', () => {
  it('makes up the stage and the job that a short pipeline leaves out', () => {
    const { stages } = read(
      'pool: { vmImage: ubuntu-latest }\nsteps:\n- script: make test\n',
    );
    expect(stages).toHaveLength(1);
    expect(stages[0].jobs[0]).toMatchObject({
      deployment: false,
      pool: { vmImage: 'ubuntu-latest' },
    });
  });

  it('reads every hook of a deployment strategy', () => {
    const reading = read(`jobs:
- deployment: web
  environment: { name: shop-production, resourceName: vm }
  strategy:
    canary:
      increments: [10]
      preDeploy: { steps: [{ script: one }] }
      deploy: { steps: [{ script: two }] }
      on:
        failure: { steps: [{ script: three }] }
`);
    expect(steps(reading)).toHaveLength(3);
    expect(reading.stages[0].jobs[0]).toMatchObject({
      deployment: true,
      environment: { name: 'shop-production' },
    });
  });

  it('puts the variables that the code declares in place of their names', () => {
    const reading = read(`variables: { connection: shop-test }
stages:
- stage: production
  variables: { connection: shop-production }
  jobs:
  - job: a
    steps:
    - task: AzureCLI@2
      inputs: { azureSubscription: $(connection) }
- stage: other
  dependsOn: []
  jobs:
  - job: b
    steps:
    - task: AzureCLI@2
      inputs: { azureSubscription: $(connection) }
    - task: AzureCLI@2
      inputs: { azureSubscription: $(fromSomewhere) }
`);
    expect(
      steps(reading).map(({ connections }) => [
        connections[0].name,
        connections[0].undecided,
      ]),
    ).toEqual([
      ['shop-production', false],
      ['shop-test', false],
      ['$(fromSomewhere)', true],
    ]);
  });

  it.each([
    ['trigger: none', { declared: true, off: true }],
    ['trigger: [main, dev]', { include: ['main', 'dev'] }],
    ['trigger: main', { include: ['main'] }],
    [
      'trigger: { branches: { include: [main], exclude: [x] } }',
      { include: ['main'], exclude: ['x'] },
    ],
    [
      'trigger: { tags: { include: [v*], exclude: [v0] } }',
      { include: ['refs/tags/v*'], exclude: ['refs/tags/v0'] },
    ],
    [
      'trigger: { branches: [main], tags: { exclude: [x] } }',
      { include: ['main', 'refs/tags/*'], exclude: ['refs/tags/x'] },
    ],
    ['name: x', { declared: false, off: false }],
  ])('understands "%s"', (text, expected) => {
    expect(read(`${text}\nsteps: []\n`).triggers.ci).toMatchObject(expected);
  });

  it('finds secrets in code and never keeps their values', () => {
    const reading = read(`variables:
- name: API_TOKEN
  value: abcdef-123456
steps:
- script: curl -u admin https://user:hunter22@example.com
  env: { DB_PASSWORD: letmein-please, OTHER: $(DB_PASSWORD) }
`);
    expect(reading.leaks.map(({ where }) => where)).toEqual([
      'variable API_TOKEN',
      'environment variable DB_PASSWORD of step script',
      'script of step script',
    ]);
    expect(JSON.stringify(reading)).not.toMatch(
      /abcdef-123456|hunter22|letmein/,
    );
  });

  it('sees text of others in scripts, in templates as well, and where it really stands', () => {
    const reading = read(
      'parameters:\n- name: note\n  type: string\n  default: x\nsteps:\n- template: t.yml\n  parameters: { text: "${{ parameters.note }}" }\n- script: echo $(Build.SourceBranchName)\n',
      {
        '/t.yml':
          'parameters:\n- name: text\n  type: string\nsteps:\n- bash: echo ${{ parameters.text }}\n',
      },
    );
    expect(reading.injections).toMatchObject([
      {
        expression: '$(Build.SourceBranchName)',
        location: { file: '/azure-pipelines.yml', line: 8 },
      },
    ]);
    expect(reading.sinks).toContainEqual(
      expect.objectContaining({
        kind: 'script',
        name: 'note',
        from: 'parameter',
        location: expect.objectContaining({ file: '/t.yml', line: 5 }),
      }),
    );
  });

  it.each([
    ['- task: MicrosoftSecurityDevOps@1\n  inputs: { break: true }', true],
    ['- task: MicrosoftSecurityDevOps@1', false],
    ['- script: trivy fs --exit-code 1 .', true],
    ['- script: trivy fs .', false],
    ['- script: npm audit || true', false],
    ['- script: gitleaks detect\n  continueOnError: true', false],
    ['- script: gitleaks detect\n  enabled: false', false],
    ['- script: gitleaks detect\n  condition: eq(variables.x, 1)', false],
    ['- task: SonarQubePublish@5', 'unknown'],
    ['- task: MicrosoftSecurityDevOps@1\n  inputs: { Break: true }', true],
    ['- task: SnykSecurityScan@1', true],
    ['- task: SnykSecurityScan@1\n  inputs: { failOnIssues: false }', false],
    ['- task: trivy@1\n  inputs: { exitCode: 0 }', false],
    ['- task: dependency-check-build-task@6', false],
    [
      '- task: dependency-check-build-task@6\n  inputs: { failOnCVSS: 7 }',
      true,
    ],
    [
      '- task: dependency-check-build-task@6\n  inputs: { additionalArguments: --failOnCVSS 7 }',
      'unknown',
    ],
    [
      '- task: Npm@1\n  inputs: { command: custom, customCommand: audit }',
      true,
    ],
    [
      '- task: Npm@1\n  inputs: { command: custom, customCommand: audit --audit-level=none }',
      false,
    ],
    ['- task: Yarn@3\n  inputs: { arguments: npm audit }', true],
    [
      '- task: DotNetCoreCLI@2\n  inputs: { command: custom, custom: list, arguments: package --vulnerable }',
      false,
    ],
    [
      '- task: Maven@4\n  inputs: { goals: dependency-check:check, options: -DfailBuildOnCVSS=7 }',
      true,
    ],
    ['- task: Maven@4\n  inputs: { goals: dependency-check:check }', 'unknown'],
    [
      '- task: Gradle@3\n  inputs: { tasks: dependencyCheckAnalyze }',
      'unknown',
    ],
    [
      '- task: Maven@4\n  continueOnError: true\n  inputs: { goals: dependency-check:check, options: -DfailBuildOnCVSS=7 }',
      false,
    ],
    ['- task: tfsec@1', true],
    ['- task: tfsec@1\n  inputs: { args: --soft-fail }', false],
    ['- task: tfsec@1\n  inputs: { args: $(options) }', 'unknown'],
    ['- task: JFrogAudit@1', 'unknown'],
    ['- task: tfsec@1\n  condition: and(succeeded(), true)', true],
    ['- task: AdvancedSecurity-Codeql-Analyze@1', 'unknown'],
  ])('tells whether "%s" can fail', (text, canFail) => {
    expect(steps(read(`steps:\n${text}\n`))[0].security).toMatchObject({
      canFail,
    });
  });

  it('sees that a script deploys, in whatever it stands and whatever else it does', () => {
    const kindsOf = (text: string) => steps(read(`steps:\n${text}\n`))[0].kinds;
    expect(
      kindsOf('- task: Bash@3\n  inputs: { Script: kubectl apply -f x }'),
    ).toContain('deploy');
    expect(
      kindsOf('- script: trivy fs --exit-code 1 . && terraform apply'),
    ).toEqual(['test', 'deploy']);
  });

  it('sees the job token in the input of a task', () => {
    expect(
      steps(
        read(
          'steps:\n- task: Bash@3\n  inputs: { script: "curl $(System.AccessToken)" }\n',
        ),
      )[0].exposesToken,
    ).toMatch('input script');
  });

  it.each([
    ['OnTimeout: resume', { resumes: true }],
    ['onTimeout: $(what)', { resumes: true }],
    ['onTimeout: reject', { resumes: false }],
    [
      'allowApproversToApproveTheirOwnRuns: $(x)',
      { requesterCanApprove: true },
    ],
    ['AllowApproversToApproveTheirOwnRuns: no', { requesterCanApprove: false }],
  ])(
    'reads what a step that waits for a person says with %s',
    (input, says) => {
      expect(
        steps(
          read(`steps:\n- task: ManualValidation@1\n  inputs: { ${input} }\n`),
        )[0].manual,
      ).toMatchObject(says);
    },
  );

  it('sees that a step that waits for a person is switched off', () => {
    expect(
      steps(read('steps:\n- task: ManualValidation@1\n  enabled: false\n'))[0]
        .manual,
    ).toMatchObject({ neutralised: 'it is switched off' });
  });

  it('sees a step that waits for a person', () => {
    const reading = read(
      'jobs:\n- job: wait\n  pool: server\n  steps:\n  - task: ManualValidation@1\n    inputs: { approvers: "[Shop]\\\\Release", allowApproversToApproveTheirOwnRuns: false }\n',
    );
    expect(steps(reading)[0].manual).toEqual({
      approvers: ['[Shop]\\Release'],
      requesterCanApprove: false,
      resumes: false,
    });
  });
});
