import {
  FindingInstance,
  Stage,
} from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  defineControl,
  fail,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { judgeProductionStages } from './productionStages';

const EXPECTED =
  'The same change is deployed to another environment before it gets to production.';

/** All stages that have finished when a stage starts. */
function stagesBefore(stage: Stage, all: readonly Stage[]): Stage[] {
  const before = new Set<Stage>();
  const visit = ({ dependsOn }: Stage) => {
    for (const earlier of all.filter(({ id }) => dependsOn.includes(id))) {
      if (earlier === stage || before.has(earlier)) continue;
      before.add(earlier);
      visit(earlier);
    }
  };
  visit(stage);
  return [...before];
}

function judgeStage(stage: Stage, all: readonly Stage[]): FindingInstance {
  const subject = `stage ${stage.name}`;
  const before = stagesBefore(stage, all).filter(({ deploys }) => deploys);
  const rehearsal = before.find(
    ({ tier }) => tier.known && tier.value === 'non-production',
  );
  if (rehearsal) {
    return pass({
      subject,
      observed: `Stage ${rehearsal.name} comes before stage ${stage.name}.`,
      expected: EXPECTED,
      url: stage.url,
    });
  }
  for (const { tier } of before) {
    if (!tier.known) return cannotTell(subject, EXPECTED, tier.reason);
  }
  return fail({
    subject,
    observed: `No stage before ${stage.name} deploys the change anywhere else.`,
    expected: EXPECTED,
    evidence: stage.location
      ? [{ source: 'pipeline code', location: stage.location }]
      : [],
    url: stage.url,
  });
}

/**
 * A change proves itself elsewhere before it gets to production.
 *
 * @public
 */
export const productionComesAfterPreproduction = defineControl({
  id: 'production-comes-after-preproduction',
  title: 'Production comes after another environment',
  dimension: 'approval-gates',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-4'],
  why:
    'A deployment that goes straight to production meets its first real environment in front of customers. ' +
    'An attacker’s change, or an honest mistake, has no place where it could be noticed before. ' +
    'A stage in between gives tests, alarms and people a chance.',
  measure:
    'Looks at every stage that deploys to production. ' +
    'Passes if a stage that must finish before it deploys to something that is not production. ' +
    'Fails if none does. Unknown if nothing says whether the stages are production and that would decide. ' +
    'Not applicable if it is known that no stage deploys to production.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/process/stages',
      steps: [
        'Add a stage that deploys the same artifact to a pre-production environment.',
        'Let the production stage depend on it with dependsOn.',
        'For a classic release: set the trigger of the production stage to "After stage".',
      ],
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html',
      steps: [
        'Add a stage before production that deploys the same artifact to a pre-production account.',
        'Add an entry condition to the production stage that looks at the alarms of that deployment.',
      ],
      cli: `aws codepipeline get-pipeline --name <pipeline> --query '{pipeline:pipeline}' > pipeline.json
# Put a stage that deploys to pre-production before the production stage.
aws codepipeline update-pipeline --cli-input-json file://pipeline.json`,
      terraform: `# In aws_codepipeline; stages run in the order in which they are written.
stage {
  name = "Staging"
  action {
    name      = "DeployStaging"
    category  = "Deploy"
    owner     = "AWS"
    provider  = "CloudFormation"
    version   = "1"
    role_arn  = aws_iam_role.deploy_staging.arn
    configuration = {
      ActionMode = "CREATE_UPDATE"
      StackName  = "<service>-staging"
    }
  }
}`,
      template: {
        language: 'cloudformation',
        code: `# In Stages, before the production stage.
- Name: Staging
  Actions:
    - Name: DeployStaging
      ActionTypeId: { Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: '1' }
      RoleArn: !GetAtt DeployStagingRole.Arn
      Configuration: { ActionMode: CREATE_UPDATE, StackName: <service>-staging }`,
      },
    },
  },
  needs: ['stages'],
  evaluate: ({ stages }) =>
    judgeProductionStages(stages, EXPECTED, stage => [
      judgeStage(stage, stages),
    ]),
});
