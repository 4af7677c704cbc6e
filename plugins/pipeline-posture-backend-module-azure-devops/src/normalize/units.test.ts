import { known } from 'backstage-plugin-pipeline-posture-common';
import { readYaml } from '../__testUtils__/readYaml';
import { Resources } from './Resources';
import { mayDeploy } from './units';

describe('whether a job may deploy', () => {
  const resources = {
    hasConnection: () => true,
    connection: (name: string) =>
      known({
        id: name,
        name,
        type: name === 'feed' ? 'externalnugetfeed' : 'azurerm',
      }),
  } as unknown as Resources;
  const uses = (name: string) =>
    `- job: a\n  steps: [{ task: AzureCLI@2, inputs: { azureSubscription: ${name} } }]`;

  it.each([
    ['- deployment: a\n  environment: shop', true],
    ['- job: a\n  steps: [{ script: kubectl apply -f k8s }]', true],
    ['- job: a\n  steps: [{ script: ./notify.sh }]', false],
    ['- job: a\n  steps: [{ task: "${{ parameters.any }}" }]', true],
    [uses('shop'), true],
  ])('%s: %s', (job, expected) => {
    const { stages } = readYaml(
      `parameters: [{ name: any, type: string, default: CmdLine@2 }]\njobs:\n${job}\n`,
    );
    expect(mayDeploy(stages[0].jobs[0], resources)).toBe(expected);
  });

  it('is not so for what only fetches packages', () => {
    const { stages } = readYaml(
      'jobs:\n- job: a\n  steps: [{ task: NuGetCommand@2, inputs: { externalEndpoints: feed } }]\n',
    );
    expect(mayDeploy(stages[0].jobs[0], resources)).toBe(false);
  });
});
