import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiShieldCheckLine } from '@remixicon/react';
import { rootRouteRef } from '../routes';

/** The page with all pipelines; its title and icon are the item in the sidebar. @alpha */
export const pipelinePosturePage = PageBlueprint.make({
  params: {
    path: '/pipeline-posture',
    title: 'Pipeline posture',
    icon: <RiShieldCheckLine />,
    routeRef: rootRouteRef,
    loader: () =>
      import('../components/PosturePage').then(m => <m.PosturePage />),
  },
});
