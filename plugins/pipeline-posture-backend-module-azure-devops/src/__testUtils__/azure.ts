import { AzureEstate, CONTOSO_AZURE_READER } from 'pipeline-posture-estate';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The configuration that connects a source with a running local Azure, as an operator would write it. */
export function azureSource(
  azure: AzureEstate,
  own: Record<string, unknown> = {},
): { azureResourceManager: Record<string, unknown> } {
  const file = join(mkdtempSync(join(tmpdir(), 'azure-')), 'ca.pem');
  writeFileSync(file, azure.certificate);
  return {
    azureResourceManager: {
      ...CONTOSO_AZURE_READER,
      endpoints: { ...azure.urls, certificateAuthorityFile: file },
      ...own,
    },
  };
}
