import { connectionInput, knowTask } from './catalogue';

const told = (inputs: Record<string, string>) => (name: string) => inputs[name];

describe('tasks that could deploy', () => {
  it.each([
    ['TerraformTaskV4@4', { command: 'apply' }],
    ['TerraformCLI@2', { command: 'destroy' }],
    ['TerraformTask@5', { command: 'custom' }],
    ['TerraformTaskV3@3', { command: '$' }],
    ['HelmDeploy@0', { command: 'upgrade' }],
    ['HelmDeploy@1', { command: '$' }],
    ['KubernetesManifest@1', {}],
    ['KubernetesManifest@1', { action: 'promote' }],
    ['Kubernetes@1', { command: 'apply' }],
    ['AzureResourceManagerTemplateDeployment@3', {}],
    ['SqlAzureDacpacDeployment@1', {}],
    ['AzureWebApp@1', {}],
  ])('do when they are told to: %s %j', (task, inputs) => {
    expect(knowTask(task, told(inputs)).kinds).toContain('deploy');
  });

  it.each([
    ['TerraformTaskV4@4', {}],
    ['TerraformTaskV4@4', { command: 'plan' }],
    ['TerraformCLI@2', { command: 'validate' }],
    ['TerraformInstaller@1', { command: 'apply' }],
    ['HelmDeploy@0', {}],
    ['HelmDeploy@0', { command: 'package' }],
    ['KubernetesManifest@1', { action: 'bake' }],
    ['Kubernetes@1', { command: 'get' }],
    [
      'AzureResourceManagerTemplateDeployment@3',
      { deploymentmode: 'Validation' },
    ],
    ['SqlAzureDacpacDeployment@1', { deploymentaction: 'DeployReport' }],
  ])('do not when they only look or prepare: %s %j', (task, inputs) => {
    expect(knowTask(task, told(inputs)).kinds).not.toContain('deploy');
  });

  it('are taken to deploy where it is not known what they are told', () => {
    expect(knowTask('TerraformTaskV4@4').kinds).toEqual(['deploy']);
  });
});

describe('tasks that look for security problems', () => {
  it.each([
    ['tfsec@1', 'tfsec'],
    ['AquaSecurityOfficial.tfsec-official.tfsec-task.tfsec@1', 'tfsec'],
    ['NexusIqPipelineTask@1', 'Sonatype Lifecycle'],
    ['JFrogAudit@1', 'JFrog Xray'],
  ])('are known by name: %s', (task, tool) => {
    expect(knowTask(task).securityTool).toBe(tool);
  });
});

describe('inputs of tasks', () => {
  it.each(['azureSubscription', 'PowerPlatformSPN'])(
    'that surely name a connection: %s',
    input => {
      expect(connectionInput(input)).toBe('surely');
    },
  );
});
