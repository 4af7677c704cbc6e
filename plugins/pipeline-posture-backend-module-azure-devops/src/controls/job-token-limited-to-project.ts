import {
  defineProviderControl,
  fail,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

/** A job’s own token stays within the project. */
export const jobTokenLimitedToProject = defineProviderControl<AzureFacts>()({
  id: 'job-token-limited-to-project',
  title: 'The job token reaches no other project',
  dimension: 'least-privilege',
  severity: 'critical',
  lifecycle: 'active',
  answers: ['AZS-3', 'SAD-2', 'BP7-3'],
  why:
    'Every job gets a token, whether it asks for one or not. ' +
    'If that token is good for the whole organisation, an attacker who gets one script to run in any pipeline reads and writes the repositories of all projects.',
  measure:
    'Looks at the settings of the project and, for classic builds, at the pipeline’s own. ' +
    'Passes if the token is limited to the project, or the project is public. Fails if it is good for the whole organisation. ' +
    'Unknown if the settings cannot be read.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/process/access-tokens',
      steps: [
        'Open Organisation settings > Pipelines > Settings, or those of the project.',
        'Turn on "Limit job authorization scope to current project for non-release pipelines".',
        'Turn on the same for release pipelines.',
      ],
      cli: `az rest --method patch --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/build/generalsettings?api-version=7.1" \\
  --body '{"enforceJobAuthScope":true,"enforceJobAuthScopeForReleases":true}'`,
      terraform: `resource "azuredevops_project_pipeline_settings" "project" {
  project_id                           = azuredevops_project.<name>.id
  enforce_job_scope                    = true
  enforce_job_scope_for_release        = true
  enforce_referenced_repo_scoped_token = true
}`,
    },
  },
  needs: [],
  needsOfProvider: ['jobToken'],
  evaluate({ provider: { jobToken } }, { pipeline }) {
    const observation = {
      subject: `jobs of ${pipeline.name}`,
      observed: jobToken.projectOnly
        ? `The job token is limited to the project: ${jobToken.because}.`
        : `The job token is good for every project of the organisation: ${jobToken.because}.`,
      expected: 'The job token is limited to the project.',
      evidence: [
        {
          source: 'GET {project}/_apis/build/generalsettings',
          observed: jobToken.because,
        },
      ],
      url: pipeline.url,
    };
    return [jobToken.projectOnly ? pass(observation) : fail(observation)];
  },
});
