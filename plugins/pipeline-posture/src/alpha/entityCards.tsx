import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';

const present = { $exists: true } as const;

/** The card on the overview of entities that something can link to a pipeline. @alpha */
export const entityPipelinePostureCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: {
      $all: [
        { kind: { $in: ['component', 'resource'] } },
        {
          // The same annotations as in `isPipelinePostureAvailable`, in the form that an adopter can repeat in app-config.
          $any: [
            { 'metadata.annotations.dev.azure.com/project-repo': present },
            { 'metadata.annotations.dev.azure.com/project': present },
            { 'metadata.annotations.dev.azure.com/build-definition': present },
            {
              'metadata.annotations.aws.amazon.com/aws-codepipeline-arn':
                present,
            },
            {
              'metadata.annotations.aws.amazon.com/aws-codepipeline-tags':
                present,
            },
            { 'metadata.annotations.backstage.io/source-location': present },
          ],
        },
      ],
    },
    loader: () =>
      import('../components/OverviewCard').then(m => <m.OverviewCard />),
  },
});
