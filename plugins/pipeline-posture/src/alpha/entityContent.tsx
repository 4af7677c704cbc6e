import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { ENTITY_CONTENT_PATH, entityContentRouteRef } from '../routes';

/** The tab. It is not in a group, so that it stays one click away; `group` can be configured. @alpha */
export const entityPipelinePostureContent = EntityContentBlueprint.make({
  params: {
    path: ENTITY_CONTENT_PATH,
    title: 'Pipeline posture',
    routeRef: entityContentRouteRef,
    filter: {
      kind: { $in: ['component', 'resource', 'system', 'domain', 'group'] },
    },
    loader: () =>
      import('../components/EntityContent').then(m => <m.EntityContent />),
  },
});
