import { dirname, join } from 'node:path';
import { AzureTenant, loadAzureTenant } from './state';

/** The application that reads the demo organisation's Azure, and its secret, which opens nothing else. */
export const CONTOSO_AZURE_READER = {
  tenantId: '9188040d-6c67-4c5b-b112-36a304b66da1',
  clientId: '3f5a0001-0000-4000-8000-00000000a900',
  clientSecret: 'contoso-demo-reader',
} as const;

/** The directory and the subscriptions of the demo organisation. */
export function loadContosoTenant(): AzureTenant {
  const here = dirname(require.resolve('pipeline-posture-estate/package.json'));
  return loadAzureTenant(join(here, 'contoso', 'azure', 'tenant.yaml'));
}
