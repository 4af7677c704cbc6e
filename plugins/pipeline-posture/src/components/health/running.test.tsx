import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RunView, ScopeView } from 'backstage-plugin-pipeline-posture-common';
import { anAbout } from '../../__testUtils__/about';
import { postureServer } from '../../__testUtils__/postureServer';
import { renderPage } from '../../__testUtils__/render';

const aScope = (over: Partial<ScopeView> = {}): ScopeView => ({
  id: 's1',
  provider: 'azure-devops',
  title: 'Azure DevOps contoso, project Logistics',
  sourceId: 'contoso',
  state: 'ok',
  pipelines: 312,
  nextRunAt: '2026-11-21T12:00:00.000Z',
  ...over,
});

const running = aScope({
  state: 'running',
  lastRun: {
    id: 'r1',
    scopeId: 's1',
    scopeTitle: 'Azure DevOps contoso, project Logistics',
    status: 'running',
    trigger: 'schedule',
    startedAt: '2026-11-21T08:00:00.000Z',
    pipelinesDone: 199,
    pipelinesTotal: 312,
    problems: [],
  } as RunView,
});

describe('a run of the collector', () => {
  const server = postureServer();
  const empty = { items: [], total: 0, page: 1, size: 25 };
  beforeEach(() => {
    server.answers('/runs', empty);
    server.answers('/pipelines', empty);
  });

  it('is started from the page', async () => {
    server.answers('/scopes', { items: [aScope()] });
    server.answers('/scopes/:id/run', {}, { method: 'post' });
    renderPage('/pipeline-posture/health');
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Run now: Azure DevOps contoso, project Logistics',
      }),
    );
    await waitFor(() => expect(server.asked()).toContain('/scopes/s1/run'));
  });

  it('says how far it is, for eyes and ears', async () => {
    server.answers('/scopes', { items: [running] });
    renderPage('/pipeline-posture/health');
    const bar = await screen.findByRole('progressbar', {
      name: 'Collecting now',
    });
    expect(bar).toHaveAttribute('aria-valuenow', '63');
    expect(bar).toHaveAttribute('aria-valuemin', '0');
    expect(bar).toHaveAttribute('aria-valuemax', '100');
    expect(bar).toHaveAttribute('aria-valuetext', '63 %, 199 of 312 pipelines');
    expect(screen.getByText('60 % collected')).toHaveAttribute(
      'role',
      'status',
    );
  });

  it('hides no source that fails while it is tried again', async () => {
    const lastFinishedRun: RunView = {
      ...(running.lastRun as RunView),
      id: 'r0',
      status: 'failed',
      error: 'AccessDenied on sts:AssumeRole',
    };
    server.answers('/scopes', {
      items: [{ ...running, standing: 'failing', lastFinishedRun }],
    });
    renderPage('/pipeline-posture/health');
    expect(
      await screen.findByText('Needs attention: 1 source is failing.'),
    ).toBeVisible();
    expect(screen.getByText(/AccessDenied on sts:AssumeRole/)).toBeVisible();
  });

  it('is stopped from the page', async () => {
    server.answers('/scopes', { items: [running] });
    server.answers('/scopes/:id/stop', {}, { method: 'post' });
    renderPage('/pipeline-posture/health');
    await userEvent.click(await screen.findByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(server.asked()).toContain('/scopes/s1/stop'));
  });

  it('is nobody’s to start who may not', async () => {
    server.answers('/scopes', { items: [aScope()] });
    server.answers(
      '/about',
      anAbout({ may: { ...anAbout().may, runCollector: false } }),
    );
    renderPage('/pipeline-posture/health');
    await screen.findByRole('heading', { name: 'Projects and accounts' });
    expect(
      screen.queryByRole('button', { name: /Run/ }),
    ).not.toBeInTheDocument();
  });

  it('names annotations that lead nowhere, and sources that cannot be listed', async () => {
    server.answers('/scopes', { items: [aScope()] });
    server.answers('/missing-links', {
      items: [
        {
          entityRef: 'component:default/legacy-reports',
          owner: 'group:default/data',
          annotations: [
            { annotation: 'dev.azure.com/build-definition', value: 'nightly' },
          ],
        },
      ],
      total: 1,
      page: 1,
      size: 25,
    });
    server.answers('/health', {
      state: 'failing',
      sources: [
        {
          provider: 'aws-codepipeline',
          sourceId: 'contoso',
          title: 'AWS contoso',
          state: 'failing',
          since: '2026-11-12T06:00:00.000Z',
          scopes: 3,
          failingScopes: 1,
          problems: [],
        },
      ],
    });
    renderPage('/pipeline-posture/health');
    expect(
      await screen.findByText(
        '1 annotation points to a pipeline that no run has found.',
      ),
    ).toBeVisible();
    expect(
      screen.getByText('dev.azure.com/build-definition: nightly'),
    ).toBeVisible();
    expect(screen.getByRole('row', { name: /AWS contoso/ })).toHaveTextContent(
      '1 of 3 failing',
    );
  });
});
