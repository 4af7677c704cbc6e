import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { CatalogTable } from '@backstage/plugin-catalog';
import catalogPlugin, {
  CatalogIndexPage,
} from '@backstage/plugin-catalog/alpha';
import { createPipelineGradeColumn } from 'backstage-plugin-pipeline-posture';
import { Fragment } from 'react';

/** The catalog's page takes no columns from other plugins, so the app overrides the page. */
const page = catalogPlugin.getExtension('page:catalog').override({
  factory: (original, { inputs }) =>
    original({
      params: {
        loader: async () => (
          <CatalogIndexPage
            pagination
            filters={
              <>
                {inputs.filters.map(filter => (
                  <Fragment key={filter.node.spec.id}>
                    {filter.get(coreExtensionData.reactElement)}
                  </Fragment>
                ))}
              </>
            }
            columns={context => [
              // The demo has no tags, and the list no room for an empty column.
              ...CatalogTable.defaultColumnsFunc(context).filter(
                column => column.field !== 'entity.metadata.tags',
              ),
              createPipelineGradeColumn(),
            ]}
          />
        ),
      },
    }),
});

/** The catalog, with the grade of each entity's pipelines in its list. */
export const catalogWithGrade = catalogPlugin.withOverrides({
  extensions: [page],
});
