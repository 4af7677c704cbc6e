import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { PipelinePostureClient } from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from './api';
import { entityContentRouteRef, rootRouteRef } from './routes';

/**
 * The plugin for apps of the legacy frontend system.
 *
 * @public
 */
export const pipelinePosturePlugin = createPlugin({
  id: 'pipeline-posture',
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  apis: [
    createApiFactory({
      api: pipelinePostureApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new PipelinePostureClient({ discoveryApi, fetchApi }),
    }),
  ],
});

/**
 * The page with all pipelines that the viewer may see.
 *
 * @public
 */
export const PipelinePosturePage: () => JSX.Element =
  pipelinePosturePlugin.provide(
    createRoutableExtension({
      name: 'PipelinePosturePage',
      component: () =>
        import('./components/PosturePage').then(m => m.LegacyPosturePage),
      mountPoint: rootRouteRef,
    }),
  );

/**
 * The tab on an entity's page. Mount it at `/pipeline-posture`.
 *
 * @public
 */
export const EntityPipelinePostureContent: () => JSX.Element =
  pipelinePosturePlugin.provide(
    createRoutableExtension({
      name: 'EntityPipelinePostureContent',
      component: () =>
        import('./components/EntityContent').then(m => m.EntityContent),
      mountPoint: entityContentRouteRef,
    }),
  );

/**
 * The card on an entity's overview.
 *
 * @public
 */
export const EntityPipelinePostureCard: () => JSX.Element | null =
  pipelinePosturePlugin.provide(
    createComponentExtension({
      name: 'EntityPipelinePostureCard',
      component: {
        lazy: () =>
          import('./components/OverviewCard').then(m => m.OverviewCard),
      },
    }),
  );
