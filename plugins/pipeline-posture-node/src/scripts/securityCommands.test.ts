import { growthOf, LINEAR } from 'pipeline-posture-estate';
import { securityToolIn } from './securityCommands';

describe('scripts that look for security problems', () => {
  it.each([
    'gitleaks detect',
    'echo scan\nnpm audit --audit-level high',
    'set -e\ngitleaks detect\necho done',
    'set -euo pipefail\ntrivy fs --exit-code 1 . | tee log\necho done',
    'trivy image \\\n  --exit-code 1 \\\n  shop',
    'gitleaks detect\nif [ $? -ne 0 ]; then\n  exit 1\nfi',
    'gitleaks detect || exit 1\necho done',
    'trivy fs --exit-code 1 . | Tee-Object log',
    'npm audit || true\ngitleaks detect',
    'semgrep ci',
    'semgrep scan --error',
    'checkov -d . --soft-fail-on LOW',
    'trivy image --exit-code "1" shop',
    'bash -c "trivy fs --exit-code 1 ."',
    'npx --no-install snyk test',
    'echo "y" | npm audit',
    'docker run --rm -v "$PWD:/src" aquasec/trivy:0.50.0 image --exit-code 1 shop',
    'docker run --rm -v $(pwd):/src zricethezav/gitleaks:latest detect',
    'python -m pip_audit',
    'npx --yes snyk@latest test',
    'pnpm dlx snyk test',
    '.\\gitleaks.exe detect',
    'bash -ec "gitleaks detect; echo done"',
    'bash -euo pipefail -c "gitleaks detect | tee log; echo done"',
    'mvn -B install org.owasp:dependency-check-maven:check -DfailBuildOnCVSS=7',
    './mvnw org.owasp:dependency-check-maven:12.1.0:aggregate "-DfailBuildOnCVSS=7.5"',
    'mvn.cmd dependency-check:check -DfailBuildOnAnyVulnerability=true',
    'mvn dependency-check:check -DfailBuildOnCVSS=10 -DskipTests',
    'cfn_nag_scan --input-path templates',
    'cfn-guard validate -d template.yaml -r rules',
    'git secrets --scan',
    'git-secrets --scan-history',
    'terrascan scan -t aws',
    'prowler aws --severity critical',
    'sonar-scanner -Dsonar.qualitygate.wait=true',
  ])('can fail: %j', script => {
    expect(securityToolIn(script)).toMatchObject({ canFail: true });
  });

  it.each([
    'gitleaks detect\necho done',
    'gitleaks detect; echo done',
    'gitleaks detect | tee log',
    'gitleaks detect --exit-code 0',
    'checkov -d . --soft-fail',
    'semgrep --config auto',
    'trufflehog git .',
    'codeql database analyze db',
    'dotnet list package --vulnerable',
    'snyk monitor',
    'bandit -r . --exit-zero',
    'dependency-check.sh --scan .',
    'npm audit || true',
    'bash -c "npm audit; echo done"',
    'bash -c "npm audit" || true',
    'set -e\npip install checkov\ncheckov -d . --soft-fail',
    '# set -e\nnpm audit\necho done',
    'mvn dependency-check:check -DfailBuildOnCVSS=11',
    'mvn dependency-check:check -DfailBuildOnCVSS=100',
    'mvn -fn dependency-check:check -DfailBuildOnCVSS=7',
    'mvn dependency-check:check -DfailBuildOnCVSS=7 -Ddependency-check.skip',
    'mvn dependency-check:check -DfailBuildOnCVSS=7 || true',
    './gradlew dependencyCheckAnalyze --dry-run',
    './gradlew dependencyCheckAnalyze || true',
    'prowler aws -z',
    'sonar-scanner -Dsonar.qualitygate.wait=false',
    'aws --region eu-west-1 codeguru-security create-scan --scan-name shop',
  ])('succeed whatever they find: %j', script => {
    expect(securityToolIn(script)).toMatchObject({ canFail: false });
  });

  it.each([
    'dotnet list package --vulnerable | grep -q "no vuln"',
    'dotnet package list --vulnerable | tee log; grep -q High log && exit 1',
  ])('are not known to fail where they only look at a report: %j', script => {
    expect(securityToolIn(script)).toMatchObject({ canFail: 'unknown' });
  });

  it.each([
    'set -e\nEXTRA="--exit-code 1"\ntrivy fs $EXTRA .',
    'trivy fs --exit-code $(code) .',
    'trivy fs --exit-code="$CODE" .',
    'trivy fs "${OPTIONS[@]}" .',
    'gitleaks detect --exit-code $(code)',
  ])('are not known to fail where the run decides it: %j', script => {
    expect(securityToolIn(script)).toMatchObject({ canFail: 'unknown' });
  });

  it.each([
    ['mvn -B verify org.owasp:dependency-check-maven:check', /the POM/],
    ['mvn dependency-check:check -DfailBuildOnAnyVulnerability=false', /POM/],
    ['mvn dependency-check:check -DfailBuildOnCVSS=$(limit)', /when .* runs/],
    ['./gradlew build dependencyCheckAnalyze', /the build script/],
    ['gradle :app:dependencyCheckAggregate --info', /the build script/],
    ['gradlew.bat dependencyCheckAnalyze -x test', /the build script/],
    ['sonar-scanner -Dsonar.projectKey=shop', /the properties/],
  ])('are not known to fail where the build decides it: %j', (script, why) => {
    expect(securityToolIn(script)).toMatchObject({
      canFail: 'unknown',
      because: expect.stringMatching(why),
    });
  });

  it.each([
    'make test',
    'mvn org.owasp:dependency-check-maven:update-only',
    'mvn dependency-check:purge',
    'mvn -X dependency:analyze',
    'mvn --version',
    'echo mvn dependency-check:check',
    './gradlew build -x dependencyCheckAnalyze',
    './gradlew build --exclude-task :app:dependencyCheckAnalyze',
    './gradlew dependencyCheckUpdate',
    'git secrets --install',
    'cfn-guard rulegen -t template.yaml',
    'gem install cfn-nag -N',
    'cd dependencyCheckAnalyze && ./gradlew build',
    'pip install checkov',
    'brew install trivy',
    'go install golang.org/x/vuln/cmd/govulncheck@latest',
    'chmod +x gitleaks',
    'trivy --version',
    'codeql version',
    'dotnet list package --outdated',
    'set -e\n# npm audit is off for now\nmake',
    'make # npm audit is off for now',
    ':: npm audit\nrem npm audit',
    'echo npm audit is off',
    'git clone https://github.com/gitleaks/gitleaks',
    'docker build -t shop/gitleaks:1 .',
    'yarn audit:ci',
    'cat > README <<EOF\ngitleaks detect\nEOF',
    '<#\nnpm audit\n#>\nmake',
  ])('are none where nothing looks: %j', script => {
    expect(securityToolIn(script)).toBeUndefined();
  });

  it.each([
    'dotnet list ',
    'trivy $( ',
    'npm audit; ',
    'npm audit\n',
    'npm audit\n& x\n',
    '; & x',
    'sh -c "npm audit"\n',
    'if [ $? -ne 0 ]; then\n',
    'if ($LASTEXITCODE) {\n',
    'rc=$?\n',
    '$rc = $LASTEXITCODE\n',
    '|| {\n',
    'cat <<EOF\n',
    '<#\n',
    '@"\n',
    'f() {\n',
    'mvn ',
    'mvn dependency-check:',
    'mvn dependency-check:a ',
    'gradle -x ',
    'gradle -x a:dependencyCheckAnalyze ',
    ' -DfailBuildOnCVSS=',
  ])('are found by work that grows with their length: %j', unit => {
    expect(
      growthOf(
        10_000,
        size => `npm audit ${unit.repeat(size)}`,
        script => {
          securityToolIn(script);
          securityToolIn(script, 'last program');
        },
      ),
    ).toBeLessThan(LINEAR);
  });
});
