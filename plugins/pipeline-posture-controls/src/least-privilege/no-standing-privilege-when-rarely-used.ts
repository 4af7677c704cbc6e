import {
  Fact,
  FindingInstance,
  Identity,
  Stage,
} from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  defineControl,
  judge,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { judgeProductionStages } from '../approval-gates/productionStages';
import { identitiesOf, titleOf } from '../identities';
import { described } from './grants';

const EXPECTED =
  'A pipeline that runs rarely gets its strong rights when it runs, and loses them afterwards.';

/** Longer than this without a run, and standing rights serve attackers only. */
const RARE_AFTER_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

function isRare(lastRunAt: string | null, now: string): boolean {
  return (
    lastRunAt === null ||
    Date.parse(now) - Date.parse(lastRunAt) > RARE_AFTER_DAYS * DAY_MS
  );
}

function judgeStage(
  stage: Stage,
  identities: readonly Identity[],
  lastRunAt: Fact<string | null>,
  now: string,
): FindingInstance[] {
  const subject = `stage ${stage.name}`;
  if (!lastRunAt.known)
    return [cannotTell(subject, EXPECTED, lastRunAt.reason)];
  const last = lastRunAt.value;
  if (!isRare(last, now)) {
    return [
      pass({
        subject,
        observed: `The pipeline ran on ${last?.slice(
          0,
          10,
        )}, so the rights of its production identity are in use.`,
        expected: EXPECTED,
        evidence: lastRunAt.evidence,
      }),
    ];
  }
  const when =
    last === null ? 'has no known run' : `last ran on ${last.slice(0, 10)}`;
  const used = stage.units.map(unit => identitiesOf(unit, identities));
  const unread = used.flatMap(fact =>
    fact.known ? [] : [cannotTell(subject, EXPECTED, fact.reason)],
  );
  const distinct = new Map(
    used
      .flatMap(fact => (fact.known ? fact.value : []))
      .map(item => [item.id, item]),
  );
  const judged = [...distinct.values()].flatMap(identity =>
    judge(identity.grants, titleOf(identity), EXPECTED, grants => {
      const strong = grants.filter(
        ({ breadth, until }) => breadth !== 'narrow' && !until,
      );
      return {
        ok: strong.length === 0,
        observed:
          strong.length === 0
            ? `The pipeline ${when}, and the ${titleOf(
                identity,
              )} has rights on named resources only.`
            : `The pipeline ${when}, but the ${titleOf(
                identity,
              )} keeps strong rights all the time: ${described(strong)}`,
        url: identity.url,
      };
    }),
  );
  const all = [...unread, ...judged];
  return all.length > 0
    ? all
    : [
        pass({
          subject,
          observed: `The pipeline ${when}, and stage ${stage.name} uses no identity of the pipeline.`,
          expected: EXPECTED,
        }),
      ];
}

/**
 * A pipeline that deploys rarely keeps no strong rights between its runs.
 *
 * @public
 */
export const noStandingPrivilegeWhenRarelyUsed = defineControl({
  id: 'no-standing-privilege-when-rarely-used',
  title: 'A pipeline that rarely runs holds no strong rights in between',
  dimension: 'least-privilege',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['GOV-2', 'GOV-3'],
  why:
    'A pipeline for rare work, such as a yearly migration, often has the strongest rights and the least attention. ' +
    'Its identity works on all the other days too: an attacker who gets hold of it has months of quiet, since nobody looks. ' +
    'Rights that are given for the run and taken back afterwards leave nothing to use.',
  measure:
    `Looks at the identities of the stages that deploy to production when the last run is more than ${RARE_AFTER_DAYS} days ago, or there is none. ` +
    'Fails if one then has rights beyond named resources. Passes if the pipeline ran since, or if its rights are limited to named resources. ' +
    'Unknown if the last run, or the rights of an identity, cannot be read. ' +
    'Not applicable if it is known that no stage deploys to production.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-assign-roles',
      steps: [
        'Remove the standing role assignment of the service principal on the production scope.',
        'Assign the role for the time of the release only, by an approved, time-bound assignment in Privileged Identity Management or by a step that a release manager runs.',
        'Disable the service connection, or delete it, if the pipeline is not needed any more.',
      ],
      cli: `az role assignment list --assignee <application id> --all --output table
az role assignment delete --assignee <application id> --role "<role>" --scope <scope>`,
      terraform: `resource "azurerm_pim_active_role_assignment" "release" {
  scope              = azurerm_resource_group.<name>.id
  role_definition_id = "\${azurerm_resource_group.<name>.id}/providers/Microsoft.Authorization/roleDefinitions/<role id>"
  principal_id       = azuread_service_principal.<deploy>.object_id
  schedule {
    expiration {
      duration_hours = 8
    }
  }
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html',
      steps: [
        'Open the role of the production action in the IAM console and look at Access Advisor.',
        'Remove what has not been used, or narrow it to named resources.',
        'For rare work add a condition on aws:CurrentTime or a tag that is set for the release, or disable the transition into the production stage in between.',
        'Delete the pipeline and its roles if they are not needed any more.',
      ],
      cli: `aws iam generate-service-last-accessed-details --arn <role ARN>
aws codepipeline disable-stage-transition --pipeline-name <pipeline> --stage-name <stage> \\
  --transition-type Inbound --reason "Opened for releases only"`,
      terraform: `# In the statements of the deployment role's aws_iam_policy_document.
condition {
  test     = "DateLessThan"
  variable = "aws:CurrentTime"
  values   = [var.release_window_ends]
}`,
      template: {
        language: 'cloudformation',
        code: `# In each statement of the policy of the deployment role.
Condition:
  DateLessThan: { aws:CurrentTime: !Ref ReleaseWindowEnds }`,
      },
    },
  },
  needs: ['stages', 'identities', 'audit'],
  evaluate: ({ stages, identities, audit }, { pipeline }) =>
    judgeProductionStages(stages, EXPECTED, stage =>
      judgeStage(stage, identities, audit.lastRunAt, pipeline.collectedAt),
    ),
});
