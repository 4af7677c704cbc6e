import { stringifyPipelineRef } from 'backstage-plugin-pipeline-posture-common';
import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { mayDeploy, titleOf } from '../identities';

const EXPECTED = 'No other pipeline can use the identity.';
/** An identity that is open to a whole project would otherwise fill the page. */
const NAMES_SHOWN = 5;

function listed(names: string[]): string {
  const more = names.length - NAMES_SHOWN;
  return more > 0
    ? `${names.slice(0, NAMES_SHOWN).join(', ')} and ${more} more`
    : names.join(', ');
}

/**
 * An identity that deploys can be used by this pipeline only.
 *
 * @public
 */
export const identityServesOnePipeline = defineControl({
  id: 'identity-serves-one-pipeline',
  title: 'Each deploy identity serves one pipeline only',
  dimension: 'identity-separation',
  severity: 'high',
  lifecycle: 'active',
  answers: ['GOV-4', 'AZS-3', 'AZS-5'],
  why:
    'An identity that several pipelines share is as safe as the weakest of them. ' +
    'An attacker who gets into a forgotten pipeline without reviews uses the shared identity to change the systems of all the others, past their approvals. ' +
    'Logs then show one name for all of them, and the rights can only grow, since each pipeline needs its own.',
  measure:
    'Looks at every identity of the pipeline that deploys, or whose purpose is not established. ' +
    'Fails if another pipeline may use it, whether it does or not. Passes if it is known that no other pipeline may. ' +
    'Unknown if the pipelines that may use one cannot be listed and none of the others fails. ' +
    'Not applicable if it is known that the pipeline has no identity that deploys.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/security/resources',
      steps: [
        'Create a service connection for each pipeline, with its own managed identity or app registration and rights on its own resource group.',
        'Open Project settings > Service connections, select the connection, then Security in its menu.',
        'Under Pipeline permissions select Restrict permission, and add only the pipeline that it is for.',
        'Under Project permissions remove every other project.',
      ],
      cli: `az rest --method patch \\
  --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/pipelinepermissions/endpoint/<connection id>?api-version=7.1-preview.1" \\
  --body '{ "pipelines": [{ "id": <other pipeline id>, "authorized": false }] }'`,
      terraform: `resource "azuredevops_pipeline_authorization" "production" {
  project_id  = azuredevops_project.<project>.id
  resource_id = azuredevops_serviceendpoint_azurerm.production.id
  type        = "endpoint"
  pipeline_id = azuredevops_build_definition.<pipeline>.id
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html',
      steps: [
        'Create one service role for each pipeline, with the rights of its own actions only.',
        'Edit the pipeline and set the new role, and set a role of its own on each deploy action.',
        'Run the pipeline once.',
        'Remove from the old role what only this pipeline needed.',
      ],
      cli: `aws codepipeline get-pipeline --name <pipeline> --query pipeline > pipeline.json
# Set roleArn in pipeline.json to the role of this pipeline.
aws codepipeline update-pipeline --pipeline file://pipeline.json`,
      terraform: `resource "aws_iam_role" "pipeline" {
  name = "<pipeline>-pipeline"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "codepipeline.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_codepipeline" "pipeline" {
  # …
  role_arn = aws_iam_role.pipeline.arn
}`,
      template: {
        language: 'cloudformation',
        code: `PipelineRole:
  Type: AWS::IAM::Role
  Properties:
    AssumeRolePolicyDocument:
      Version: "2012-10-17"
      Statement:
        - Effect: Allow
          Principal: { Service: codepipeline.amazonaws.com }
          Action: sts:AssumeRole

# In Properties of AWS::CodePipeline::Pipeline.
RoleArn: !GetAtt PipelineRole.Arn`,
      },
    },
  },
  needs: ['identities'],
  evaluate({ identities }, { pipeline }) {
    const deployers = identities.filter(mayDeploy);
    if (deployers.length === 0) {
      return notApplicable('This pipeline has no identity that deploys.');
    }
    const own = stringifyPipelineRef(pipeline.ref);
    return deployers.flatMap(identity => {
      const title = titleOf(identity);
      return judge(identity.usedBy, title, EXPECTED, usedBy => {
        const others = new Map(
          usedBy.map(use => [stringifyPipelineRef(use.pipeline), use.name]),
        );
        others.delete(own);
        const names = [...others.values()];
        return {
          ok: names.length === 0,
          observed:
            names.length === 0
              ? `Only this pipeline can use the ${title}.`
              : `The ${title} can be used by ${names.length} other pipeline${
                  names.length === 1 ? '' : 's'
                }: ${listed(names)}.`,
          url: identity.url,
        };
      });
    });
  },
});
