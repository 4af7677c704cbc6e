import {
  FindingInstance,
  Identity,
  PipelineRef,
  Stage,
} from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  defineControl,
  fail,
  notApplicable,
  pass,
  Verdict,
} from 'backstage-plugin-pipeline-posture-node';
import { identitiesOf, mayDeploy, titleOf } from '../identities';
import { TierUse, usesElsewhere, usesInStages } from './tierUses';

const EXPECTED =
  'The identity that deploys to production deploys nowhere else.';

const places = (uses: TierUse[]) =>
  [...new Set(uses.map(({ where }) => where))].join(', ');

/** Judges an identity of which it is known that a stage of this pipeline deploys to production with it. */
function judgeProductionIdentity(
  identity: Identity,
  uses: TierUse[],
): FindingInstance {
  const title = titleOf(identity);
  const others = uses.filter(({ tier }) => tier === 'non-production');
  const evidence = identity.usedBy.known ? identity.usedBy.evidence : [];
  const { url } = identity;
  if (others.length > 0) {
    const production = uses.filter(({ tier }) => tier === 'production');
    return fail({
      subject: title,
      observed: `The ${title} deploys to production (${places(
        production,
      )}) and also elsewhere (${places(others)}).`,
      expected: EXPECTED,
      evidence,
      url,
    });
  }
  const reason = identity.usedBy.known
    ? uses.find(use => use.reason)?.reason
    : identity.usedBy.reason;
  return reason
    ? cannotTell(title, EXPECTED, reason)
    : pass({
        subject: title,
        observed: `The ${title} deploys to production only.`,
        expected: EXPECTED,
        evidence,
        url,
      });
}

/**
 * Judges an identity that only stages of unknown tier use. If it would pass as production, and another identity is
 * known to deploy to production, then the answer is the same either way; else it depends on the tier.
 */
function judgeUnclassified(
  identity: Identity,
  inStages: TierUse[],
  elsewhere: TierUse[],
  productionIsKnown: boolean,
): FindingInstance {
  const [first, ...more] = inStages.filter(use => use.tier === 'unknown');
  const asProduction = judgeProductionIdentity(identity, [
    { ...first, tier: 'production', reason: undefined },
    ...more,
    ...inStages.filter(use => use.tier !== 'unknown'),
    ...elsewhere,
  ]);
  return (asProduction.status === 'pass' && productionIsKnown) || !first.reason
    ? asProduction
    : cannotTell(titleOf(identity), EXPECTED, first.reason);
}

function judgeIdentities(
  stages: Stage[],
  identities: Identity[],
  own: PipelineRef,
): FindingInstance[] {
  const deployers = identities.filter(mayDeploy).map(identity => ({
    identity,
    inStages: usesInStages(identity, stages, identities),
    elsewhere: usesElsewhere(identity, own),
  }));
  const inTier = (tier: TierUse['tier']) =>
    deployers.filter(({ inStages }) =>
      inStages.some(use => use.deploys && use.tier === tier),
    );
  const production = inTier('production');
  const unclassified = inTier('unknown').filter(
    deployer => !production.includes(deployer),
  );
  return [
    ...production.map(({ identity, inStages, elsewhere }) =>
      judgeProductionIdentity(identity, [...inStages, ...elsewhere]),
    ),
    ...unclassified.map(({ identity, inStages, elsewhere }) =>
      judgeUnclassified(identity, inStages, elsewhere, production.length > 0),
    ),
  ];
}

function evaluate(
  stages: Stage[],
  identities: Identity[],
  own: PipelineRef,
): Verdict {
  const deploying = stages.filter(({ deploys }) => deploys);
  if (
    deploying.every(({ tier }) => tier.known && tier.value === 'non-production')
  ) {
    return notApplicable('No stage of this pipeline deploys to production.');
  }
  const unread = deploying.flatMap(({ name, units }) =>
    units.flatMap(unit => {
      const used = identitiesOf(unit, identities);
      return used.known
        ? []
        : [
            cannotTell(
              `unit ${unit.name} of stage ${name}`,
              EXPECTED,
              used.reason,
            ),
          ];
    }),
  );
  const instances = [...unread, ...judgeIdentities(stages, identities, own)];
  return instances.length > 0
    ? instances
    : notApplicable(
        'No stage that deploys to production uses an identity of the pipeline.',
      );
}

