import { ConfigReader } from '@backstage/config';
import { known } from 'backstage-plugin-pipeline-posture-common';
import { ProductionClassifier } from 'backstage-plugin-pipeline-posture-node';
import { readYaml } from '../__testUtils__/readYaml';
import { serviceConnection } from '../client/wire';
import { assemble } from './assemble';
import { connectionsInQuestion } from './connectionUse';
import { identitiesFact, IdentityContext } from './identities';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';
import { resourcesFact } from './usedResources';
import { usesByPrincipal } from './uses';

const NOW = new Date('2026-11-21T08:00:00Z');

const connection = (id: string, type: string) =>
  serviceConnection.parse({
    id,
    name: id,
    type,
    authorization: { scheme: 'Token', parameters: {} },
    creationDate: '2025-01-01T08:00:00Z',
  });

const resources = new Resources({
  project: { id: 'P', name: 'shop' },
  organisation: 'contoso',
  baseUrl: 'https://example.test',
  connections: known([
    connection('templates', 'azurerepos'),
    connection('hook', 'incomingwebhook'),
    connection('registry-arm', 'azurerm'),
  ]),
  environments: known([]),
  variableGroups: known([]),
  secureFiles: known([]),
  queues: known([]),
  checks: new Map(),
  access: new Map(
    ['templates', 'hook', 'registry-arm'].map(id => [
      `endpoint/${id}`,
      known({ allPipelines: id === 'hook', pipelines: [1] }),
    ]),
  ),
} as unknown as Resources['state']);

const pipeline = assemble(
  {
    ref: { provider: 'azure-devops', scope: 's', id: 'build-1' },
    kind: 'azure-yaml',
    name: 'shop',
    definitionId: 1,
    ownGates: new Map(),
    lastRunAt: known('2026-11-20T08:00:00Z'),
    repositoryAccess: [],
    code: known(
      readYaml(`resources:
  repositories:
  - { repository: t, type: git, name: Other/t, endpoint: templates }
  webhooks:
  - { webhook: w, connection: hook }
  containers:
  - { container: c, type: ACR, azureSubscription: registry-arm }
steps: [{ script: make }]
`),
    ),
  } as unknown as PipelineDraft,
  resources,
  ProductionClassifier.fromConfig(new ConfigReader({})),
);

describe('connections of the resources of a pipeline', () => {
  it('are what the pipeline can act as', () => {
    const fact = identitiesFact(pipeline, {
      resources,
      uses: new Map(),
      definitions: new Map(),
      complete: true,
      scope: 's',
      now: NOW,
    } as IdentityContext);
    expect(
      fact.known &&
        fact.value.map(({ name, type, purposes }) => [name, type, purposes]),
    ).toEqual([
      ['templates', 'repository connection', ['source']],
      ['hook', 'service connection', ['build']],
      ['registry-arm', 'service connection', ['deploy']],
    ]);
  });

  it('are among what it uses, and others may use as well', () => {
    const fact = resourcesFact(pipeline, resources);
    expect(
      fact.known &&
        fact.value
          .filter(({ type }) => type === 'service connection')
          .map(({ name, access }) => [
            name,
            access.known && access.value.allPipelines,
          ]),
    ).toEqual([
      ['templates', false],
      ['hook', true],
      ['registry-arm', false],
    ]);
  });

  it('are in use', () => {
    expect(usesByPrincipal([pipeline], 'contoso').size).toBe(3);
    expect(connectionsInQuestion([pipeline], resources, NOW)).toEqual([]);
  });
});
