import { dirname, join } from 'node:path';
import { AzureOrganisation, loadAzureOrganisation } from './state';

/** The token that reads the demo organisation. */
export const CONTOSO_AZURE_TOKEN = 'contoso-demo-pat';

/** The Azure DevOps half of the demo organisation. */
export function loadContosoAzure(): AzureOrganisation {
  const here = dirname(require.resolve('pipeline-posture-estate/package.json'));
  return loadAzureOrganisation(join(here, 'contoso', 'azure-devops'));
}

/** A second, smaller organisation of the demo, where people try things out. */
export function loadContosoLabs(): AzureOrganisation {
  const here = dirname(require.resolve('pipeline-posture-estate/package.json'));
  return loadAzureOrganisation(join(here, 'contoso', 'azure-devops-labs'));
}
