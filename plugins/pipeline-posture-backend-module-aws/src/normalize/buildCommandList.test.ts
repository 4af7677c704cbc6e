import { growthOf, LINEAR } from 'pipeline-posture-estate';
import {
  BuildCommandList,
  commandsIn,
  emitsProvenance,
  securityToolOf,
} from './buildCommandList';

const LINUX = 'aws/codebuild/amazonlinux-x86_64-standard:5.0';
const WINDOWS = 'aws/codebuild/windows-base:2019-3.0';

const read = (text: string, image = LINUX) =>
  commandsIn(text, image) as BuildCommandList;
const build = (...commands: string[]) =>
  JSON.stringify({ version: 0.2, phases: { build: { commands } } });
const canFail = (text: string, image?: string) =>
  securityToolOf(read(text, image))?.canFail;

describe('security tests in a buildspec', () => {
  it.each([
    ['ends its phase', build('gitleaks detect', 'make')],
    ['is the last of a script', build('make\ngitleaks detect', 'make pack')],
    ['is one of several', build('npm audit || true', 'gitleaks detect')],
    [
      'runs in the end of a phase',
      'phases:\n  build:\n    commands: [make]\n    finally:\n      - gitleaks detect\n',
    ],
    [
      'is the only command of a phase',
      'phases:\n  build:\n    on-failure: ABORT\n    commands: gitleaks detect\n',
    ],
    [
      'runs before a phase that goes on',
      'phases:\n  pre_build:\n    commands: [gitleaks detect]\n  build:\n    on-failure: CONTINUE\n    commands: [make]\n',
    ],
  ])('fail the build where the tool %s', (_where, text) => {
    expect(canFail(text)).toBe(true);
  });

  it.each([
    ['its result is thrown away', build('gitleaks detect || true')],
    ['a script goes on after it', build('gitleaks detect\nmake')],
    ['it only reports', build('trivy image shop:1')],
    [
      'its phase goes on',
      'phases:\n  build:\n    on-failure: CONTINUE\n    commands: [gitleaks detect]\n',
    ],
    [
      'builds of its batch may fail, in one line',
      'batch: { build-list: [{ identifier: scan, ignore-failure: true }] }\nphases: { build: { commands: [gitleaks detect] } }\n',
    ],
    [
      'builds of its batch may fail',
      'batch:\n  build-list:\n    - identifier: scan\n      ignore-failure: true\nphases:\n  build:\n    commands: [gitleaks detect]\n',
    ],
  ])('fail nothing where %s', (_why, text) => {
    expect(securityToolOf(read(text))).toMatchObject({
      canFail: false,
      because: expect.any(String),
    });
  });

  it('fail where only a comment says that builds may', () => {
    expect(
      canFail(
        `# never: ignore-failure: true\n# ignore-failure: true\n${build(
          'gitleaks detect',
        )}`,
      ),
    ).toBe(true);
  });

  it('are not known to fail in the shell of Windows, unless another one is named', () => {
    expect(canFail(build('gitleaks detect'), WINDOWS)).toBe('unknown');
    expect(
      canFail(
        `env: { shell: powershell.exe }\n${'phases: { build: { commands: [npm audit] } }'}`,
      ),
    ).toBe('unknown');
    expect(
      canFail(
        `env: { shell: bash }\n${'phases: { build: { commands: [npm audit] } }'}`,
        WINDOWS,
      ),
    ).toBe(true);
  });

  it.each([
    build('pip install bandit semgrep'),
    build('make # trivy comes later'),
    '# trivy\nphases:\n  build:\n    commands: [make]\n',
    'env: { variables: { NOTE: trivy image shop } }\nphases: { build: { commands: [make] } }',
    'phases: {}',
  ])('are none where nothing looks: %j', text => {
    expect(securityToolOf(read(text))).toBeUndefined();
  });

  it.each(['', 'version: 0.2', 'phases: [', 'phases: 7', '- a'])(
    'are not told of where there are no phases: %j',
    text => {
      expect(commandsIn(text, LINUX)).toBeUndefined();
    },
  );
});

describe('bills of materials and signatures', () => {
  it.each([
    'syft shop:1 -o spdx-json=shop.json',
    'npx @cyclonedx/cyclonedx-npm --output-file bom.json',
    'mvn cyclonedx:makeAggregateBom',
    './gradlew cyclonedxBom',
    'dotnet CycloneDX shop.sln',
    'sbom-tool generate -b out',
    'cosign sign --yes $IMAGE',
    'aws --region eu-west-1 signer start-signing-job --profile-name shop',
    'notation sign $IMAGE',
    'docker buildx build --sbom=true --push -t $IMAGE .',
    'trivy image --format cyclonedx shop:1',
    'npm publish --access public --provenance',
  ])('are made: %j', command => {
    expect(emitsProvenance(read(build('make', command)))).toBe(true);
  });

  it.each([
    'pip install cyclonedx-bom -q',
    'curl -sSfL https://example.com/syft | sh',
    'echo "cosign sign comes later"',
    'cosign version',
    'cosign verify $IMAGE',
    'slsa-verifier verify-artifact shop',
    'aws signer list-signing-jobs',
    'trivy sbom shop.cyclonedx.json',
    'docker buildx build --provenance=false -t $IMAGE .',
    'docker build -t slsa-demo .',
  ])('are not made: %j', command => {
    expect(emitsProvenance(read(build('make', command)))).toBe(false);
  });

  it.each(['buildx build ', 'npm publish ', 'trivy ', 'aws x ', 'slsa'])(
    'are looked for by work that grows with the length: %j',
    unit => {
      expect(
        growthOf(
          10_000,
          size => read(build(unit.repeat(size))),
          emitsProvenance,
        ),
      ).toBeLessThan(LINEAR);
    },
  );
});
