import { growthOf, LINEAR } from 'pipeline-posture-estate';
import { deploysByScript } from './deploysByScript';

describe('scripts that deploy', () => {
  it.each([
    'kubectl apply -f k8s',
    'kubectl -n production --context shop apply -f k8s',
    'kubectl rollout restart deployment/shop',
    'helm --namespace shop upgrade shop ./chart --version 1.2.3',
    'terraform -chdir=infra apply -auto-approve',
    'terragrunt run-all apply',
    'az webapp deploy --name shop',
    'azd up',
    'func azure functionapp publish shop',
    'aws --region eu-west-1 ecs update-service --cluster shop',
    'gcloud run deploy shop',
    'copilot svc deploy --name shop',
    'ansible-playbook site.yml',
    'kubectl \\\n  apply -f k8s',
    'kubectl create ns shop --dry-run=client -o yaml | kubectl apply -f -',
    'kubectl apply --dry-run=none -f k8s',
    'npx prettier --check . && kubectl apply -f k8s',
    'terraform fmt --check && terraform apply',
    'ansible-playbook a.yml --check; ansible-playbook a.yml',
    'terraform plan -out=x && terraform apply x',
    'cat <<EOF | kubectl apply -f -\nkind: Pod\nEOF',
    'ssh host <<EOF\n  kubectl apply -f x\nEOF',
    '$pod = @"\nkind: Pod\n"@\n$pod | kubectl apply -f -',
    'helm upgrade --install shop ./chart --dry-run=$(dryRun)',
    'az deployment group create -g shop --confirm-with-what-if',
    'az deployment group create -g shop -f main.bicep --name validate',
    'az ml online-deployment update --name shop',
    'call az webapp deploy --name shop & echo done',
    'New-AzResourceGroupDeployment -ResourceGroupName shop',
    'kubectl.exe apply -f k8s\r\n',
    'docker run --rm hashicorp/terraform:1.5 apply -auto-approve',
    'npx wrangler deploy',
    'sqlpackage /Action:Publish /SourceFile:shop.dacpac',
    '"C:\\tools\\msdeploy.exe" -verb:sync -source:package=shop.zip',
    '<# one #>\nkubectl apply -f k8s\n<# two #>',
    'bash -ec "kubectl apply -f a --dry-run=client && kubectl apply -f a"',
  ])('do: %j', script => {
    expect(deploysByScript(script)).toBe(true);
  });

  it.each([
    'kubectl get pods',
    'kubectl config set-context shop',
    'kubectl rollout status deployment/shop',
    'kubectl apply --dry-run=server -f k8s',
    `kubectl patch deployment shop -p '{"a": "b;c"}' --dry-run=server`,
    'helm repo add shop https://example.com && helm lint .',
    'terraform plan -out apply.plan',
    'terraform plan # then terraform apply',
    '# terraform apply',
    'rem terraform apply',
    'az account show',
    'ansible-playbook site.yml --check',
    'ansible-playbook site.yml --syntax-check',
    'ansible-playbook --version',
    'ansible-playbook site.yml --list-hosts',
    'make deployable',
    'helm template . | kubectl apply --dry-run=client -f -',
    'helm diff upgrade shop ./chart',
    'az deployment group what-if -g shop',
    'az deployment group validate -g shop',
    'az group show -n deploy-shop',
    'New-AzResourceGroupDeployment -ResourceGroupName shop -WhatIf',
    'sam deploy --no-execute-changeset',
    'kubectl auth can-i create pods',
    'echo "now run kubectl apply -f k8s"',
    'cat > notes <<EOF\nkubectl apply -f k8s\nEOF',
    '<#\nkubectl apply -f k8s\n#>\nmake',
  ])('do not: %j', script => {
    expect(deploysByScript(script)).toBe(false);
  });

  it.each([
    'kubectl ',
    '-sh ',
    "sh -c '",
    '"',
    'cat <<EOF\n',
    '<#\n',
    '@"\n',
    '|\n',
    'az account show ',
  ])('are told by work that grows with their length: %j', unit => {
    expect(
      growthOf(
        20_000,
        size => `sh -c ${unit.repeat(size)}`,
        script => expect(deploysByScript(script)).toBe(false),
      ),
    ).toBeLessThan(LINEAR);
  });
});
