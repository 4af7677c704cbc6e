import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContosoAzure } from '../contoso';
import { loadAzureOrganisation } from './load';

const folderWith = (files: Record<string, string>) => {
  const folder = mkdtempSync(join(tmpdir(), 'estate-'));
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, name), text);
  return folder;
};

const ORGANISATION = 'organisation: shop\ntokens: [{ token: abc }]\n';

describe('reading a declared organisation', () => {
  it('names the file and the place of a word that it does not know', () => {
    const folder = folderWith({
      'organisation.yaml': ORGANISATION,
      'web.yaml':
        'name: Web\nenvironments:\n  - { id: 1, name: production, acess: {} }\n',
    });
    expect(() => loadAzureOrganisation(folder)).toThrow(
      /web\.yaml: environments\.0: .*acess/,
    );
  });

  it('names the file whose YAML is broken', () => {
    const folder = folderWith({ 'organisation.yaml': 'organisation: [' });
    expect(() => loadAzureOrganisation(folder)).toThrow(/organisation\.yaml/);
  });

  it('reads the demo organisation with the files of its repositories', () => {
    const payments = loadContosoAzure().projects.find(
      each => each.name === 'Payments',
    );
    expect(Object.keys(payments?.repositories[0].files ?? {})).toEqual([
      '/azure-pipelines.yml',
      '/ci/azure-pipelines-ci.yml',
    ]);
  });
});
