import {
  cannotTell,
  defineProviderControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

const EXPECTED =
  'Only pipelines that extend a given template get to production.';

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
      'Looks at every stage that deploys to production. Passes if an effective "Required template" check stands on its environment or service connection. Fails if none does. ' +
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
        const judged = judge(gates, subject, EXPECTED, all => {
          const templates = all.filter(
            ({ kind, effective }) => kind === 'required-template' && effective,
          );
          return {
            ok: templates.length > 0,
            observed:
              templates.length > 0
                ? `Stage ${name} requires a template (${templates
                    .map(({ on }) => on)
                    .join(', ')}).`
                : `Nothing that stage ${name} deploys with requires a template.`,
            url,
          };
        });
        const passes = judged.every(({ status }) => status === 'pass');
        return tier.known || (certain && passes)
          ? judged
          : [cannotTell(subject, EXPECTED, tier.reason)];
      });
    },
  });
