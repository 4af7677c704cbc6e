import {
  FindingInstance,
  Stage,
  Trigger,
} from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  defineControl,
  fail,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { judgeProductionStages } from '../approval-gates/productionStages';

const EXPECTED =
  'Only code from named, protected branches can get to production.';

const isOpen = (branch: string) =>
  /^(\*{1,2}|refs\/\*|refs\/heads\/\*{1,2})$/.test(branch);

/** What starts a pipeline that always takes the same branch. */
function judgeTriggers(
  stage: Stage,
  triggers: readonly Trigger[],
): FindingInstance {
  const subject = `stage ${stage.name}`;
  const pull = triggers.find(({ kind }) => kind === 'pull-request');
  const open = triggers.find(
    ({ kind, branches, excludedBranches }) =>
      kind === 'push' &&
      (branches.some(isOpen) ||
        (branches.length === 0 && excludedBranches.length > 0)),
  );
  const because =
    (pull && 'a pull request starts the pipeline') ||
    (open && 'a push to any branch starts the pipeline');
  return because
    ? fail({
        subject,
        observed: `Unreviewed code can reach stage ${stage.name}: ${because}.`,
        expected: EXPECTED,
        url: stage.url,
      })
    : pass({
        subject,
        observed: `Stage ${stage.name} only gets the branch that the source of the pipeline names.`,
        expected: EXPECTED,
        url: stage.url,
      });
}

/** A pipeline that can be started from any branch needs a control on what it deploys to. */
function judgeBranchControl(stage: Stage): FindingInstance {
  const subject = `stage ${stage.name}`;
  if (!stage.gates.known)
    return cannotTell(subject, EXPECTED, stage.gates.reason);
  const controls = stage.gates.value.filter(
    ({ kind }) => kind === 'branch-control',
  );
  const effective = controls.find(gate => gate.effective);
  const observation = {
    subject,
    expected: EXPECTED,
    evidence: stage.gates.evidence,
  };
  if (effective) {
    return pass({
      ...observation,
      observed: `Stage ${stage.name} lets named branches through only: "${effective.name}" on ${effective.on}.`,
      url: effective.url,
    });
  }
  const [decorative] = controls;
  return fail({
    ...observation,
    observed: decorative
      ? `"${decorative.name}" on ${decorative.on} keeps no branch out: ${
          decorative.ineffectiveBecause ?? 'it has no effect'
        }.`
      : `Code of any branch can get to stage ${stage.name}: nothing that it deploys with checks the branch.`,
    url: decorative?.url ?? stage.url,
  });
}

/**
 * Code from an unprotected branch never reaches production.
 *
 * @public
 */
export const onlyProtectedBranchesDeploy = defineControl({
  id: 'only-protected-branches-deploy',
  title: 'Only protected branches can deploy to production',
  dimension: 'branch-protection',
  severity: 'high',
  lifecycle: 'active',
  answers: ['AZS-2', 'AZS-4', 'AZS-5', 'BP7-4'],
  why:
    'A rule on the main branch does not help if the pipeline also deploys other branches. ' +
    'An attacker with the right to create a branch pushes one with a changed pipeline and starts it by hand. ' +
    'It runs with the production identity, and nobody reviewed a line of it.',
  measure:
    'Looks at every stage that deploys to production. ' +
    'Passes on Azure DevOps, where a pipeline can be started from any branch, if an effective branch control on the environment or service connection lets only named, protected branches through. ' +
    'Passes on CodePipeline, where the source names one branch, if neither pull requests nor pushes to arbitrary branches start the pipeline. ' +
    'Fails otherwise; a branch control that allows every branch or does not verify protection counts as none. ' +
    'Unknown if that cannot be read, or if nothing says whether a stage is production and that would decide. ' +
    'Not applicable if it is known that no stage deploys to production.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/process/approvals',
      steps: [
        'Open the production environment or service connection, then Approvals and checks.',
        'Add the check "Branch control".',
        'Set allowed branches to the full name, such as refs/heads/main.',
        'Select "Verify branch protection" and clear "Allow unknown protection status".',
        'For a classic release: add an artifact filter with the branch to the pre-deployment conditions.',
      ],
      cli: `az rest --method get --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/checks/configurations?resourceType=environment&resourceId=<environment id>&\\$expand=settings&api-version=7.1-preview.1"`,
      terraform: `resource "azuredevops_check_branch_control" "production" {
  project_id                       = azuredevops_project.<project>.id
  target_resource_id               = azuredevops_environment.production.id
  target_resource_type             = "environment"
  allowed_branches                 = "refs/heads/main"
  verify_branch_protection         = true
  ignore_unknown_protection_status = false
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html',
      steps: [
        'Open the trigger of the source action and remove pull request filters from the pipeline that deploys to production.',
        'Name the branches that start it one by one, without wildcards.',
        'Build pull requests with a pipeline of their own that has no deploy stage.',
      ],
      cli: `aws codepipeline get-pipeline --name <pipeline> --query '{pipeline:pipeline}' > pipeline.json
# Set triggers[].gitConfiguration.push[].branches.includes to the protected branch.
aws codepipeline update-pipeline --cli-input-json file://pipeline.json`,
      terraform: `# In aws_codepipeline.
trigger {
  provider_type = "CodeStarSourceConnection"
  git_configuration {
    source_action_name = "Source"
    push {
      branches {
        includes = ["main"]
      }
    }
  }
}`,
      template: {
        language: 'cloudformation',
        code: `# In Properties of AWS::CodePipeline::Pipeline.
Triggers:
  - ProviderType: CodeStarSourceConnection
    GitConfiguration:
      SourceActionName: Source
      Push:
        - Branches: { Includes: [main] }`,
      },
    },
  },
  needs: ['stages', 'triggers'],
  evaluate: ({ stages, triggers }, { pipeline }) =>
    judgeProductionStages(stages, EXPECTED, stage => [
      pipeline.kind.startsWith('azure-')
        ? judgeBranchControl(stage)
        : judgeTriggers(stage, triggers),
    ]),
});
