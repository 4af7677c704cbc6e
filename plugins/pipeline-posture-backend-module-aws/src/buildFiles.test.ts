import { anAction, readOne, shopRole } from './__testUtils__/oneAccount';

// The first test of a file loads the clients of a dozen services.
const build = {
  name: 'build',
  serviceRole: shopRole('builder'),
  environment: {},
};
const deploy = anAction('Deploy', 'Deploy', 'CloudFormation', {
  configuration: { StackName: 'shop-production' },
});

describe('a buildspec in the repository', () => {
  const source = anAction('Source', 'Source', 'CodeCommit', {
    configuration: { RepositoryName: 'shop', BranchName: 'main' },
    outputArtifacts: [{ name: 'Code' }],
  });
  const built = anAction('Build', 'Build', 'CodeBuild', {
    configuration: { ProjectName: 'build' },
    inputArtifacts: [{ name: 'Code' }],
  });
  const withFile = (
    files: Record<string, string>,
    project: Record<string, unknown> & { name?: string } = {},
  ) =>
    readOne({
      stages: [
        { name: 'Source', actions: [source] },
        {
          name: 'Build',
          actions: [
            {
              ...built,
              configuration: { ProjectName: project.name ?? build.name },
            },
          ],
        },
        { name: 'Production', actions: [deploy] },
      ],
      projects: [{ ...build, ...project }],
      region: {
        repositories: [
          {
            name: 'shop',
            defaultBranch: 'main',
            approvalRuleTemplates: [],
            files,
          },
        ],
      },
    });

  it('is searched for secrets, which are not kept', async () => {
    const run = await withFile({
      'buildspec.yml':
        'version: 0.2\nenv:\n  variables:\n    DB_PASSWORD: "open sesame"\n    STAGE: test\n',
    });
    expect(run.findings('shop')['no-secret-in-pipeline-code']).toMatchObject({
      status: 'fail',
      instances: [
        { subject: 'variable DB_PASSWORD of buildspec.yml in the repository' },
      ],
    });
    expect(JSON.stringify(run.events)).not.toContain('open sesame');
  });

  it.each([
    [
      'an alias',
      'x: &x { variables: { DB_PASSWORD: open sesame } }\nenv: *x\n',
    ],
    [
      'an anchor that a command uses',
      'env: { variables: { DB_PASSWORD: &p open sesame } }\nphases: { build: { commands: [*p] } }\n',
    ],
    [
      'quotes and escapes',
      'env: { variables: { DB_PASSWORD: "open\\x20sesame" } }\n',
    ],
    [
      'a long line with quotes',
      `env: { variables: { DB_PASSWORD: 'open sesame "${'so '.repeat(
        60,
      )}"' } }\n`,
    ],
    [
      'a file that contains itself',
      'x: &x [*x]\nenv: { variables: { DB_PASSWORD: open sesame } }\n',
    ],
    ['broken YAML', 'env:\n  variables: { DB_PASSWORD: [\n'],
  ])('gives nothing of a secret away behind %s', async (_what, text) => {
    const run = await withFile({ 'buildspec.yml': text });
    expect(run.snapshots).toHaveLength(1);
    expect(JSON.stringify(run.events)).not.toMatch(/open(\\+x20| )sesame/);
  });

  it('shows that a security test runs, and that its findings are ignored', async () => {
    const run = await withFile(
      {
        'ci/build.yml':
          'version: 0.2\nphases: { build: { commands: [semgrep scan || true] } }',
      },
      { source: { type: 'CODEPIPELINE', buildspec: './ci/build.yml' } },
    );
    expect(run.status('shop', 'security-test-runs-before-production')).toBe(
      'pass',
    );
    expect(run.status('shop', 'security-test-not-editable-by-builders')).toBe(
      'fail',
    );
    expect(run.status('shop', 'security-test-can-stop-the-release')).toBe(
      'fail',
    );
    expect(run.status('shop', 'no-secret-in-pipeline-code')).toBe('pass');
  });

  it('takes a name for no security test where the commands run none that is known', async () => {
    const text = 'version: 0.2\nphases: { build: { commands: [./scan.sh] } }';
    const run = await withFile(
      { 'buildspec.yml': text },
      { name: 'security-scan' },
    );
    const without = await withFile({ 'buildspec.yml': text });
    for (const control of [
      'security-test-runs-before-production',
      'security-test-can-stop-the-release',
    ]) {
      expect(run.status('shop', control)).toBe('unknown');
    }
    expect(without.status('shop', 'security-test-runs-before-production')).toBe(
      'fail',
    );
  });

  it('leaves open what a file without phases does', async () => {
    const run = await withFile({ 'buildspec.yml': 'phases: [' });
    expect(run.status('shop', 'security-test-runs-before-production')).toBe(
      'unknown',
    );
  });

  it('leaves open what nobody could read, and keeps what was found elsewhere', async () => {
    const run = await withFile(
      {},
      {
        source: {
          type: 'CODEPIPELINE',
          buildspec: 'arn:aws:s3:::shop-builds/buildspec.yml',
        },
        environment: {
          environmentVariables: [{ name: 'API_TOKEN', value: 'open sesame' }],
        },
      },
    );
    expect(run.status('shop', 'no-plaintext-secret')).toBe('fail');
    expect(run.status('shop', 'no-secret-in-pipeline-code')).toBe('unknown');
  });
});
