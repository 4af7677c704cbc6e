import { createDevApp } from '@backstage/dev-utils';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  CatalogTable,
  catalogPlugin,
  EntityAboutCard,
  EntityLayout,
} from '@backstage/plugin-catalog';
import { DefaultFilters } from '@backstage/plugin-catalog-react';
import Grid from '@material-ui/core/Grid';
import {
  createPipelineGradeColumn,
  EntityPipelineCompliancePicker,
  EntityPipelineGradePicker,
  EntityPipelinePostureCard,
  EntityPipelinePostureContent,
  isPipelinePostureAvailable,
  PipelinePosturePage,
  pipelinePosturePlugin,
} from '../../src';

const entityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <Grid container spacing={3}>
        <Grid item md={6} xs={12}>
          <EntityAboutCard />
        </Grid>
        <Grid item md={6} xs={12}>
          <EntityPipelinePostureCard />
        </Grid>
      </Grid>
    </EntityLayout.Route>
    <EntityLayout.Route
      path="/pipeline-posture"
      title="Pipeline posture"
      if={entity =>
        entity.kind !== 'Component' || isPipelinePostureAvailable(entity)
      }
    >
      <EntityPipelinePostureContent />
    </EntityLayout.Route>
  </EntityLayout>
);

const catalogPage = (
  <CatalogIndexPage
    pagination
    filters={
      <>
        <DefaultFilters />
        <EntityPipelineCompliancePicker />
        <EntityPipelineGradePicker />
      </>
    }
    columns={context => [
      ...CatalogTable.defaultColumnsFunc(context),
      createPipelineGradeColumn(),
    ]}
  />
);

createDevApp()
  .setAvailableLanguages(['en', 'de'])
  .registerPlugin(catalogPlugin, pipelinePosturePlugin)
  .addPage({ path: '/catalog', title: 'Catalog', element: catalogPage })
  .addPage({
    path: '/catalog/:namespace/:kind/:name',
    element: <CatalogEntityPage />,
    children: entityPage,
  })
  .addPage({
    path: '/pipeline-posture',
    title: 'Pipeline posture',
    element: <PipelinePosturePage />,
  })
  .render();
