import { workOf } from './commands';

describe('workOf', () => {
  it.each([
    'terraform -chdir=infra apply -auto-approve',
    'npx cdk deploy --all',
    'kubectl --context prod apply -f k8s/',
    'kubectl set image deployment/shop shop=$IMAGE',
    'helm upgrade --install shop ./chart',
    'aws cloudformation deploy --stack-name shop',
    'aws ecs update-service --cluster c --service s',
    'sam deploy --no-confirm-changeset',
    'sls deploy',
    'pulumi up --yes',
    'eb deploy',
    'ansible-playbook site.yml',
    '"npx prettier --check . && cdk deploy"',
  ])('knows that %s deploys', command => {
    expect(workOf(`version: 0.2\n  - ${command}\n`).deploys).toBe(true);
  });

  it.each([
    'terraform plan',
    'kubectl apply --dry-run=client -f k8s/',
    'cdk synth',
    'kubectl get pods',
    'helm lint',
    'aws cloudformation validate-template',
    '# terraform apply',
    'npm run build',
  ])('does not take %s for a deployment', command => {
    expect(workOf(command).deploys).toBe(false);
  });

  it('knows what builds beside it', () => {
    expect(workOf('npm ci\ncdk deploy')).toEqual({
      deploys: true,
      builds: true,
    });
    expect(workOf('cdk deploy')).toEqual({ deploys: true, builds: false });
  });
});
