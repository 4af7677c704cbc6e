import { CatalogFilterBlueprint } from '@backstage/plugin-catalog-react/alpha';

/** @alpha */
export const pipelineComplianceFilter = CatalogFilterBlueprint.make({
  name: 'compliance',
  params: {
    loader: () =>
      import('../catalog').then(m => <m.EntityPipelineCompliancePicker />),
  },
});

/** @alpha */
export const pipelineGradeFilter = CatalogFilterBlueprint.make({
  name: 'grade',
  params: {
    loader: () =>
      import('../catalog').then(m => <m.EntityPipelineGradePicker />),
  },
});
