import {
  FindingInstance,
  Gate,
  Stage,
} from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  defineProviderControl,
  fail,
  notApplicable,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

const EXPECTED =
  'Only pipelines that extend a given template get to production.';

function judgeStage(
  { name, url }: Pick<Stage, 'name' | 'url'>,
  gates: Gate[],
): FindingInstance {
  const subject = `stage ${name}`;
  const templates = gates.filter(
    ({ kind, effective }) => kind === 'required-template' && effective,
  );
  const firm = templates.filter(
    ({ canBeSkipped }) => canBeSkipped.known && !canBeSkipped.value,
  );
  const places = (all: Gate[]) => all.map(({ on }) => on).join(', ');
  if (firm.length > 0) {
    return pass({
      subject,
      observed: `Stage ${name} requires a template (${places(firm)}).`,
      expected: EXPECTED,
      url,
    });
  }
  const facts = templates.map(({ canBeSkipped }) => canBeSkipped);
  const unread = facts.find(each => !each.known);
  if (unread && !unread.known)
    return cannotTell(subject, EXPECTED, unread.reason);
  const evidence = facts.flatMap(each => (each.known ? each.evidence : []));
  return fail({
    subject,
    observed:
      templates.length > 0
        ? `Stage ${name} requires a template (${places(templates)}), but ${
            evidence[0]?.observed ?? 'it can be gone around'
          }.`
        : `Nothing that stage ${name} deploys with requires a template.`,
    expected: EXPECTED,
    evidence,
    url,
  });
}

/** What deploys to production must extend a template that its builders cannot change. */
export const requiredTemplateOnProductionResources =
  defineProviderControl<AzureFacts>()({
    id: 'required-template-on-production-resources',
    title: 'Production requires a template',
    dimension: 'tamper-resistance',
    severity: 'high',
    lifecycle: 'active',
    answers: ['AZS-7', 'BP7-2'],
    why:
      'A required template is the only check that looks at what a pipeline does, and not only at who runs it. ' +
      'Without it an attacker who may change the pipeline takes out the scans and adds steps of their own; approvers see the same button as ever.',
    measure:
      'Looks at every stage that deploys to production. Passes if an effective "Required template" check stands on every service connection that it deploys with, or on its environment where it deploys without one. ' +
      'Fails if there is none, or if one of the connections can be used without it. ' +
      'Unknown if the checks cannot be read, or if nothing says whether a stage is production and that would decide. Not applicable to classic pipelines, and if it is known that no stage deploys to production.',
    actor: 'platform-team',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/security/templates',
        steps: [
          'Keep a template with the mandatory steps in a protected repository.',
          'Open the production environment, then Approvals and checks, and add "Required template" with it.',
          'Do the same on the service connection.',
        ],
        cli: `az rest --method get --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/checks/configurations?resourceType=environment&resourceId=<environment id>&\\$expand=settings&api-version=7.1-preview.1"`,
        terraform: `resource "azuredevops_check_required_template" "production" {
  project_id           = azuredevops_project.<name>.id
  target_resource_id   = azuredevops_environment.production.id
  target_resource_type = "environment"
  required_template {
    repository_type = "azuregit"
    repository_name = "<project>/<template repository>"
    repository_ref  = "refs/heads/main"
    template_path   = "<template>.yml"
  }
}`,
      },
    },
    needs: ['stages'],
    needsOfProvider: [],
    evaluate({ stages }, { pipeline }) {
      if (pipeline.kind !== 'azure-yaml') {
        return notApplicable('Classic pipelines cannot extend templates.');
      }
      const asked = stages.filter(
        ({ deploys, tier }) =>
          deploys && (!tier.known || tier.value === 'production'),
      );
      if (asked.length === 0) {
        return notApplicable(
          'No stage of this pipeline deploys to production.',
        );
      }
      const certain = asked.some(({ tier }) => tier.known);
      return asked.flatMap(({ name, tier, gates, url }) => {
        const subject = `stage ${name}`;
        const judged = gates.known
          ? [judgeStage({ name, url }, gates.value)]
          : [cannotTell(subject, EXPECTED, gates.reason)];
        const passes = judged.every(({ status }) => status === 'pass');
        return tier.known || (certain && passes)
          ? judged
          : [cannotTell(subject, EXPECTED, tier.reason)];
      });
    },
  });
