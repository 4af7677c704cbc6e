import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { titleOf } from '../identities';

const EXPECTED =
  'Source code is read through an app or a federated connection, with nothing to copy and keep.';

/**
 * Source code is not read with a long-lived token.
 *
 * @public
 */
export const noLongLivedSourceCredential = defineControl({
  id: 'no-long-lived-source-credential',
  title: 'No source connection depends on a long-lived token',
  dimension: 'credential-type',
  severity: 'high',
  lifecycle: 'active',
  answers: ['BP7-5', 'GOV-4'],
  why:
    'A personal token that fetches code usually may write it as well, in every repository of the person who made it. ' +
    'An attacker who copies it from the pipeline changes code where no pipeline ever looked, under that person’s name. ' +
    'It also stops working on the day when the person leaves, in the middle of a release.',
  measure:
    'Looks at every connection with which the pipeline reads source code. ' +
    'Fails if one holds a token, key or password that works for whoever copies it. ' +
    'Passes if the credentials of all of them are known and none is long-lived. Unknown if one cannot be read and none of the others fails. ' +
    'Not applicable if it is known that the pipeline reads its code without a connection of its own.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/repos/github#access-to-github-repositories',
      steps: [
        'Install the Azure Pipelines GitHub app for the repository.',
        'In the pipeline choose Edit > Triggers > YAML > Get sources and select the connection of the app.',
        'Delete the connection that holds the token, and revoke the token on GitHub.',
      ],
      cli: `az devops service-endpoint list --project <project> --query "[?type=='github']" --output table
az devops service-endpoint delete --project <project> --id <old connection id>`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/update-github-action-connections.html',
      steps: [
        'Open Developer Tools > Settings > Connections and create a connection to the host.',
        'Edit the source action of the pipeline and choose "GitHub (via GitHub App)" with that connection.',
        'Save, release a change, and revoke the old token on the host.',
        'For CodeBuild: delete the account-wide token under Source credentials and give each project the connection.',
      ],
      cli: `aws codestar-connections create-connection --provider-type GitHub --connection-name <name>
aws codebuild list-source-credentials
aws codebuild delete-source-credentials --arn <token ARN>`,
      terraform: `resource "aws_codestarconnections_connection" "source" {
  name          = "<name>"
  provider_type = "GitHub"
}

# In the source action of aws_codepipeline.
provider      = "CodeStarSourceConnection"
configuration = {
  ConnectionArn    = aws_codestarconnections_connection.source.arn
  FullRepositoryId = "<owner>/<repository>"
  BranchName       = "main"
}`,
      template: {
        language: 'cloudformation',
        code: `# The source action of AWS::CodePipeline::Pipeline.
ActionTypeId: { Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1" }
Configuration:
  ConnectionArn: !Ref <Connection>
  FullRepositoryId: <owner>/<repository>
  BranchName: main`,
      },
    },
  },
  needs: ['identities'],
  evaluate({ identities }) {
    const sources = identities.filter(({ purposes }) =>
      purposes.includes('source'),
    );
    const instances = sources.flatMap(identity =>
      judge(identity.credential, titleOf(identity), EXPECTED, credential => ({
        ok: !credential.longLived,
        observed: credential.longLived
          ? `The ${titleOf(identity)} keeps a long-lived ${credential.kind}.${
              credential.alternative
                ? ` ${credential.alternative} is offered instead.`
                : ''
            }`
          : `The ${titleOf(identity)} keeps nothing that can be copied.`,
        url: identity.url,
      })),
    );
    return instances.length > 0
      ? instances
      : notApplicable(
          'This pipeline reads its code without a connection of its own.',
        );
  },
});
