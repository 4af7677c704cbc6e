import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { LINKING_ANNOTATIONS } from '../linkingAnnotations';

const linked = {
  $all: [
    { kind: { $in: ['component', 'resource'] } },
    {
      $any: LINKING_ANNOTATIONS.map(annotation => ({
        [`metadata.annotations.${annotation}`]: { $exists: true },
      })),
    },
  ],
};

/** The card on the overview of entities that something can link to a pipeline. @alpha */
export const entityPipelinePostureCard = EntityCardBlueprint.make({
  params: {
    type: 'content',
    filter: linked,
    loader: () =>
      import('../components/OverviewCard').then(m => <m.OverviewCard />),
  },
});
