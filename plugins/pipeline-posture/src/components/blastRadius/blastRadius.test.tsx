import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { postureServer } from '../../__testUtils__/postureServer';
import { anIdentityRank, aRadius } from '../../__testUtils__/radius';
import { renderPage } from '../../__testUtils__/render';

const ID = 'entra:contoso/prod-arm';
const OPEN = `/pipeline-posture/blast-radius?${new URLSearchParams({
  identity: ID,
})}`;

describe('what identities endanger', () => {
  const server = postureServer();
  beforeEach(() => {
    server.answers('/identities', {
      items: [
        anIdentityRank(),
        anIdentityRank({
          id: 'role',
          name: 'orders-role',
          changers: { known: 3, complete: false },
        }),
      ],
      total: 2,
      page: 1,
      size: 10,
    });
    server.answers('/identities/:id', aRadius());
  });

  it('ranks identities with what makes them dangerous', async () => {
    renderPage('/pipeline-posture/blast-radius');
    const row = await screen.findByRole('row', { name: /prod-arm/ });
    expect(row).toHaveTextContent('2 (50%)');
    expect(row).toHaveTextContent('Administrator');
    expect(row).toHaveTextContent('secret, ');
    expect(screen.getByRole('row', { name: /orders-role/ })).toHaveTextContent(
      'at least 3',
    );
    await userEvent.click(screen.getByRole('button', { name: 'prod-arm' }));
    expect(
      await screen.findByRole('heading', { name: 'What prod-arm endangers' }),
    ).toBeVisible();
  });

  it('says it in words, with the cheapest cut', async () => {
    renderPage(OPEN);
    expect(
      await screen.findByText(
        /prod-arm is shared by 2 pipelines\. 2 teams own what they deploy\. It reaches 1 production target: subscription Prod-01\. It may do everything there\. 2 people and groups can change what it runs\./,
      ),
    ).toBeVisible();
    expect(
      screen.getByText('Use a separate identity for subscription Prod-01:'),
    ).toBeVisible();
    expect(
      screen.getByText('removes 2 of 2 ways to production.'),
    ).toBeVisible();
  });

  it('is walked by keyboard, and a chosen node says what leads to it', async () => {
    renderPage(OPEN);
    const changer = await screen.findByRole('button', {
      name: /^Contributors/,
    });
    changer.focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(
      screen.getByRole('button', { name: 'payments-deploy' }),
    ).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(
      await screen.findByText(/Contributors can change payments-deploy/),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Open this pipeline' }),
    ).toHaveAttribute('href', expect.stringContaining('pipeline=azure-devops'));
  });

  it('has a table that says the same', async () => {
    renderPage(`${OPEN}&view=table`);
    const table = await screen.findByRole('region', {
      name: 'Table: Who can change what',
    });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(4);
    expect(rows[0]).toHaveTextContent('Contributors (Edit build pipeline)');
    expect(rows[0]).toHaveTextContent('subscription Prod-01 (Owner)Production');
  });

  it('asks the server for what is typed, once', async () => {
    renderPage('/pipeline-posture/blast-radius');
    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Search identities' }),
      'prod',
    );
    await waitFor(() =>
      expect(server.asked()).toContain('/identities?text=prod&page=1&size=10'),
    );
  });

  it('does not tell a hidden identity from a missing one', async () => {
    server.refuses('/identities/:id', 404, 'NotFoundError');
    renderPage(OPEN);
    expect(
      await screen.findByText('It does not exist, or you do not have access.'),
    ).toBeVisible();
  });
});
