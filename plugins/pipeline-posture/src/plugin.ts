import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createCardExtension } from '@backstage/plugin-home-react';
import {
  createSearchResultListItemExtension,
  SearchResultListItemExtensionProps,
} from '@backstage/plugin-search-react';
import { PipelinePostureClient } from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from './api';
import { FIX_THESE_FIRST, MY_PIPELINES } from './components/home/widgets';
import { SearchResultItemProps } from './components/searchResults';
import { CONTROL_TYPE, PIPELINE_TYPE } from './components/searchResults/types';
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

/**
 * Home-page widget: how the pipelines do of what the viewer owns. For `HomepageCompositionRoot`.
 *
 * @public
 */
export const HomePagePipelinePostureMine = pipelinePosturePlugin.provide(
  createCardExtension<object>(MY_PIPELINES),
);

/**
 * Home-page widget: what fails most often in the pipelines of what the viewer owns.
 *
 * @public
 */
export const HomePagePipelinePostureFixFirst = pipelinePosturePlugin.provide(
  createCardExtension<object>(FIX_THESE_FIRST),
);

/**
 * A pipeline that Backstage's search has found. Put it into `SearchResult` on the search page.
 *
 * @public
 */
export const PipelineSearchResultListItem: (
  props: SearchResultListItemExtensionProps<SearchResultItemProps>,
) => JSX.Element | null = pipelinePosturePlugin.provide(
  createSearchResultListItemExtension({
    name: 'PipelineSearchResultListItem',
    component: () =>
      import('./components/searchResults').then(
        m => m.PipelineSearchResultListItem,
      ),
    predicate: result => result.type === PIPELINE_TYPE,
  }),
);

/**
 * A control that Backstage's search has found. Put it into `SearchResult` on the search page.
 *
 * @public
 */
export const ControlSearchResultListItem: (
  props: SearchResultListItemExtensionProps<SearchResultItemProps>,
) => JSX.Element | null = pipelinePosturePlugin.provide(
  createSearchResultListItemExtension({
    name: 'ControlSearchResultListItem',
    component: () =>
      import('./components/searchResults').then(
        m => m.ControlSearchResultListItem,
      ),
    predicate: result => result.type === CONTROL_TYPE,
  }),
);
