import { createExtensionDataRef } from '@backstage/frontend-plugin-api';
import { CatalogExportSettings } from '@backstage/plugin-catalog/alpha';

/** What plugins say about the catalog's export. The catalog's own reference is not exported; its id is the contract. */
export const exportConfigDataRef = createExtensionDataRef<
  Partial<CatalogExportSettings>
>().with({ id: 'catalog.export-customization' });

/**
 * Joins the configuration of the catalog's export with what plugins add, as the catalog's own page does.
 *
 * @returns undefined where the export is not switched on
 */
export function exportSettingsOf(
  configured:
    | Pick<CatalogExportSettings, 'enabled' | 'disableBuiltinExporters'>
    | undefined,
  added: ReadonlyArray<Partial<CatalogExportSettings> | undefined>,
): CatalogExportSettings | undefined {
  if (!configured?.enabled) return undefined;
  const parts = added.filter(part => part !== undefined);
  const first = <K extends 'columns' | 'onSuccess' | 'onError'>(key: K) =>
    parts.find(part => part[key] !== undefined)?.[key];
  return {
    ...configured,
    exporters: Object.assign({}, ...parts.map(part => part.exporters)),
    columns: first('columns'),
    onSuccess: first('onSuccess'),
    onError: first('onError'),
  };
}
