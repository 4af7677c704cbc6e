import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { postureServer } from '../../__testUtils__/postureServer';
import { aFleet, aPipeline, aPosture } from '../../__testUtils__/postures';
import { renderPage, renderTab } from '../../__testUtils__/render';

const aPage = { items: [aPipeline()], total: 1, page: 1, size: 25 };

describe('a day in the past', () => {
  const server = postureServer();
  beforeEach(() => {
    server.answers('/pipelines', aPage);
    server.answers('/summary', aFleet());
    server.answers('/entities/:kind/:namespace/:name', aPosture());
    server.answers('/entities/:kind/:namespace/:name/history', {
      trend: [],
      changes: [],
    });
  });

  it('is asked of every part of the page, and named above it', async () => {
    renderPage('/pipeline-posture?asOf=2026-06-30');
    expect(
      await screen.findByText('You are viewing June 30, 2026'),
    ).toBeVisible();
    expect(
      screen.getByText('Later changes are not shown. Actions are turned off.'),
    ).toBeVisible();
    await screen.findByRole('row', { name: /payments-deploy/ });
    for (const path of ['/pipelines?', '/summary?']) {
      expect(server.asked().filter(asked => asked.startsWith(path))).toEqual([
        expect.stringContaining('asOf=2026-06-30'),
      ]);
    }
  });

  it('goes along to other views, and back to today', async () => {
    renderPage('/pipeline-posture?asOf=2026-06-30');
    expect(
      await screen.findByRole('link', { name: 'Exemptions' }),
    ).toHaveAttribute('href', '/pipeline-posture/exemptions?asOf=2026-06-30');
    await userEvent.click(
      screen.getByRole('button', { name: 'Back to today' }),
    );
    await waitFor(() =>
      expect(screen.queryByText(/You are viewing/)).not.toBeInTheDocument(),
    );
    await waitFor(() => expect(screen.getByLabelText('As of')).toHaveFocus());
  });

  it('is chosen by date', async () => {
    renderPage();
    await screen.findByRole('row', { name: /payments-deploy/ });
    fireEvent.change(screen.getByLabelText('As of'), {
      target: { value: '2026-09-01' },
    });
    await waitFor(() =>
      expect(server.asked().at(-1)).toContain('asOf=2026-09-01'),
    );
  });

  it('is not gone to while its year is typed, and begins with the first page', async () => {
    renderPage('/pipeline-posture?page=2');
    await screen.findByRole('row', { name: /payments-deploy/ });
    const before = server.asked().length;
    const field = screen.getByLabelText('As of');
    for (const year of ['0002', '0020', '0202'])
      fireEvent.change(field, { target: { value: `${year}-09-01` } });
    expect(field).toHaveValue('0202-09-01');
    expect(server.asked()).toHaveLength(before);
    expect(screen.queryByText(/You are viewing/)).not.toBeInTheDocument();
    fireEvent.change(field, { target: { value: '2026-09-01' } });
    expect(
      await screen.findByText('You are viewing September 1, 2026'),
    ).toBeVisible();
    await waitFor(() =>
      expect(server.asked().join()).toMatch(
        /asOf=2026-09-01[^,]*page=1|page=1[^,]*asOf=2026-09-01/,
      ),
    );
    fireEvent.change(field, { target: { value: '0020-09-01' } });
    fireEvent.blur(field);
    expect(field).toHaveValue('2026-09-01');
  });

  it.each(['health', 'blast-radius'])(
    'is not said to be shown by %s, which shows today',
    async view => {
      server.answers('/scopes', { items: [] });
      server.answers('/identities', { items: [], total: 0, page: 1, size: 10 });
      renderPage(`/pipeline-posture/${view}?asOf=2026-06-30`);
      expect(
        await screen.findByText('This view always shows today'),
      ).toBeVisible();
      expect(screen.queryByText(/You are viewing/)).not.toBeInTheDocument();
    },
  );

  it('keeps the field where a day cannot be had, in the catalogue of controls too', async () => {
    renderPage('/pipeline-posture/controls');
    await screen.findByText(/checked on 4 pipelines/);
    server.refuses('/summary', 400, 'InputError');
    const field = screen.getByLabelText('As of');
    fireEvent.change(field, { target: { value: '2026-09-01' } });
    expect(
      await screen.findByText('Pipeline posture could not be loaded'),
    ).toBeVisible();
    expect(screen.getByLabelText('As of')).toBe(field);
  });

  it('is not taken where it is no day', async () => {
    renderPage('/pipeline-posture?asOf=2026-02-31');
    expect(
      await screen.findByText(
        'We ignored a filter we do not know: asOf=2026-02-31.',
      ),
    ).toBeVisible();
    expect(screen.queryByText(/You are viewing/)).not.toBeInTheDocument();
  });

  it('does not show on the tab what was known of another day where it cannot be had', async () => {
    renderTab();
    await screen.findByRole('region', { name: 'Security of the pipelines' });
    server.refuses('/entities/:kind/:namespace/:name', 400, 'InputError');
    fireEvent.change(screen.getByLabelText('As of'), {
      target: { value: '2026-09-01' },
    });
    expect(
      await screen.findByText('Pipeline posture could not be loaded'),
    ).toBeVisible();
    expect(
      screen.queryByRole('region', { name: 'Security of the pipelines' }),
    ).not.toBeInTheDocument();
    expect(screen.getByLabelText('As of')).toHaveValue('2026-09-01');
  });

  it('turns actions off on the tab', async () => {
    renderTab({ search: '?asOf=2026-06-30' });
    expect(
      await screen.findByText('You are viewing June 30, 2026'),
    ).toBeVisible();
    expect(
      await screen.findByRole('region', { name: 'Security of the pipelines' }),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Check again' }),
    ).not.toBeInTheDocument();
  });

  it('says where nothing was recorded', async () => {
    server.answers(
      '/entities/:kind/:namespace/:name',
      aPosture({ state: 'not-recorded', summary: undefined }),
    );
    renderTab({ search: '?asOf=2026-06-30' });
    expect(
      await screen.findByText('Nothing was recorded on this day'),
    ).toBeVisible();
  });
});
