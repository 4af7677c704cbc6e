import { Ending } from './Ending';
import { securityToolIn } from './securityCommands';

const canFail = (script: string, ending?: Ending) =>
  securityToolIn(script, ending)?.canFail;

describe('what comes of a test in a script of bash or cmd', () => {
  it.each([
    'if ! trivy fs --exit-code 1 .; then\n  echo found\n  exit 1\nfi\necho ok',
    'if gitleaks detect; then\n  echo ok\nelse\n  exit 1\nfi\necho done',
    'if ! gitleaks detect; then echo "##vso[task.complete result=Failed;]"; fi',
    'gitleaks detect || { echo found; exit 1; }\necho done',
    'gitleaks detect || {\n  echo found\n  exit 1\n}\necho done',
    'gitleaks detect || (echo found && exit 1)\necho done',
    'gitleaks detect || exit /b 1\necho done',
    'gitleaks detect || exit\necho done',
    'gitleaks detect || echo "##vso[task.complete result=Failed;]found"',
    'gitleaks detect || FAILED=1\nnpm test\nexit $FAILED',
    'gitleaks detect\r\nif [ $? -ne 0 ]; then\r\n  exit 1\r\nfi\r\necho done',
    'gitleaks detect\n[ $? -eq 0 ] || exit 1\necho done',
    'gitleaks detect\n[ $? -eq 0 ]',
    'set +e\ngitleaks detect\nrc=$?\nset -e\necho $rc\nexit $rc',
    'gitleaks detect\nrc=$?\necho\nif [ $rc -ne 0 ]; then\n  exit $rc\nfi\necho',
    'trivy fs --exit-code 1 . | tee log\nexit ${PIPESTATUS[0]}',
    'call npm audit\r\nif errorlevel 1 exit /b 1\r\necho done',
    'npm audit\nif %ERRORLEVEL% NEQ 0 (\n  echo x\n  exit /b 1\n)\necho done',
    'call npm audit\r\necho done\r\nif errorlevel 1 exit 1',
    'OUT=$(gitleaks detect)',
    'set -ex; cd src; gitleaks detect; echo done',
    'set -e\nfor each in a b; do (cd $each; npm audit); done\necho done',
    'npm ci && npm audit && npm test',
  ])('is its failure: %j', script => {
    expect(canFail(script)).toBe(true);
  });

  it.each([
    'if ! trivy fs --exit-code 1 .; then\n  echo "##vso[task.logissue]"\nfi',
    'set -e\nif gitleaks detect; then echo ok; else echo bad; fi',
    'gitleaks detect\nif [ $? -ne 0 ]; then\n  echo found\nfi',
    'gitleaks detect\nif [ $? -ne 0 ]; then\n  exit 0\nfi',
    'gitleaks detect\necho "ended with $?"',
    'gitleaks detect\nrc=$?\necho "ended with $rc"',
    'if [ -z "$TOKEN" ]; then exit 1; fi\ngitleaks detect\necho done',
    'set -e\nset +e\ngitleaks detect\nset -e\necho done',
    'gitleaks detect\nset -e\necho done',
    'set -e\nnpm audit && echo ok\necho done',
    'set -e\ngitleaks detect ||\n  true\necho done',
    'set -e\ngitleaks detect || printf "x"\necho done',
    'gitleaks detect || /bin/true',
    'gitleaks detect || { echo found; }',
    'gitleaks detect || rc=$?\necho "$rc"',
    'gitleaks detect &\nwait',
    'gitleaks detect & echo done',
    'trivy fs --exit-code 1 . | tee log\nif [ $? -ne 0 ]; then exit 1; fi',
    'export OUT=$(gitleaks detect)',
    '! gitleaks detect',
  ])('is lost: %j', script => {
    expect(canFail(script)).toBe(false);
  });

  it.each([
    'if [ "$BRANCH" = main ]; then\n  gitleaks detect\nfi',
    'if exist package.json npm audit',
    'if exist package.json (\n  npm audit\n)',
    'scan() {\n  gitleaks detect\n}\nscan || true',
    'set -e\nscan() {\n  gitleaks detect\n}\nif scan; then echo; fi',
    'for each in a b; do npm audit; done',
    'npm audit || fail "found"',
    'npm audit\nif [ $? -ne 0 ]; then\n  if [ $X = 1 ]; then exit 1; fi\nfi',
  ])('is not known: %j', script => {
    expect(canFail(script)).toBe('unknown');
  });
});

describe('what comes of a test in a script of PowerShell', () => {
  it.each([
    'npm audit\nWrite-Host done',
    'npm audit\n$done = "yes"\nif ($done) {\n  exit 1\n}',
    'try {\n  npm audit\n} finally {\n  Pop-Location\n}',
    'npm audit | Tee-Object log; Get-Content log',
    'npm audit && npm test',
    'npm audit || exit 1\nnpm test',
    'npm audit\nif ($LASTEXITCODE -ne 0) { exit 1 }\nnpm test',
    'npm audit\r\nif ($LASTEXITCODE -ne 0)\r\n{\r\n  throw "x"\r\n}\r\nnpm test',
    'npm audit; if (!$?) { exit 1 }; npm test',
    '$out = & npm audit 2>&1\n$code = $LASTEXITCODE\nnpm test\nexit $code',
    'foreach ($d in $all) {\n  npm audit\n  if ($LASTEXITCODE) { exit 1 }\n}',
  ])('is its failure: %j', script => {
    expect(canFail(script, 'last program')).toBe(true);
  });

  it.each([
    'npm audit\nnpm test',
    'npm audit; dotnet build',
    'npm audit\nexit 0',
    'npm audit\n$global:LASTEXITCODE = 0',
    'npm audit\nif ($LASTEXITCODE -ne 0) { Write-Warning "x"; exit 0 }',
    'if (-not $env:X) { exit 1 }\nnpm audit\nnpm test',
  ])('is lost: %j', script => {
    expect(canFail(script, 'last program')).toBe(false);
  });

  it.each([
    'npm audit\nInvoke-Report',
    'npm audit\n& $tool',
    'npm audit\nWrite-Host (npm --version)',
    'npm audit\nif (Test-Path x) { npm test }',
    'try {\n  npm audit\n  if ($LASTEXITCODE) { throw "x" }\n} catch { exit 0 }',
    'if ($env:RUN) { npm audit }',
    'foreach ($d in $all) {\n  npm audit\n}',
  ])('is not known: %j', script => {
    expect(canFail(script, 'last program')).toBe('unknown');
  });

  it('is nothing where the step ignores how its script ends, unless that says so', () => {
    expect(canFail('npm audit', 'ignored')).toBe(false);
    expect(canFail('npm audit\nif ($LASTEXITCODE) { exit 1 }', 'ignored')).toBe(
      true,
    );
  });

  it('is not promised where the task asks whether its last statement succeeded', () => {
    expect(canFail('npm audit', 'last statement')).toBe('unknown');
    expect(canFail('npm audit\nWrite-Host x', 'last statement')).toBe(false);
    expect(
      canFail('npm audit\nif ($LASTEXITCODE) { throw }', 'last statement'),
    ).toBe(true);
  });
});