/**
 * The identity that deploys to production is used for nothing but production.
 *
 * @public
 */
export const productionHasItsOwnIdentity = defineControl({
  id: 'production-has-its-own-identity',
  title: 'Production is deployed with an identity of its own',
  dimension: 'identity-separation',
  severity: 'critical',
  lifecycle: 'active',
  answers: ['GOV-5', 'SAD-2', 'BP7-4'],
  why:
    'Test environments are open on purpose: no approvals, many people, experimental code. ' +
    'If the identity that deploys there also reaches production, an attacker runs their code in a test stage, which nobody approves, and changes production from it. ' +
    'It is also how a wrong variable deletes the wrong database. With an identity of its own, production cannot be reached from anywhere else.',
  measure:
    'Looks at every identity with which a stage of this pipeline deploys to production. ' +
    'Fails if a stage that deploys elsewhere can use the same identity, in this pipeline or in another one. ' +
    'Passes if all uses of each are known and all are production. ' +
    'Unknown if the identities of a stage or the uses of an identity cannot be read, or if nothing says whether a stage is production and that would decide. ' +
    'Not applicable if it is known that no stage deploys to production, or that those that do use no identity of the pipeline. ' +
    'Pipelines that may use the identity and do not are counted by identity-serves-one-pipeline, builds by build-cannot-use-the-deploy-identity.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/library/connect-to-azure',
      steps: [
        'Create a managed identity or app registration for production, with rights on the production resource group only.',
        'Create a service connection for it with workload identity federation, and permit only this pipeline.',
        'Name that connection in the production stage.',
        'Run the pipeline, then remove the rights on production from the old identity.',
      ],
      cli: `az identity create --name <service>-production --resource-group <resource group>
az role assignment create --assignee <principal id> --role "<narrow role>" \\
  --scope /subscriptions/<production subscription>/resourceGroups/<resource group>
az role assignment delete --assignee <old application id> --role "<role>" \\
  --scope /subscriptions/<production subscription>/resourceGroups/<resource group>`,
      terraform: `resource "azurerm_user_assigned_identity" "production" {
  name                = "<service>-production"
  resource_group_name = "<resource group>"
  location            = "<location>"
}

resource "azurerm_role_assignment" "production" {
  scope                = azurerm_resource_group.production.id
  role_definition_name = "<narrow role>"
  principal_id         = azurerm_user_assigned_identity.production.principal_id
}`,
      template: {
        language: 'bicep',
        code: `resource production 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '<service>-production'
  location: resourceGroup().location
}`,
      },
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html',
      steps: [
        'Create a deploy role in the production account that only the pipeline role may assume.',
        'Set it as the role of every production deploy action. An action without a role uses that of the pipeline.',
        'Set another role, in another account, on the actions that deploy elsewhere.',
        'Take the deploy permissions from the pipeline role; leave sts:AssumeRole on the two deploy roles.',
      ],
      cli: `aws codepipeline get-pipeline --name <pipeline> --query pipeline > pipeline.json
# Set roleArn of each deploy action in pipeline.json to the role of its environment.
aws codepipeline update-pipeline --pipeline file://pipeline.json`,
      terraform: `# In the production deploy action of aws_codepipeline.
action {
  # …
  role_arn = "arn:aws:iam::<production account>:role/<service>-production-deploy"
}`,
      template: {
        language: 'cloudformation',
        code: `# In the production deploy action of AWS::CodePipeline::Pipeline.
RoleArn: arn:aws:iam::<production account>:role/<service>-production-deploy`,
      },
    },
  },
  needs: ['stages', 'identities'],
  evaluate: ({ stages, identities }, { pipeline }) =>
    evaluate(stages, identities, pipeline.ref),
});
