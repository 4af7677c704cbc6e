import {
  EvidenceRef,
  Identity,
  known,
  PipelineSnapshot,
  Stage,
} from 'backstage-plugin-pipeline-posture-common';

/** What a pipeline of the fleet is called and where it lives. */
export interface Place {
  provider: 'azure-devops' | 'aws-codepipeline';
  /** Azure DevOps project, or AWS account. */
  scope: string;
  name: string;
  /** Repository in Azure Repos. */
  repository: string;
}

const read = (
  source: string,
  field?: string,
  observed?: string,
): EvidenceRef => ({ source, field, observed });

const AZURE = 'https://dev.azure.com/contoso';
const AWS = 'https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline';

/** Address of a pipeline in its source. */
export const addressOf = ({ provider, scope, name }: Place): string =>
  provider === 'azure-devops'
    ? `${AZURE}/${scope}/_build?definitionScope=${encodeURIComponent(name)}`
    : `${AWS}/pipelines/${encodeURIComponent(name)}/view?region=eu-west-1`;

/** The identity that a pipeline deploys one tier with. */
export function deployIdentity(
  { provider, scope, name }: Place,
  tier: 'staging' | 'production',
): Identity {
  const azure = provider === 'azure-devops';
  const title = azure ? `${name}-${tier}` : `${name}-${tier}-deploy`;
  return {
    id: azure
      ? `entra:contoso/${title}`
      : `arn:aws:iam::${scope}:role/${title}`,
    name: title,
    type: azure ? 'service connection' : 'IAM role',
    purposes: ['deploy'],
    credential: known(
      { kind: azure ? 'federated' : 'role', longLived: false },
      read(
        azure
          ? 'GET _apis/serviceendpoint/endpoints'
          : 'iam:GetAccountAuthorizationDetails',
        azure ? 'authorization.scheme' : 'AssumeRolePolicyDocument',
        azure ? 'WorkloadIdentityFederation' : 'codepipeline.amazonaws.com',
      ),
    ),
    grants: known(
      [
        {
          breadth: 'narrow',
          title: `Website Contributor on resource group rg-${name}`,
          actions: ['Microsoft.Web/sites/write'],
        },
      ],
      read('GET roleAssignments', 'properties.scope', `rg-${name}`),
    ),
    usedBy: known([]),
    openTrust: known([]),
    url: azure ? `${AZURE}/${scope}/_settings/adminservices` : undefined,
  };
}

function stages(place: Place): Stage[] {
  const deploying = (tier: 'staging' | 'production'): Stage => {
    const production = tier === 'production';
    return {
      id: tier,
      name: production ? 'Production' : 'Staging',
      deploys: true,
      tier: known(production ? 'production' : 'non-production'),
      targets: known([
        {
          id: `subscription-${tier}-${place.scope}`,
          name: `subscription ${place.scope} ${tier}`,
          tier: known(production ? 'production' : 'non-production'),
          within: `rg-${place.name}`,
        },
      ]),
      environment: `${place.repository}-${tier}`,
      units: [
        {
          id: `deploy-${tier}`,
          name: 'deploy',
          kinds: ['deploy'],
          identityIds: known([deployIdentity(place, tier).id]),
        },
      ],
      gates: known(
        production
          ? [
              {
                id: 'approval',
                name: 'Approval',
                kind: 'approval',
                on: `environment ${place.repository}-production`,
                effective: true,
                approvers: [
                  { name: 'release-managers', kind: 'group', broad: false },
                ],
                requesterCanApprove: known(false),
                canBeSkipped: known(false),
              },
              {
                id: 'branch',
                name: 'Branch control',
                kind: 'branch-control',
                on: `environment ${place.repository}-production`,
                effective: true,
                approvers: [],
                requesterCanApprove: known(false),
                canBeSkipped: known(false),
              },
            ]
          : [],
        read('GET _apis/pipelines/checks/configurations', 'value[0].type'),
      ),
      dependsOn: [production ? 'staging' : 'build'],
    };
  };
  return [
    {
      id: 'build',
      name: 'Build',
      deploys: false,
      tier: known('non-production'),
      targets: known([]),
      units: [
        {
          id: 'compile',
          name: 'compile',
          kinds: ['build', 'test'],
          identityIds: known([]),
        },
      ],
      gates: known([]),
      dependsOn: [],
    },
    deploying('staging'),
    deploying('production'),
  ];
}

/** A pipeline as it should be; the fleet takes things away from it. */
export function soundPipeline(
  place: Place,
  collectedAt: Date,
): PipelineSnapshot {
  const { provider, scope, name, repository } = place;
  const azure = provider === 'azure-devops';
  return {
    ref: { provider, scope, id: name },
    name,
    url: addressOf(place),
    kind: azure ? 'azure-yaml' : 'codepipeline-v2',
    collectedAt: collectedAt.toISOString(),
    locators: azure
      ? [
          {
            annotation: 'dev.azure.com/project-repo',
            value: `${scope}/${repository}`,
          },
        ]
      : [
          {
            annotation: 'aws.amazon.com/aws-codepipeline-arn',
            value: `arn:aws:codepipeline:eu-west-1:${scope}:${name}`,
          },
        ],
    enabled: true,
    sources: known([
      {
        id: 'self',
        kind: 'repository',
        host: 'azure-repos',
        name: `${scope}/${repository}`,
        url: `${AZURE}/${scope}/_git/${repository}`,
        branch: 'main',
        role: 'application',
        protection: known(
          {
            minimumReviewers: 2,
            authorApprovalCounts: false,
            lastPusherApprovalCounts: false,
            approvalsResetOnPush: true,
            requiredChecks: ['build'],
            pipelineFileHasRequiredReviewers: true,
          },
          read(
            'GET _apis/policy/configurations',
            'settings.minimumApproverCount',
            '2',
          ),
        ),
        bypassers: known([]),
      },
    ]),
    stages: known(stages(place), read('GET _apis/pipelines/{id}/preview')),
    identities: known([
      deployIdentity(place, 'staging'),
      deployIdentity(place, 'production'),
    ]),
    leaks: known([]),
    securityTests: known([
      {
        name: 'CodeQL',
        tool: 'CodeQL',
        stageId: 'build',
        editableByBuilders: known(false),
        blocking: known(true),
        beforeProduction: known(true),
      },
    ]),
    triggers: known([
      {
        kind: 'push',
        branches: ['main'],
        excludedBranches: [],
        untrusted: known({
          possible: false,
          getsSecrets: false,
          getsFullToken: false,
          needsComment: true,
          description: 'Code from outside does not run.',
        }),
      },
    ]),
    inputs: known({ anyVariableSettable: known(false), declared: [] }),
    injections: known([]),
    editors: known([
      {
        principal: { name: 'release-managers', kind: 'group', broad: false },
        rights: ['Edit build pipeline'],
        administration: known('none'),
      },
    ]),
    runners: known([]),
    artifacts: known([]),
    alerts: known([]),
    audit: known({
      changesRecorded: known(true),
      buildStateEmitted: known(true),
      lastRunAt: known(
        new Date(collectedAt.getTime() - 26 * 3600_000).toISOString(),
      ),
      permissionsReviewed: known(true),
    }),
    provider: {},
  };
}
