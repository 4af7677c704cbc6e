import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { postureServer } from '../../__testUtils__/postureServer';
import { aDetail, aFleet, aPipeline } from '../../__testUtils__/postures';
import { renderPage } from '../../__testUtils__/render';

describe('the table of pipelines', () => {
  const server = postureServer();
  beforeEach(() => {
    server.answers('/summary', aFleet());
    server.answers('/pipelines/:id', aDetail());
    server.answers('/pipelines', {
      items: [aPipeline()],
      total: 60,
      page: 1,
      size: 25,
    });
  });
  const asked = () =>
    server.asked().filter(path => path.startsWith('/pipelines?'));
  const table = async () => {
    const row = await screen.findByRole('row', { name: /payments-deploy/ });
    return { row, table: row.closest('table') as HTMLTableElement };
  };

  it('is sorted by the keyboard, and says how', async () => {
    renderPage();
    await table();
    const head = screen.getByRole('columnheader', { name: 'Failing' });
    expect(head).toHaveAttribute('aria-sort', 'none');
    within(head).getByRole('button').focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(head).toHaveAttribute('aria-sort', 'ascending'));
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(head).toHaveAttribute('aria-sort', 'descending'),
    );
    expect(asked().at(-1)).toContain('sort=failing&order=desc');
  });

  it('opens a row by its button, and gives the focus back to the row, where Enter opens it again', async () => {
    renderPage();
    const { row } = await table();
    within(row).getByRole('button', { name: 'payments-deploy' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByRole('dialog')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await waitFor(() =>
      expect(
        screen.getByRole('row', { name: /payments-deploy/ }),
      ).toHaveFocus(),
    );
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByRole('dialog')).toBeVisible();
  });

  it('leaves links in a row to themselves', async () => {
    renderPage();
    const { row } = await table();
    within(row)
      .getAllByRole('link')[0]
      .addEventListener('click', event => event.preventDefault());
    await userEvent.click(within(row).getAllByRole('link')[0]);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('has rows as high as the viewer chose, also the next time', async () => {
    const first = renderPage();
    expect((await table()).table).toHaveAttribute('data-density', 'compact');
    await userEvent.click(
      screen.getByRole('button', { name: 'Comfortable rows' }),
    );
    expect((await table()).table).toHaveAttribute(
      'data-density',
      'comfortable',
    );
    expect(
      screen.getByRole('button', { name: 'Comfortable rows' }),
    ).toHaveAttribute('aria-pressed', 'true');
    first.unmount();
    renderPage();
    await waitFor(async () =>
      expect((await table()).table).toHaveAttribute(
        'data-density',
        'comfortable',
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Compact rows' }));
  });

  it('leaves out the columns that the viewer does not want', async () => {
    renderPage();
    const shown = (await table()).table;
    expect(shown).not.toHaveAttribute('data-hidden');
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    const menu = await screen.findByRole('listbox', { name: 'Columns' });
    const column = (name: string) => within(menu).getByRole('option', { name });
    for (const option of within(menu).getAllByRole('option'))
      expect(option).toHaveAttribute('aria-selected', 'true');
    await userEvent.click(column('Target'));
    await userEvent.click(column('Checked'));
    expect(shown).toHaveAttribute('data-hidden', 'reaches collected');
    expect(column('Checked')).toHaveAttribute('aria-selected', 'false');
    await userEvent.click(column('Target'));
    await userEvent.click(column('Checked'));
    expect(shown).not.toHaveAttribute('data-hidden');
  });

  it('goes through its pages', async () => {
    renderPage();
    await table();
    const pages = within(screen.getByRole('group', { name: 'Pages' }));
    expect(pages.getByText('1–25 of 60')).toBeVisible();
    expect(pages.getByRole('button', { name: 'Previous page' })).toBeDisabled();
    await userEvent.click(pages.getByRole('button', { name: 'Next page' }));
    await waitFor(() => expect(asked().at(-1)).toContain('page=2'));
  });
});
