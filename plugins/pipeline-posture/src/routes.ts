import { createRouteRef } from '@backstage/core-plugin-api';

/**
 * The page with all pipelines.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'pipeline-posture' });

/**
 * The tab of an entity.
 *
 * @public
 */
export const entityContentRouteRef = createRouteRef({
  id: 'pipeline-posture:entity',
});

/**
 * Where the tab is mounted on an entity's page. Links from other pages count on it, because a route of an entity's page
 * cannot be resolved from outside of it.
 *
 * @public
 */
export const ENTITY_CONTENT_PATH = '/pipeline-posture';
