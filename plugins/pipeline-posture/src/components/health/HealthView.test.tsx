import { screen, within } from '@testing-library/react';
import { RunView, ScopeView } from 'backstage-plugin-pipeline-posture-common';
import { postureServer } from '../../__testUtils__/postureServer';
import { aPipeline } from '../../__testUtils__/postures';
import { renderPage } from '../../__testUtils__/render';

const aRun = (over: Partial<RunView> = {}): RunView => ({
  id: 'r1',
  scopeId: 's1',
  scopeTitle: 'Azure DevOps contoso, project Logistics',
  status: 'incomplete',
  trigger: 'schedule',
  startedAt: '2026-11-21T06:00:00.000Z',
  finishedAt: '2026-11-21T06:04:12.000Z',
  pipelinesDone: 3,
  pipelinesTotal: 3,
  problems: [
    {
      subject: 'project Logistics',
      effect: 'Approvals are unknown.',
      reason: {
        code: 'permission-missing',
        message: 'The checks cannot be read.',
        permission: 'Environment (Read)',
        actor: 'cloud-administrator',
        action: 'Give the reader Environment (Read).',
      },
    },
  ],
  ...over,
});

const aScope = (over: Partial<ScopeView> = {}): ScopeView => ({
  id: 's1',
  provider: 'azure-devops',
  title: 'Azure DevOps contoso, project Logistics',
  sourceId: 'contoso',
  state: 'incomplete',
  pipelines: 3,
  nextRunAt: '2026-11-21T12:00:00.000Z',
  lastGoodRunAt: '2026-11-21T06:04:12.000Z',
  lastRun: aRun(),
  ...over,
});

const aPage = <T,>(items: T[]) => ({
  items,
  total: items.length,
  page: 1,
  size: 25,
});

describe('data health', () => {
  const server = postureServer();
  beforeEach(() => {
    server.answers('/runs', aPage([aRun()]));
    server.answers('/pipelines', aPage([]));
  });
  const open = () => renderPage('/pipeline-posture/health');
  const region = (name: string) => screen.findByRole('region', { name });

  it('says which source is incomplete, since when, and when it is read again', async () => {
    server.answers('/scopes', { items: [aScope()] });
    open();
    expect(
      await screen.findByText(
        'Needs attention: 1 source could not be read completely.',
      ),
    ).toBeVisible();
    const row = within(await region('Projects and accounts')).getByRole('row', {
      name: /Logistics/,
    });
    expect(row).toHaveTextContent('Incomplete');
    expect(row).toHaveTextContent('4 min 12 sec');
  });

  it('names the missing permission, its effect and who can grant it', async () => {
    server.answers('/scopes', { items: [aScope()] });
    open();
    const missing = await region('What could not be read');
    expect(missing).toHaveTextContent('The checks cannot be read.');
    expect(missing).toHaveTextContent(
      'A cloud administrator: Give the reader Environment (Read).',
    );
    expect(missing).toHaveTextContent('Missing permission: Environment (Read)');
    expect(missing).toHaveTextContent('Approvals are unknown.');
    expect(
      within(missing).getByRole('button', { name: 'Copy permission' }),
    ).toBeVisible();
  });

  it('shows the error of a source that fails, and how far one is that runs', async () => {
    server.answers('/scopes', {
      items: [
        aScope({
          id: 's2',
          title: 'AWS account 444455556666',
          state: 'failing',
          lastGoodRunAt: undefined,
          lastRun: aRun({
            status: 'failed',
            error: 'AccessDenied on sts:AssumeRole',
            problems: [],
          }),
        }),
        aScope({
          id: 's3',
          state: 'running',
          lastRun: aRun({
            status: 'running',
            finishedAt: undefined,
            pipelinesDone: 12,
            pipelinesTotal: 48,
            problems: [],
          }),
        }),
      ],
    });
    open();
    const sources = await region('Projects and accounts');
    expect(sources).toHaveTextContent(
      'The last run failed: AccessDenied on sts:AssumeRole',
    );
    const progress = within(sources).getByRole('progressbar');
    expect(progress).toHaveAttribute('aria-valuenow', '25');
    expect(progress).toHaveAttribute('aria-valuetext', '12 of 48 pipelines');
  });

  it('lists pipelines that are in nobody’s score', async () => {
    server.answers('/scopes', { items: [aScope()] });
    server.answers('/pipelines', aPage([aPipeline({ entityRefs: [] })]));
    open();
    const unlinked = await region('Pipelines without an entity');
    expect(unlinked).toHaveTextContent(
      '1 pipeline belongs to no entity of the catalog, so it is in nobody’s score.',
    );
    expect(server.asked()).toContain(
      '/pipelines?linked=false&sort=name&size=100',
    );
  });

  it('is calm where everything could be read', async () => {
    server.answers('/scopes', {
      items: [aScope({ state: 'ok', lastRun: aRun({ problems: [] }) })],
    });
    open();
    expect(await screen.findByText('Everything could be read.')).toBeVisible();
    expect(await region('What could not be read')).toHaveTextContent(
      'Nothing was refused in the last runs.',
    );
  });

  it('names the permission that it needs', async () => {
    server.refuses('/scopes', 403, 'NotAllowedError');
    open();
    expect(
      await screen.findByText(/^You need pipelinePosture.collector.read\./),
    ).toBeVisible();
  });

  it('shows the runs even where one part cannot be had', async () => {
    server.answers('/scopes', { items: [aScope()] });
    server.refuses('/pipelines', 500, 'Error');
    open();
    expect(
      await screen.findByText('This part could not be loaded'),
    ).toBeVisible();
    expect(await region('Last runs')).toHaveTextContent('Schedule');
  });
});
