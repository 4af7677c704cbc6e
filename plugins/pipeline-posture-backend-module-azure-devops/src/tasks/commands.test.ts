import { deploysByScript } from './deployCommands';
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
    'if true; then\n  gitleaks detect\nfi\n# done',
    'trivy fs --exit-code 1 . | Tee-Object log',
    'npm audit || true\ngitleaks detect',
    'semgrep ci',
    'semgrep scan --error',
    'checkov -d . --soft-fail-on LOW',
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
  ])('succeed whatever they find: %j', script => {
    expect(securityToolIn(script)).toMatchObject({ canFail: false });
  });

  it('are not known to fail where they only look at a report', () => {
    expect(
      securityToolIn('dotnet list package --vulnerable | grep -q "no vuln"'),
    ).toMatchObject({ canFail: 'unknown' });
  });

  it('are none where nothing looks', () => {
    expect(securityToolIn('make test')).toBeUndefined();
  });
});

describe('scripts that deploy', () => {
  it.each([
    'kubectl apply -f k8s',
    'kubectl -n production --context shop apply -f k8s',
    'helm --namespace shop upgrade shop ./chart',
    'terraform -chdir=infra apply -auto-approve',
    'terragrunt run-all apply',
    'az webapp deploy --name shop',
    'azd up',
    'func azure functionapp publish shop',
    'aws --region eu-west-1 ecs update-service --cluster shop',
    'gcloud run deploy shop',
    'ansible-playbook site.yml',
    'kubectl \\\n  apply -f k8s',
  ])('do: %j', script => {
    expect(deploysByScript(script)).toBe(true);
  });

  it.each([
    'kubectl get pods',
    'kubectl config set-context shop',
    'kubectl apply --dry-run=server -f k8s',
    'helm repo add shop https://example.com && helm lint .',
    'terraform plan -out apply.plan',
    'az account show',
    'make deployable',
  ])('do not: %j', script => {
    expect(deploysByScript(script)).toBe(false);
  });
});
