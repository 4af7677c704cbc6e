import { readYaml } from '../__testUtils__/readYaml';

const jobsOf = (text: string) =>
  readYaml(text).stages.flatMap(({ jobs }) => jobs);

describe('containers', () => {
  const [named, own, plain, azure] = jobsOf(`resources:
  containers:
  - { container: builder, image: 'shop.example/builder:1', endpoint: registry }
  - { container: db, image: 'shop.example/db:2', endpoint: other-registry }
  - { container: azure, type: ACR, azureSubscription: arm, registry: shop }
jobs:
- job: named
  container: Builder
  services: { postgres: db }
  steps: [{ script: x }]
- job: own
  container: { image: 'shop.example/tools:3', endpoint: registry }
  steps: [{ script: x }]
- job: plain
  container: ubuntu:24.04
  steps: [{ script: x }]
- job: azure
  container: azure
  steps: [{ script: x }]
`);

  it('are known by their image, also where a job only names a resource', () => {
    expect([named, own, plain].map(({ pool }) => pool.image?.name)).toEqual([
      'shop.example/builder:1',
      'shop.example/tools:3',
      'ubuntu:24.04',
    ]);
  });

  it('are pulled with connections, those beside the job too', () => {
    const pulled = [named, own, plain, azure].map(({ steps }) =>
      steps.flatMap(({ connections }) => connections.map(({ name }) => name)),
    );
    expect(pulled).toEqual([
      ['registry', 'other-registry'],
      ['registry'],
      [],
      ['arm'],
    ]);
  });
});
