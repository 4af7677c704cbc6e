import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  createExtension,
  coreExtensionData,
} from '@backstage/frontend-plugin-api';
import { screen } from '@testing-library/react';
import plugin from '../../alpha';
import { postureServer } from '../../__testUtils__/postureServer';
import { someFacets } from '../../__testUtils__/about';
import { aControl, aFleet } from '../../__testUtils__/postures';
import { FixTheseFirst } from './FixTheseFirst';
import { MyPipelines } from './MyPipelines';

const page = createExtension({
  name: 'widgets',
  attachTo: { id: 'app/routes', input: 'routes' },
  output: [coreExtensionData.routePath, coreExtensionData.reactElement],
  factory: () => [
    coreExtensionData.routePath('/'),
    coreExtensionData.reactElement(
      <>
        <MyPipelines />
        <FixTheseFirst />
      </>,
    ),
  ],
});

describe('the widgets of the home page', () => {
  const server = postureServer();
  const open = (
    ownershipEntityRefs = ['user:default/olivia', 'group:default/payments'],
  ) =>
    renderTestApp({
      apis: [
        mockApis.discovery(),
        mockApis.permission(),
        mockApis.identity({ ownershipEntityRefs }),
      ],
      features: [plugin],
      extensions: [page],
      initialRouteEntries: ['/'],
    });

  it('count the pipelines of what the viewer owns, and lead to exactly those', async () => {
    server.answers('/summary', aFleet());
    server.answers('/controls', { items: [aControl()] });
    open();
    expect(await screen.findByText(/\d+ of 4 pipelines comply/)).toBeVisible();
    expect(
      screen.getByRole('link', { name: /Show all 4 pipelines/ }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('owner=group%3Adefault%2Fpayments'),
    );
    expect(server.asked()).toContain(
      '/summary?owner=group%3Adefault%2Fpayments',
    );
    expect(
      await screen.findByRole('link', {
        name: /No identity of the pipeline is an administrator/,
      }),
    ).toHaveAttribute('href', expect.stringContaining('status=failing'));
  });

  it('ask for the groups alone that own pipelines, however many the viewer is in', async () => {
    server.answers('/summary', aFleet());
    server.answers('/controls', { items: [aControl()] });
    open([
      ...Array.from({ length: 3000 }, (_, n) => `group:default/g${n}`),
      'group:default/payments',
    ]);
    expect(await screen.findByText(/\d+ of 4 pipelines comply/)).toBeVisible();
    expect(server.asked()).toContain(
      '/summary?owner=group%3Adefault%2Fpayments',
    );
  });

  it('find groups that own few pipelines among very many that own more', async () => {
    const others = Array.from({ length: 500 }, (_, n) => ({
      value: `group:default/g${n}`,
      count: 9,
    }));
    server.answers('/facets', url => ({
      ...someFacets(),
      owner: [
        ...others,
        ...(url.searchParams.getAll('owner').includes('group:default/payments')
          ? [{ value: 'group:default/payments', count: 1 }]
          : []),
      ],
    }));
    server.answers('/summary', aFleet());
    server.answers('/controls', { items: [aControl()] });
    open();
    expect(await screen.findByText(/\d+ of 4 pipelines comply/)).toBeVisible();
    expect(server.asked()).toContain(
      '/summary?owner=group%3Adefault%2Fpayments',
    );
  });

  it('do not take everything for what somebody owns who can own nothing', async () => {
    server.answers('/summary', aFleet());
    open([]);
    expect(
      await screen.findByText('Nothing that you own is linked to a pipeline.'),
    ).toBeVisible();
    expect(
      screen.getByText('Nothing fails in the pipelines of what you own.'),
    ).toBeVisible();
    expect(server.asked()).not.toContain('/summary');
  });

  it('say that there is nothing', async () => {
    server.answers('/summary', aFleet({ pipelines: 0, controls: [] }));
    open();
    expect(
      await screen.findByText('Nothing that you own is linked to a pipeline.'),
    ).toBeVisible();
    expect(
      screen.getByText('Nothing fails in the pipelines of what you own.'),
    ).toBeVisible();
  });
});
