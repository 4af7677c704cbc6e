import {
  AzureOrganisation,
  AzureProject,
  organisation,
  Pipeline,
  project,
  Release,
  Repository,
} from './state';

/** How large an organisation is made. */
export interface AzureOrganisationSize {
  /** The same number gives the same organisation. */
  seed: number;
  projects: number;
  /** YAML pipelines over all projects. */
  pipelines: number;
  repositories: number;
  connections: number;
  environments: number;
  /** Classic releases over all projects. */
  releases: number;
}

/** The token that reads a generated organisation. */
export const GENERATED_AZURE_TOKEN = 'generated-azure-token';

/** Mulberry32: small, fast and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Hands out things one after the other to projects: the n-th of many belongs to one of them. */
const share = (total: number, parts: number, part: number) =>
  Math.floor(total / parts) + (part < total % parts ? 1 : 0);

const TEMPLATE = `parameters:
  - name: service
    type: string
  - name: connection
    type: string
steps:
  - task: AzureWebApp@1
    displayName: Deploy \${{ parameters.service }}
    inputs:
      azureSubscription: \${{ parameters.connection }}
      appName: \${{ parameters.service }}
`;

function pipelineFile(
  service: string,
  connection: string,
  environment: string,
): string {
  return `trigger:
  branches:
    include: [main]
parameters:
  - name: configuration
    type: string
    default: Release
    values: [Release, Debug]
variables:
  service: ${service}
stages:
  - stage: build
    jobs:
      - job: build
        pool: { vmImage: ubuntu-latest }
        steps:
          - script: dotnet build -c \${{ parameters.configuration }}
          - script: dotnet test
          - publish: $(Build.ArtifactStagingDirectory)
            artifact: drop
  - \${{ if ne(variables['Build.Reason'], 'PullRequest') }}:
      - stage: production
        dependsOn: build
        jobs:
          - deployment: deploy
            environment: ${environment}
            pool: { vmImage: ubuntu-latest }
            strategy:
              runOnce:
                deploy:
                  steps:
                    - template: /templates/deploy.yml
                      parameters:
                        service: \${{ variables.service }}
                        connection: ${connection}
`;
}

interface Counters {
  pipeline: number;
  release: number;
}

function makeProject(
  index: number,
  size: AzureOrganisationSize,
  random: () => number,
  next: Counters,
): AzureProject {
  const name = `Project${String(index + 1).padStart(3, '0')}`;
  const count = (total: number) => share(total, size.projects, index);
  const made = project.parse({ name });
  const connections = Math.max(1, count(size.connections));
  const environments = Math.max(1, count(size.environments));
  const repositories = Math.max(1, count(size.repositories));
  made.serviceConnections = Array.from({ length: connections }, (_, n) => ({
    ...project.shape.serviceConnections.parse([
      {
        name: `${name.toLowerCase()}-connection-${n + 1}`,
        type: 'azurerm',
        scheme:
          random() < 0.6 ? 'WorkloadIdentityFederation' : 'ServicePrincipal',
        parameters: {
          tenantid: 'tenant',
          serviceprincipalid: `${name}-application-${n + 1}`,
          authenticationType: 'spnKey',
        },
        data: {
          scopeLevel: 'Subscription',
          creationMode: 'Automatic',
          subscriptionId: `${name}-subscription-${n % 3}`,
          subscriptionName: `${name} Production`,
        },
        creationDate: '2026-01-10T08:00:00Z',
      },
    ])[0],
  }));
  made.environments = Array.from(
    { length: environments },
    (_, n) =>
      project.shape.environments.parse([
        {
          id: index * 1000 + n + 1,
          name: `${name.toLowerCase()}-production-${n + 1}`,
          checks:
            random() < 0.7
              ? [
                  {
                    kind: 'approval',
                    approvers: [`[${name}]\\Release Administrators`],
                    requesterCannotBeApprover: true,
                  },
                ]
              : [],
        },
      ])[0],
  );
  made.repositories = Array.from(
    { length: repositories },
    (_, n): Repository => ({
      ...project.shape.repositories.parse([{ name: `service-${n + 1}` }])[0],
      files: { '/templates/deploy.yml': TEMPLATE },
    }),
  );
  made.policies = project.shape.policies.parse([
    {
      kind: 'minimum-reviewers',
      match: 'DefaultBranch',
      settings: {
        minimumApproverCount: 1,
        creatorVoteCounts: false,
        blockLastPusherVote: true,
      },
    },
  ]);
  made.pipelines = Array.from(
    { length: count(size.pipelines) },
    (_, n): Pipeline => {
      const repository = made.repositories[n % repositories];
      const file = `/pipelines/pipeline-${n + 1}.yml`;
      const connection = made.serviceConnections[n % connections];
      const environment = made.environments[n % environments];
      repository.files[file] = pipelineFile(
        `${repository.name}-${n + 1}`,
        connection.name,
        environment.name,
      );
      next.pipeline += 1;
      connection.access.pipelines.push(next.pipeline);
      environment.access.pipelines.push(next.pipeline);
      return project.shape.pipelines.parse([
        {
          kind: 'yaml',
          id: next.pipeline,
          name: `${repository.name}-pipeline-${n + 1}`,
          repository: repository.name,
          yamlFilename: file,
          lastRun: '2026-11-18T10:00:00Z',
          triggers: [{ kind: 'continuousIntegration', settingsSourceType: 2 }],
        },
      ])[0];
    },
  );
  made.releases = Array.from(
    { length: count(size.releases) },
    (_, n): Release => {
      next.release += 1;
      return project.shape.releases.parse([
        {
          id: next.release,
          name: `release-${n + 1}`,
          artifacts: [
            { alias: '_build', source: String(made.pipelines[0]?.id ?? 1) },
          ],
          stages: [
            {
              name: 'Production',
              tasks: [
                {
                  name: 'Deploy',
                  taskId: '497d490f-eea7-4f2b-ab94-48d9c1acdcb1',
                  inputs: {
                    ConnectedServiceName: made.serviceConnections[0].name,
                  },
                },
              ],
            },
          ],
        },
      ])[0];
    },
  );
  return made;
}

/** Makes an organisation of any size, always the same for the same seed. */
export function generateAzureOrganisation(
  size: AzureOrganisationSize,
): AzureOrganisation {
  const random = randomFrom(size.seed);
  const next: Counters = { pipeline: 0, release: 0 };
  const made = organisation.parse({
    organisation: 'generated',
    tokens: [{ token: GENERATED_AZURE_TOKEN }],
    auditStreams: [{ displayName: 'siem' }],
  });
  made.projects = Array.from({ length: size.projects }, (_, index) =>
    makeProject(index, size, random, next),
  );
  return made;
}

/** Changes a share of an organisation's pipeline files, as a day's work does. Returns how many files. */
export function changePipelineFiles(
  state: AzureOrganisation,
  shareOfPipelines: number,
): number {
  const every = Math.max(1, Math.round(1 / shareOfPipelines));
  let changed = 0;
  let seen = 0;
  for (const each of state.projects) {
    for (const pipeline of each.pipelines) {
      seen += 1;
      if (pipeline.kind !== 'yaml' || seen % every !== 0) continue;
      const repository = each.repositories.find(
        ({ name }) => name === pipeline.repository,
      );
      if (!repository) continue;
      repository.files[pipeline.yamlFilename] += '# changed\n';
      pipeline.lastRun = '2026-11-19T10:00:00Z';
      changed += 1;
    }
  }
  return changed;
}
