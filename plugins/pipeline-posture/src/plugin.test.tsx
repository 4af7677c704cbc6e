import { ApiProvider } from '@backstage/core-app-api';
import { discoveryApiRef } from '@backstage/core-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  mockApis,
  renderInTestApp,
  TestApiRegistry,
} from '@backstage/test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import { PipelinePostureClient } from 'backstage-plugin-pipeline-posture-common';
import { ReactNode } from 'react';
import { Route, Routes } from 'react-router-dom';
import { pipelinePostureApiRef } from './api';
import { postureServer } from './__testUtils__/postureServer';
import {
  aFleet,
  aPipeline,
  aPosture,
  paymentsApi,
} from './__testUtils__/postures';
import {
  EntityPipelinePostureCard,
  EntityPipelinePostureContent,
  PipelinePosturePage,
  pipelinePosturePlugin,
} from './plugin';
import { isPipelinePostureAvailable } from './availability';

const ENTITY = '/entities/component/default/payments-api';

describe('the plugin in the legacy frontend system', () => {
  const server = postureServer();

  const render = (element: ReactNode) =>
    renderInTestApp(
      <ApiProvider
        apis={TestApiRegistry.from(
          [permissionApiRef, mockApis.permission()],
          [discoveryApiRef, mockApis.discovery()],
          [
            pipelinePostureApiRef,
            new PipelinePostureClient({
              discoveryApi: mockApis.discovery(),
              fetchApi: { fetch },
            }),
          ],
        )}
      >
        <EntityProvider entity={paymentsApi}>
          <Routes>
            <Route path="/" element={element} />
          </Routes>
        </EntityProvider>
      </ApiProvider>,
      {
        mountedRoutes: {
          '/catalog/:namespace/:kind/:name': entityRouteRef,
        },
      },
    );

  it('brings its API', () => {
    expect(
      [...pipelinePosturePlugin.getApis()].map(({ api }) => api.id),
    ).toEqual(['plugin.pipeline-posture.service']);
  });

  it('shows the tab of an entity', async () => {
    server.answers(ENTITY, aPosture());
    server.answers(`${ENTITY}/history`, { trend: [], changes: [] });
    await render(<EntityPipelinePostureContent />);
    expect(await screen.findByText('Grade D · Weak')).toBeVisible();
  });

  it('shows the card of an entity', async () => {
    server.answers(ENTITY, aPosture());
    await render(<EntityPipelinePostureCard />);
    expect(
      await screen.findByRole('link', { name: 'View 1 failing control' }),
    ).toBeVisible();
  });

  it('shows the page with a header of its own', async () => {
    server.answers('/summary', aFleet());
    server.answers('/controls', { items: [] });
    server.answers('/pipelines', {
      items: [aPipeline()],
      total: 1,
      page: 1,
      size: 25,
    });
    await render(<PipelinePosturePage />);
    expect(
      await screen.findByRole('row', { name: /payments-deploy/ }),
    ).toBeVisible();
    expect(
      screen.getByRole('heading', { level: 1, name: 'Pipeline posture' }),
    ).toBeVisible();
  });
});

describe('whether something can link an entity to a pipeline', () => {
  const annotated = (annotations: Record<string, string>): Entity => ({
    ...paymentsApi,
    metadata: { ...paymentsApi.metadata, annotations },
  });

  it.each([
    'dev.azure.com/project-repo',
    'dev.azure.com/project',
    'dev.azure.com/build-definition',
    'aws.amazon.com/aws-codepipeline-arn',
    'aws.amazon.com/aws-codepipeline-tags',
    'backstage.io/source-location',
  ])('holds with the annotation %s', annotation => {
    expect(isPipelinePostureAvailable(annotated({ [annotation]: 'x' }))).toBe(
      true,
    );
  });

  it('does not hold without any', () => {
    expect(isPipelinePostureAvailable(annotated({ 'a/b': 'x' }))).toBe(false);
  });
});
