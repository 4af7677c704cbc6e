import { Control } from 'backstage-plugin-pipeline-posture-node';
import { agentPoolNotSharedAcrossProjects } from './agent-pool-not-shared-across-projects';
import { agentPoolOpenToAllPipelines } from './agent-pool-open-to-all-pipelines';
import { buildServiceCannotWriteRepository } from './build-service-cannot-write-repository';
import { classicPipelinesCannotBeCreated } from './classic-pipelines-cannot-be-created';
import { environmentOpenToAllPipelines } from './environment-open-to-all-pipelines';
import { jobTokenLimitedToProject } from './job-token-limited-to-project';
import { jobTokenLimitedToReferencedRepositories } from './job-token-limited-to-referenced-repositories';
import { jobTokenNotExposedToScripts } from './job-token-not-exposed-to-scripts';
import { pipelineIsCode } from './pipeline-is-code';
import { productionDeploysThroughAnEnvironment } from './production-deploys-through-an-environment';
import { pushesWithSecretsAreBlocked } from './pushes-with-secrets-are-blocked';
import { repositoryOpenToAllPipelines } from './repository-open-to-all-pipelines';
import { requiredTemplateOnProductionResources } from './required-template-on-production-resources';
import { secretGroupsAreLinkedWhereUsed } from './secret-groups-are-linked-where-used';
import { secretsLiveInKeyVault } from './secrets-live-in-key-vault';
import { secureFileOpenToAllPipelines } from './secure-file-open-to-all-pipelines';
import { serviceConnectionOpenToAllPipelines } from './service-connection-open-to-all-pipelines';
import { serviceConnectionRolesAreNarrow } from './service-connection-roles-are-narrow';
import { shellArgumentsAreValidated } from './shell-arguments-are-validated';
import { templateSourceIsProtected } from './template-source-is-protected';
import { variableGroupOpenToAllPipelines } from './variable-group-open-to-all-pipelines';

/** Controls that only Azure DevOps has, in the order in which people see them. */
export const azureDevOpsControls: readonly Control[] = [
  serviceConnectionOpenToAllPipelines,
  environmentOpenToAllPipelines,
  variableGroupOpenToAllPipelines,
  secureFileOpenToAllPipelines,
  repositoryOpenToAllPipelines,
  agentPoolOpenToAllPipelines,
  agentPoolNotSharedAcrossProjects,
  serviceConnectionRolesAreNarrow,
  jobTokenLimitedToProject,
  jobTokenLimitedToReferencedRepositories,
  jobTokenNotExposedToScripts,
  buildServiceCannotWriteRepository,
  pushesWithSecretsAreBlocked,
  secretsLiveInKeyVault,
  secretGroupsAreLinkedWhereUsed,
  productionDeploysThroughAnEnvironment,
  requiredTemplateOnProductionResources,
  templateSourceIsProtected,
  classicPipelinesCannotBeCreated,
  pipelineIsCode,
  shellArgumentsAreValidated,
];
