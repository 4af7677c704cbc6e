import {
  defineProviderControl,
  fail,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

/** The pipeline is kept in a file that is reviewed like any other. */
export const pipelineIsCode = defineProviderControl<AzureFacts>()({
  id: 'pipeline-is-code',
  title: 'The pipeline is code',
  dimension: 'tamper-resistance',
  severity: 'low',
  lifecycle: 'active',
  answers: ['AZS-7', 'GOV-8', 'BP7-1'],
  why:
    'What stands in a file is reviewed, versioned and can be held to rules. ' +
    'A classic pipeline is changed by clicking: an attacker, or a mistake, leaves no pull request behind.',
  measure:
    'Passes if the pipeline is kept in YAML. Fails if it is a classic build or release. Unknown if the stages cannot be read.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/migrate/from-classic-pipelines',
      steps: [
        'Open the classic pipeline and choose "Export to YAML".',
        'Add the file to the repository and create a pipeline from it.',
        'For releases: turn stages into deployment jobs with environments.',
        'Disable the classic pipeline.',
      ],
      cli: `az pipelines create --project <project> --name <pipeline> --repository <repository> --repository-type tfsgit \\
  --branch main --yml-path azure-pipelines.yml --skip-first-run true`,
      terraform: `resource "azuredevops_build_definition" "pipeline" {
  project_id = azuredevops_project.<project>.id
  name       = "<pipeline>"
  ci_trigger {
    use_yaml = true
  }
  repository {
    repo_type   = "TfsGit"
    repo_id     = azuredevops_git_repository.<repository>.id
    branch_name = "refs/heads/main"
    yml_path    = "azure-pipelines.yml"
  }
}`,
    },
  },
  needs: ['stages'],
  needsOfProvider: [],
  evaluate(_facts, { pipeline }) {
    const observation = {
      subject: `pipeline ${pipeline.name}`,
      observed:
        pipeline.kind === 'azure-yaml'
          ? 'The pipeline is kept in YAML.'
          : 'The pipeline is a classic one, kept outside of any repository.',
      expected: 'The pipeline is kept in YAML.',
      url: pipeline.url,
    };
    return [
      pipeline.kind === 'azure-yaml' ? pass(observation) : fail(observation),
    ];
  },
});
