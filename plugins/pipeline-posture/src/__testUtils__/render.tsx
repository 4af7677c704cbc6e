import { Entity } from '@backstage/catalog-model';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import plugin from '../alpha';
import { paymentsApi } from './postures';

const apis = () => [mockApis.discovery(), mockApis.permission()] as const;

/** The tab of an entity, as the plugin brings it into an app. */
export function renderTab(options: { entity?: Entity; search?: string } = {}) {
  const { entity = paymentsApi, search = '' } = options;
  return renderTestApp({
    apis: apis(),
    extensions: [
      createTestEntityPage({ entity }),
      plugin.getExtension('entity-content:pipeline-posture'),
      plugin.getExtension('api:pipeline-posture'),
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    initialRouteEntries: [`/${search}`],
  });
}

/** The card of an entity's overview. */
export function renderCard(entity: Entity = paymentsApi) {
  return renderTestApp({
    apis: apis(),
    extensions: [
      createTestEntityPage({ entity }),
      plugin.getExtension('entity-card:pipeline-posture'),
      plugin.getExtension('api:pipeline-posture'),
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

/** The plugin's page. */
export function renderPage(path = '/pipeline-posture') {
  return renderTestApp({
    apis: apis(),
    features: [plugin],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    initialRouteEntries: [path],
  });
}
