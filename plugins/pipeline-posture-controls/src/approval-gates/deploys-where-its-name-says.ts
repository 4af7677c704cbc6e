import { Stage } from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  defineControl,
  fail,
  notApplicable,
  pass,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED =
  'What the stage deploys to is of the tier that the stage says it is.';

function judgeStage({ name, tier, targets, url }: Stage) {
  const subject = `stage ${name}`;
  if (!targets.known) return [cannotTell(subject, EXPECTED, targets.reason)];
  if (targets.value.length === 0) return [];
  if (!tier.known) return [cannotTell(subject, EXPECTED, tier.reason)];
  // A target whose own name is silent contradicts nothing.
  const telling = targets.value.flatMap(target =>
    target.tier.known ? [{ ...target, says: target.tier.value }] : [],
  );
  const wrong = telling.filter(({ says }) => says !== tier.value);
  const observation = {
    subject,
    expected: EXPECTED,
    evidence: targets.evidence,
    url,
  };
  if (wrong.length > 0) {
    return [
      fail({
        ...observation,
        observed: `Stage ${name} is ${tier.value}, but deploys to ${wrong
          .map(each => `${each.name}, which is ${each.says}`)
          .join(', and to ')}.`,
      }),
    ];
  }
  const [silent] = targets.value.filter(target => !target.tier.known);
  if (silent && !silent.tier.known) {
    return [cannotTell(subject, EXPECTED, silent.tier.reason)];
  }
  return [
    pass({
      ...observation,
      observed: `Stage ${name} is ${
        tier.value
      }, and so is what it deploys to: ${telling
        .map(each => each.name)
        .join(', ')}.`,
    }),
  ];
}

/**
 * A stage deploys to the environment that its name promises.
 *
 * @public
 */
export const deploysWhereItsNameSays = defineControl({
  id: 'deploys-where-its-name-says',
  title: 'Every stage deploys where its name says',
  dimension: 'approval-gates',
  severity: 'high',
  lifecycle: 'active',
  answers: ['BP7-4'],
  why:
    'Gates hang on names: production waits for approval, staging does not. ' +
    'A stage that is called staging and deploys to the production subscription goes past all of them, by mistake or because an attacker made it so. ' +
    'Nobody notices until the untested change is in front of customers.',
  measure:
    'Looks at every stage that deploys and at the subscriptions or accounts that it reaches. ' +
    'Fails if the name of one says that it is of another tier than the stage. ' +
    'Passes if all of them say the same as the stage. ' +
    'Unknown if the targets cannot be read, or if nothing says of which tier a stage or a target is. ' +
    'Not applicable if it is known that no stage deploys to a subscription or account.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/library/connect-to-azure',
      steps: [
        'Create a service connection to the subscription that the stage is meant for.',
        'Name it in the tasks of that stage in place of the other one.',
        'If the names are misleading, map them in the configuration under pipelinePosture.production.',
      ],
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html',
      steps: [
        'Set the role of the deploy action to one in the account that the stage is meant for.',
        'Correct the target names in the configuration of the action.',
        'If the names are misleading, map the account in the configuration under pipelinePosture.production.',
      ],
      cli: `aws codepipeline get-pipeline --name <pipeline> \\
  --query 'pipeline.stages[].{stage:name,actions:actions[].{name:name,role:roleArn,region:region,target:configuration}}'
aws codepipeline get-pipeline --name <pipeline> --query '{pipeline:pipeline}' > pipeline.json
# Correct the role, region or target of the action, or the name of the stage.
aws codepipeline update-pipeline --cli-input-json file://pipeline.json`,
      terraform: `# In the production stage of aws_codepipeline: role and target of the production account.
action {
  name      = "DeployProduction"
  category  = "Deploy"
  owner     = "AWS"
  provider  = "CloudFormation"
  version   = "1"
  role_arn  = "arn:aws:iam::<production account>:role/<deployment role>"
  configuration = {
    ActionMode = "CREATE_UPDATE"
    StackName  = "<service>-production"
  }
}`,
      template: {
        language: 'cloudformation',
        code: `# In the actions of the production stage.
- Name: DeployProduction
  ActionTypeId: { Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: '1' }
  RoleArn: arn:aws:iam::<production account>:role/<deployment role>
  Configuration: { ActionMode: CREATE_UPDATE, StackName: <service>-production }`,
      },
    },
  },
  needs: ['stages'],
  evaluate({ stages }) {
    const instances = stages
      .filter(({ deploys }) => deploys)
      .flatMap(judgeStage);
    return instances.length > 0
      ? instances
      : notApplicable(
          'No stage of this pipeline deploys to a subscription or account.',
        );
  },
});
