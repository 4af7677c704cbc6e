import {
  coreExtensionData,
  createFrontendModule,
  FrontendModule,
} from '@backstage/frontend-plugin-api';
import { CatalogTable } from '@backstage/plugin-catalog';
import catalogPlugin, {
  CatalogIndexPage,
} from '@backstage/plugin-catalog/alpha';
import { Fragment } from 'react';
import { createPipelineGradeColumn } from '../catalog/gradeColumn';
import { exportConfigDataRef, exportSettingsOf } from './exportSettings';

/** The catalog's own page takes no columns from other plugins, so it is drawn anew with one more. */
const page = catalogPlugin.getExtension('page:catalog').override({
  factory: (original, { config, inputs }) =>
    original({
      params: {
        loader: async () => (
          <CatalogIndexPage
            pagination={config.pagination}
            exportSettings={exportSettingsOf(
              config.exportSettings,
              inputs.exportConfig.map(one => one.get(exportConfigDataRef)),
            )}
            filters={inputs.filters.map(filter => (
              <Fragment key={filter.node.spec.id}>
                {filter.get(coreExtensionData.reactElement)}
              </Fragment>
            ))}
            columns={context => [
              ...CatalogTable.defaultColumnsFunc(context),
              createPipelineGradeColumn(),
            ]}
          />
        ),
      },
    }),
});

/**
 * Adds the grade of an entity's pipelines as a column to the catalog's list. It replaces the page of the catalog, so
 * install it only where nothing else does: `createApp({ features: [pipelineGradeColumnModule] })`.
 *
 * @alpha
 */
export const pipelineGradeColumnModule: FrontendModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [page],
});
