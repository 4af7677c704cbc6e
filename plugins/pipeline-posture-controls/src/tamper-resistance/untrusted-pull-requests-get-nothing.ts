import { Trigger } from 'backstage-plugin-pipeline-posture-common';
import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED =
  'Code of people outside runs without secrets, without the full token, and only after somebody looked at it.';

/** Kinds of triggers by which others than those who may push can start something. */
const OPEN_TO_OTHERS = new Set<Trigger['kind']>(['pull-request', 'webhook']);

/**
 * A pull request from outside gets nothing that it could misuse.
 *
 * @public
 */
export const untrustedPullRequestsGetNothing = defineControl({
  id: 'untrusted-pull-requests-get-nothing',
  title: 'Pull requests from outside get no secrets and no rights',
  dimension: 'tamper-resistance',
  severity: 'critical',
  lifecycle: 'active',
  answers: ['AZS-1', 'AZS-4', 'BP7-7'],
  why:
    'A pull request from a fork can change every script that the build runs. ' +
    'Where such builds get secrets or the full token, any stranger on the internet is an attacker who only has to open a pull request. ' +
    'Nothing has to be merged for that.',
  measure:
    'Looks at everything that starts the pipeline. ' +
    'Fails if code of people outside can run with secrets, with the full job token, or without anybody having looked at it first. ' +
    'Passes if such code runs without all of that, or if pull requests and webhooks start the pipeline and those of people outside are kept out. ' +
    'Unknown if that cannot be read. ' +
    'Not applicable if neither pull requests nor webhooks start it.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/repos/github',
      steps: [
        'Open Project settings > Pipelines > Settings > Triggers and select "Limit building pull requests from forked GitHub repositories".',
        'Choose "Securely build pull requests from forked repositories", or disable them.',
        'In the trigger settings of the pipeline clear "Make secrets available to builds of forks" and "Make fork builds have the same permissions as regular builds".',
        'Select "Require a team member’s comment before building a pull request".',
      ],
      cli: `az rest --method patch --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/build/generalsettings?api-version=7.1" \\
  --body '{"forkProtectionEnabled":true,"buildsEnabledForForks":true,"enforceNoAccessToSecretsFromForks":true,"enforceJobAuthScopeForForks":true,"isCommentRequiredForPullRequest":true}'`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codebuild/latest/userguide/pull-request-build-policy.html',
      steps: [
        'Set the pull request build policy of the project to require the comment of a maintainer.',
        'Anchor every pattern of the webhook filters with ^ and $.',
        'Build pull requests with a role that reads no secret.',
      ],
      cli: `aws codebuild update-webhook --project-name <project> \\
  --pull-request-build-policy requiresCommentApproval=ALL_PULL_REQUESTS \\
  --filter-groups '[[{"type":"EVENT","pattern":"PULL_REQUEST_CREATED,PULL_REQUEST_UPDATED"},{"type":"ACTOR_ACCOUNT_ID","pattern":"^(<id>|<id>)$"}]]'`,
      template: {
        language: 'cloudformation',
        code: `# In Triggers of AWS::CodeBuild::Project.
Webhook: true
PullRequestBuildPolicy: { RequiresCommentApproval: ALL_PULL_REQUESTS }
FilterGroups:
  - - { Type: EVENT, Pattern: 'PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED' }
    - { Type: ACTOR_ACCOUNT_ID, Pattern: '^(<id>|<id>)$' }`,
      },
      terraform: `resource "aws_codebuild_webhook" "pull_requests" {
  project_name = aws_codebuild_project.<project>.name
  pull_request_build_policy {
    requires_comment_approval = "ALL_PULL_REQUESTS"
  }
  filter_group {
    filter {
      type    = "EVENT"
      pattern = "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED"
    }
    filter {
      type    = "ACTOR_ACCOUNT_ID"
      pattern = "^(<id>|<id>)$"
    }
  }
}`,
    },
  },
  needs: ['triggers'],
  evaluate({ triggers }) {
    const instances = triggers.flatMap(({ kind, untrusted }) =>
      judge(untrusted, `trigger ${kind}`, EXPECTED, runs => {
        if (!runs.possible && !OPEN_TO_OTHERS.has(kind)) return undefined;
        const { getsSecrets, getsFullToken, needsComment, description } = runs;
        return {
          ok:
            !runs.possible || (!getsSecrets && !getsFullToken && needsComment),
          observed: description,
        };
      }),
    );
    return instances.length > 0
      ? instances
      : notApplicable(
          'Neither pull requests nor webhooks start this pipeline.',
        );
  },
});
