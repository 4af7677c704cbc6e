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

const TAG = /^(refs\/)?tags\//;
const isPattern = (branch: string) => /[*?[\]{}]/.test(branch);
const isEveryBranch = (branch: string) =>
  /^(\*{1,2}|refs\/\*|refs\/heads\/\*{1,2})$/.test(branch);

/** What else than a push to a branch by its name starts the pipeline, and with what code. */
function openTrigger({
  kind,
  branches,
  excludedBranches,
}: Trigger): string | undefined {
  if (kind === 'pull-request') return 'a pull request starts the pipeline';
  if (kind !== 'push') return undefined;
  const excludes = branches.length === 0 && excludedBranches.length > 0;
  // A tag can be put on any commit, and whoever may push one need not be allowed to push to a branch.
  if ([...branches, ...excludedBranches].some(name => TAG.test(name)))
    return 'a tag starts the pipeline, whatever commit it stands on';
  if (excludes || branches.some(isEveryBranch))
    return 'a push to any branch starts the pipeline';
  const wide = branches.find(isPattern);
  return (
    wide && `a push to any branch that matches ${wide} starts the pipeline`
  );
}

/** What starts a pipeline that always takes the branch that was pushed. */
function judgeTriggers(
  stage: Stage,
  triggers: readonly Trigger[],
): FindingInstance {
  const subject = `stage ${stage.name}`;
  const [because] = triggers.flatMap(trigger => openTrigger(trigger) ?? []);
  return because
    ? fail({
        subject,
        observed: `Unreviewed code can reach stage ${stage.name}: ${because}.`,
        expected: EXPECTED,
        url: stage.url,
      })
    : pass({
        subject,
        observed: `Stage ${stage.name} only gets branches that the pipeline names one by one.`,
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
    'Passes on CodePipeline, where the source names its branch, if only pushes to branches that are named one by one start the pipeline; their rules are asked by the other controls on branches. ' +
    'Fails there if pull requests, tags, or pushes to whatever branch matches a pattern start it. ' +
    'Fails otherwise; a branch control that allows every branch or any tag, or does not verify protection, counts as none. ' +
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
