import {
  cannotTell,
  defineProviderControl,
  fail,
  notApplicable,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

const EXPECTED = 'The stage deploys through an environment.';

/** A stage to production uses an environment, where its owners can put checks. */
export const productionDeploysThroughAnEnvironment =
  defineProviderControl<AzureFacts>()({
    id: 'production-deploys-through-an-environment',
    title: 'Production is deployed to through an environment',
    dimension: 'identity-separation',
    severity: 'medium',
    lifecycle: 'active',
    answers: ['GOV-5', 'AZS-5'],
    why:
      'An environment is the one place where the owners of production, and not the authors of the pipeline, decide who deploys. ' +
      'A job that deploys without one has no such place: an attacker who may change the pipeline needs nobody else.',
    measure:
      'Looks at every stage that deploys to production. Passes if it uses a deployment job with an environment. Fails if it does not. ' +
      'Unknown if the stages cannot be read, or if nothing says whether a stage is production and that would decide. Not applicable to classic pipelines, and if it is known that no stage deploys to production.',
    actor: 'service-owner',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/process/environments',
        steps: [
          'Create an environment for production under Pipelines > Environments.',
          'Turn the job into a deployment job: deployment, environment and strategy.',
          'Add an approval and a branch control to the environment.',
        ],
        terraform: `resource "azuredevops_environment" "production" {
  project_id = azuredevops_project.<project>.id
  name       = "<service>-production"
}`,
      },
    },
    needs: ['stages'],
    needsOfProvider: [],
    evaluate({ stages }, { pipeline }) {
      if (pipeline.kind !== 'azure-yaml') {
        return notApplicable('Classic pipelines have no environments.');
      }
      const deploying = stages.filter(({ deploys }) => deploys);
      const asked = deploying.filter(
        ({ tier }) => !tier.known || tier.value === 'production',
      );
      if (asked.length === 0) {
        return notApplicable(
          'No stage of this pipeline deploys to production.',
        );
      }
      const certain = asked.some(({ tier }) => tier.known);
      return asked.map(({ name, tier, environment, location, url }) => {
        const subject = `stage ${name}`;
        const through = environment !== undefined;
        // A stage that may be production counts only if its answer would not change anything.
        if (!tier.known && !(certain && through))
          return cannotTell(subject, EXPECTED, tier.reason);
        const observation = {
          subject,
          observed: through
            ? `Stage ${name} deploys through the environment ${environment}.`
            : `Stage ${name} deploys to production without an environment.`,
          expected: EXPECTED,
          evidence: location ? [{ source: 'pipeline code', location }] : [],
          url,
        };
        return through ? pass(observation) : fail(observation);
      });
    },
  });
