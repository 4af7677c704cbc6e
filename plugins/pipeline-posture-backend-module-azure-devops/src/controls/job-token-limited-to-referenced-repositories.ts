import {
  cannotTell,
  defineProviderControl,
  fail,
  notApplicable,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';
import { NOT_OFFERED } from './settings';

const EXPECTED =
  'The job token reads only the repositories that the code names.';

/** A job’s own token reads only the repositories that the pipeline names. */
export const jobTokenLimitedToReferencedRepositories =
  defineProviderControl<AzureFacts>()({
    id: 'job-token-limited-to-referenced-repositories',
    title: 'The job token reads only repositories that the code names',
    dimension: 'least-privilege',
    severity: 'high',
    lifecycle: 'active',
    answers: ['AZS-3', 'SAD-2', 'BP7-3'],
    why:
      'Within a project the job token reads every repository unless it is limited. ' +
      'An attacker who gets one script to run clones all of them, and finds secrets and further targets in the code of others.',
    measure:
      'Looks at the setting of the project. Passes if access is limited to repositories that the YAML names. Fails if it is not. ' +
      'Unknown if the setting cannot be read. Not applicable to classic pipelines, which have no such list.',
    actor: 'platform-team',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/security/secure-access-to-repos',
        steps: [
          'Open Project settings > Pipelines > Settings.',
          'Turn on "Protect access to repositories in YAML pipelines".',
          'Name the repositories that a pipeline needs under resources or uses.',
        ],
        cli: `az rest --method patch --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/build/generalsettings?api-version=7.1" \\
  --body '{"enforceReferencedRepoScopedToken":true}'`,
        terraform: `resource "azuredevops_project_pipeline_settings" "project" {
  project_id = azuredevops_project.<project>.id
  enforce_referenced_repo_scoped_token = true
}`,
      },
    },
    needs: [],
    needsOfProvider: ['settings'],
    evaluate({ provider: { settings } }, { pipeline }) {
      if (pipeline.kind !== 'azure-yaml') {
        return notApplicable(
          'A classic pipeline has no list of repositories in code.',
        );
      }
      const on = settings.enforceReferencedRepoScopedToken;
      if (on === undefined)
        return [
          cannotTell(`project of ${pipeline.name}`, EXPECTED, NOT_OFFERED),
        ];
      const observation = {
        subject: `project of ${pipeline.name}`,
        observed: on
          ? 'The job token reads only the repositories that the code names.'
          : 'The job token reads every repository of the project.',
        expected: EXPECTED,
        evidence: [{ source: 'GET {project}/_apis/build/generalsettings' }],
      };
      return [on ? pass(observation) : fail(observation)];
    },
  });
