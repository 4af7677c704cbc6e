import {
  FindingInstance,
  Stage,
  StageTarget,
} from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  defineControl,
  fail,
  notApplicable,
  pass,
  Verdict,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED = 'Production is an account or subscription of its own.';

interface TargetUse {
  stage: Stage;
  target: StageTarget;
}

const isTier = (stage: Stage, tier: 'production' | 'non-production') =>
  stage.tier.known && stage.tier.value === tier;

function usesOf(stages: readonly Stage[]): TargetUse[] {
  return stages.flatMap(stage =>
    stage.targets.known
      ? stage.targets.value.map(target => ({ stage, target }))
      : [],
  );
}

/** What is shared for certain, and what could be shared if something unread were known. */
function judgeTargets(
  deploying: readonly Stage[],
  production: readonly Stage[],
): Verdict {
  const others = deploying.filter(stage => !production.includes(stage));
  const preproduction = usesOf(
    others.filter(stage => isTier(stage, 'non-production')),
  );
  const shared: FindingInstance[] = usesOf(production).flatMap(
    ({ stage, target }) => {
      const same = preproduction.find(use => use.target.id === target.id);
      return same
        ? [
            fail({
              subject: `stage ${stage.name}`,
              observed: `Stage ${stage.name} deploys to ${target.name}, and so does stage ${same.stage.name}.`,
              expected: EXPECTED,
              evidence: stage.targets.known ? stage.targets.evidence : [],
              url: stage.url,
            }),
          ]
        : [];
    },
  );
  if (shared.length > 0) return shared;
  const unread = deploying.flatMap(stage => {
    if (!stage.targets.known)
      return [
        cannotTell(`stage ${stage.name}`, EXPECTED, stage.targets.reason),
      ];
    return stage.tier.known
      ? []
      : [cannotTell(`stage ${stage.name}`, EXPECTED, stage.tier.reason)];
  });
  if (unread.length > 0) return unread;
  if (preproduction.length === 0) {
    return notApplicable('This pipeline deploys to production only.');
  }
  return production.map(stage =>
    pass({
      subject: `stage ${stage.name}`,
      observed: `No stage before production deploys to what stage ${stage.name} deploys to.`,
      expected: EXPECTED,
      url: stage.url,
    }),
  );
}

/**
 * Production is apart from what comes before it.
 *
 * @public
 */
export const productionIsASeparateTarget = defineControl({
  id: 'production-is-a-separate-target',
  title: 'Production is an account or subscription of its own',
  dimension: 'identity-separation',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-4', 'AZS-6', 'GOV-5'],
  why:
    'Rights, quotas and networks end at the border of an account or subscription, and hardly inside of it. ' +
    'If test and production share one, a test that runs wild takes production with it, and a role that is meant for test reaches further than its name says. ' +
    'An attacker who gets into the test environment, where everybody may try things, is then already next door.',
  measure:
    'Compares the accounts or subscriptions of the stages that deploy to production with those of the stages that deploy elsewhere. ' +
    'Fails if one is the same. Passes if all are known and none is. ' +
    'Unknown if where a stage deploys to, or whether it is production, is not known and nothing is shared for certain. ' +
    'Not applicable if it is known that the pipeline does not deploy to production, or nowhere else.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/cloud-adoption-framework/ready/landing-zone/design-area/resource-org-subscriptions',
      steps: [
        'Create a subscription for production.',
        'Create a service connection for it with an identity of its own.',
        'Let the production stage use that connection, and move the resources.',
      ],
      cli: `az account list --output table
az devops service-endpoint list --project <project> \\
  --query "[].{name:name, subscription:data.subscriptionName}" --output table`,
      terraform: `resource "azuredevops_serviceendpoint_azurerm" "production" {
  project_id                             = azuredevops_project.<project>.id
  service_endpoint_name                  = "<service>-production"
  service_endpoint_authentication_scheme = "WorkloadIdentityFederation"
  azurerm_spn_tenantid                   = "<tenant id>"
  azurerm_subscription_id                = "<production subscription id>"
  azurerm_subscription_name              = "<production subscription>"
  credentials {
    serviceprincipalid = azurerm_user_assigned_identity.<production>.client_id
  }
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html',
      steps: [
        'Create an account for production in AWS Organizations.',
        'Create a deployment role there that trusts the role of the pipeline only.',
        'Set that role as roleArn of the production actions, and let the artifact key and bucket be used from that account.',
      ],
      terraform: `# In the production action of aws_codepipeline.
role_arn = "arn:aws:iam::<production account>:role/<deployment role>"`,
      template: {
        language: 'cloudformation',
        code: `# In the production action of AWS::CodePipeline::Pipeline.
RoleArn: arn:aws:iam::<production account>:role/<deployment role>`,
      },
      cli: `aws codepipeline get-pipeline --name <pipeline> --query '{pipeline:pipeline}' > pipeline.json
# Set roleArn of the production actions to a role in the production account.
aws codepipeline update-pipeline --cli-input-json file://pipeline.json`,
    },
  },
  needs: ['stages'],
  evaluate({ stages }) {
    const deploying = stages.filter(({ deploys }) => deploys);
    const production = deploying.filter(stage => isTier(stage, 'production'));
    const unclassified = deploying.filter(({ tier }) => !tier.known);
    if (production.length + unclassified.length === 0) {
      return notApplicable('No stage of this pipeline deploys to production.');
    }
    return judgeTargets(deploying, production);
  },
});
