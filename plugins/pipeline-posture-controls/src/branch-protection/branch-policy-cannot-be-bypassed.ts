import {
  chainFact,
  Fact,
  known,
  Principal,
} from 'backstage-plugin-pipeline-posture-common';
import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED =
  'Neither a group that holds practically every builder nor the identity of builds can go around the rules of the branch.';

/**
 * The rules of the branch hold for those who build.
 *
 * @public
 */
export const branchPolicyCannotBeBypassed = defineControl({
  id: 'branch-policy-cannot-be-bypassed',
  title: 'Builders cannot go around the rules of the branch',
  dimension: 'branch-protection',
  severity: 'high',
  lifecycle: 'active',
  answers: ['GOV-8', 'AZS-4'],
  why:
    'Every other rule on a branch is decoration if the people it is meant for may bypass it, push by force or edit it. ' +
    'An attacker with any such account, or with the identity of a build, pushes straight to the branch that deploys. ' +
    'The rules still look strict in every screenshot.',
  measure:
    'Looks at who may bypass or edit the rules of the branch of every application repository, or push by force. ' +
    'Fails if a broad group or the identity of a build may. Passes if only named people or small groups may, or nobody. ' +
    'Unknown if the permissions on a branch, or its rules, cannot be read. ' +
    'Not applicable if it is known that the pipeline takes its application from no branch.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/repos/git/set-git-repository-permissions',
      steps: [
        'Open Project settings > Repositories, choose the repository and Security.',
        'For each broad group and each build service set "Bypass policies when completing pull requests", "Bypass policies when pushing" and "Force push" to "Not set" or "Deny".',
        'Do the same for "Edit policies" and "Manage permissions".',
        'Open the security of the branch (Repos > Branches > Branch security) and check the same permissions there.',
      ],
      cli: `az devops security permission update --namespace-id 2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87 \\
  --token repoV2/<project id>/<repository id> --subject <group descriptor> --deny-bit 32904
# 32904 = PullRequestBypassPolicy 32768 + PolicyExempt 128 + ForcePush 8`,
      terraform: `resource "azuredevops_git_permissions" "builders" {
  project_id    = azuredevops_project.<project>.id
  repository_id = azuredevops_git_repository.<repository>.id
  principal     = data.azuredevops_group.contributors.id
  permissions = {
    PullRequestBypassPolicy = "Deny"
    PolicyExempt            = "Deny"
    ForcePush               = "Deny"
    EditPolicies            = "Deny"
    ManagePermissions       = "Deny"
  }
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codecommit/latest/userguide/auth-and-access-control-permissions-reference.html',
      steps: [
        'For a repository on GitHub: in the protection rule of the branch select "Do not allow bypassing the above settings" and empty the list of those who may bypass it.',
        'For CodeCommit: deny codecommit:OverridePullRequestApprovalRules and codecommit:GitPush on the branch to all roles but the one that merges.',
      ],
      terraform: `resource "github_branch_protection" "main" {
  repository_id       = github_repository.<repository>.node_id
  pattern             = "main"
  enforce_admins      = true
  allows_force_pushes = false
}`,
      cli: `aws iam put-role-policy --role-name <role of the developers> --policy-name no-push-to-main \\
  --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["codecommit:GitPush","codecommit:PutFile"],
  "Resource":"arn:aws:codecommit:<region>:<account>:<repository>",
  "Condition":{"StringEqualsIfExists":{"codecommit:References":["refs/heads/main"]},"Null":{"codecommit:References":"false"}}}]}'`,
      template: {
        language: 'cloudformation',
        code: `NoPushToMain:
  Type: AWS::IAM::ManagedPolicy
  Properties:
    PolicyDocument:
      Version: '2012-10-17'
      Statement:
        - Effect: Deny
          Action: [codecommit:GitPush, codecommit:PutFile]
          Resource: !GetAtt Repository.Arn
          Condition:
            StringEqualsIfExists: { codecommit:References: [refs/heads/main] }
            'Null': { codecommit:References: 'false' }`,
      },
    },
  },
  needs: ['sources'],
  evaluate({ sources }) {
    const instances = sources
      .filter(({ role }) => role === 'application')
      .flatMap(({ name, branch, protection, bypassers, url }) => {
        const title = branch ? `branch ${branch} of ${name}` : name;
        const who: Fact<Principal[] | undefined> = chainFact(
          protection,
          value =>
            value === 'not-applicable'
              ? known<Principal[] | undefined>(undefined)
              : bypassers,
        );
        return judge(who, title, EXPECTED, principals => {
          if (!principals) return undefined;
          const wrong = principals.filter(
            ({ broad, kind }) => broad || kind === 'service',
          );
          return {
            ok: wrong.length === 0,
            observed:
              wrong.length === 0
                ? `No broad group and no build can go around the rules of ${title}.`
                : `${wrong
                    .map(each => each.name)
                    .join(', ')} can go around the rules of ${title}.`,
            url,
          };
        });
      });
    return instances.length > 0
      ? instances
      : notApplicable(
          'This pipeline takes its application from no branch of a repository.',
        );
  },
});
