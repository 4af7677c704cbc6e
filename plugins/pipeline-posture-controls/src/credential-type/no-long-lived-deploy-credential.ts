import { Credential, Identity } from 'backstage-plugin-pipeline-posture-common';
import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { mayDeploy, onlyReadsSource, titleOf } from '../identities';

const EXPECTED =
  'The identity proves itself by federation or a role, with nothing to copy and keep.';

const CREDENTIAL_NAMES: { [kind in Credential['kind']]: string } = {
  federated: 'federation',
  'managed-identity': 'a managed identity',
  role: 'a role',
  'app-installation': 'an app installation',
  secret: 'a stored secret',
  certificate: 'a stored certificate',
  'access-key': 'an access key',
  token: 'a stored token',
  'ssh-key': 'an SSH key',
  password: 'a password',
  none: 'no credential',
};

const deploysOrRuns = (identity: Identity) =>
  mayDeploy(identity) || identity.purposes.includes('orchestrate');

function judgeCredential(identity: Identity) {
  const title = titleOf(identity);
  return judge(identity.credential, title, EXPECTED, credential => {
    const { kind, longLived, alternative } = credential;
    if (longLived && !alternative && !deploysOrRuns(identity)) return undefined;
    const offered = alternative ? ` ${alternative} is offered instead.` : '';
    const observed = longLived
      ? `The ${title} uses ${CREDENTIAL_NAMES[kind]}, which works for whoever copies it.${offered}`
      : `The ${title} uses ${CREDENTIAL_NAMES[kind]}.`;
    return { ok: !longLived, observed, url: identity.url };
  });
}

/**
 * The identities that deploy have no credential that somebody can copy and keep.
 *
 * @public
 */
export const noLongLivedDeployCredential = defineControl({
  id: 'no-long-lived-deploy-credential',
  title: 'No deployment depends on a long-lived credential',
  dimension: 'credential-type',
  severity: 'critical',
  lifecycle: 'active',
  answers: ['BP7-5', 'GOV-4'],
  why:
    'A stored secret or access key works from anywhere, for whoever has a copy, until somebody rotates it. ' +
    'An attacker who reads it once, from a log, a laptop or a build step, deploys to your systems months later without touching the pipeline. ' +
    'With federation or a role there is nothing to steal: each run gets a credential that expires within hours.',
  measure:
    'Looks at every identity of the pipeline, except connections that only read source code (no-long-lived-source-credential looks at those). ' +
    'Fails if one that deploys or runs the pipeline, or whose purpose is not established, has a credential that can be copied and used elsewhere. ' +
    'An identity that only builds fails as well where the source offers something better for it, and is left out where it does not. ' +
    'Passes if the credentials of all of them are known and none is long-lived. Unknown if one cannot be read and none of the others fails. ' +
    'Not applicable if it is known that the pipeline has no such identity.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/library/connect-to-azure',
      steps: [
        'Open Project settings > Service connections and select the connection.',
        'Select Convert to change an Azure Resource Manager connection to workload identity federation.',
        'For an AWS connection, turn on OIDC and give it a role in place of the access key.',
        'Run the pipeline once, then delete the old secret of the app registration or the old access key.',
      ],
      cli: `# For a service principal that you manage yourself. Issuer and subject stand in the service connection.
az identity federated-credential create --name azure-devops \\
  --identity-name <managed identity> --resource-group <resource group> \\
  --issuer <issuer of the service connection> \\
  --subject <subject of the service connection> \\
  --audiences api://AzureADTokenExchange`,
      terraform: `resource "azuredevops_serviceendpoint_azurerm" "production" {
  project_id                             = azuredevops_project.<project>.id
  service_endpoint_name                  = "production"
  service_endpoint_authentication_scheme = "WorkloadIdentityFederation"
  credentials {
    serviceprincipalid = azurerm_user_assigned_identity.deploy.client_id
  }
  azurerm_spn_tenantid      = "<tenant id>"
  azurerm_subscription_id   = "<subscription id>"
  azurerm_subscription_name = "<subscription name>"
}

resource "azurerm_federated_identity_credential" "production" {
  name                = "azure-devops-production"
  resource_group_name = "<resource group>"
  parent_id           = azurerm_user_assigned_identity.deploy.id
  audience            = ["api://AzureADTokenExchange"]
  issuer              = azuredevops_serviceendpoint_azurerm.production.workload_identity_federation_issuer
  subject             = azuredevops_serviceendpoint_azurerm.production.workload_identity_federation_subject
}`,
      template: {
        language: 'bicep',
        code: `resource deploy 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '<managed identity>'
  location: resourceGroup().location

  resource azureDevOps 'federatedIdentityCredentials' = {
    name: 'azure-devops'
    properties: {
      issuer: '<issuer of the service connection>'
      subject: '<subject of the service connection>'
      audiences: ['api://AzureADTokenExchange']
    }
  }
}`,
      },
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
      steps: [
        'Find out what still uses the access key: in the IAM console open the user, then Security credentials, and read Last used.',
        'Give that job a role: the service role of CodePipeline or CodeBuild inside AWS, a role with web identity federation outside it.',
        'Set the access key to inactive and run the pipeline once.',
        'Delete the access key, and the IAM user if it has no other use.',
      ],
      cli: `aws iam list-access-keys --user-name <user>
aws iam update-access-key --user-name <user> --access-key-id <key id> --status Inactive
# After a run that succeeds:
aws iam delete-access-key --user-name <user> --access-key-id <key id>`,
      terraform: `# In place of aws_iam_user and aws_iam_access_key.
resource "aws_iam_role" "deploy" {
  name = "<pipeline>-deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "codebuild.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}`,
      template: {
        language: 'cloudformation',
        code: `# In place of AWS::IAM::User and AWS::IAM::AccessKey.
DeployRole:
  Type: AWS::IAM::Role
  Properties:
    AssumeRolePolicyDocument:
      Version: "2012-10-17"
      Statement:
        - Effect: Allow
          Principal: { Service: codebuild.amazonaws.com }
          Action: sts:AssumeRole`,
      },
    },
  },
  needs: ['identities'],
  evaluate({ identities }) {
    const instances = identities
      .filter(identity => !onlyReadsSource(identity))
      .flatMap(judgeCredential);
    return instances.length > 0
      ? instances
      : notApplicable(
          'This pipeline has no identity that deploys or that could have a better credential.',
        );
  },
});
