import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { postureServer } from '../../__testUtils__/postureServer';
import {
  aControl,
  aFinding,
  aFleet,
  deployId,
} from '../../__testUtils__/postures';
import { renderPage } from '../../__testUtils__/render';

const secret = aControl({
  id: 'no-plaintext-secret',
  title: 'No setting of the pipeline holds a readable secret',
  dimension: 'credential-type',
  severity: 'high',
});

describe('the catalogue of controls', () => {
  const server = postureServer();
  beforeEach(() => {
    server.answers('/controls', { items: [secret, aControl()] });
    server.answers('/summary', aFleet());
  });

  it('lists every control with where it fails and where it is unknown', async () => {
    renderPage('/pipeline-posture/controls');
    const row = await screen.findByRole('row', {
      name: /No identity of the pipeline is an administrator/,
    });
    expect(row).toHaveTextContent('Critical');
    expect(row).toHaveTextContent('Least privilege');
    expect(row).toHaveTextContent('Azure Pipelines, AWS CodePipeline21');
    expect(
      screen.getByText('2 controls of 2, checked on 4 pipelines'),
    ).toBeVisible();
  });

  it('is filtered by its address', async () => {
    renderPage('/pipeline-posture/controls?severity=high');
    await screen.findByRole('row', { name: /readable secret/ });
    expect(screen.queryByText(/is an administrator/)).not.toBeInTheDocument();
  });

  it('leads to the page of a control', async () => {
    server.answers('/findings', { items: [], total: 0, page: 1, size: 25 });
    renderPage('/pipeline-posture/controls');
    await userEvent.click(
      await screen.findByRole('link', { name: /is an administrator/ }),
    );
    expect(
      await screen.findByRole('heading', {
        name: 'No identity of the pipeline is an administrator',
      }),
    ).toBeVisible();
  });
});

describe('the page of a control', () => {
  const server = postureServer();
  const PAGE = '/pipeline-posture/controls/identity-is-not-admin';
  beforeEach(() => {
    server.answers('/controls', { items: [aControl()] });
  });

  it('says why, how it is measured, and how to fix it on each platform', async () => {
    server.answers('/findings', { items: [], total: 0, page: 1, size: 25 });
    renderPage(PAGE);
    expect(await screen.findByText('identity-is-not-admin')).toBeVisible();
    expect(
      screen.getByText('Fails if an identity has a right over everything.'),
    ).toBeVisible();
    expect(
      await within(
        screen.getByRole('region', {
          name: 'How to fix it on Azure Pipelines',
        }),
      ).findByText('Open the subscription.'),
    ).toBeVisible();
    expect(
      within(
        screen.getByRole('region', {
          name: 'How to fix it on AWS CodePipeline',
        }),
      ).getByRole('link', { name: /opens AWS documentation/ }),
    ).toBeVisible();
  });

  it('lists where it fails now, by pages of the server, and leads there', async () => {
    server.answers('/findings', {
      items: [aFinding()],
      total: 30,
      page: 1,
      size: 25,
    });
    renderPage(PAGE);
    const where = await screen.findByRole('region', { name: 'Where it fails' });
    const link = within(where).getByRole('link', { name: 'payments-deploy' });
    expect(link).toHaveAttribute(
      'href',
      `/pipeline-posture?${new URLSearchParams({
        pipeline: deployId,
        finding: `identity-is-not-admin:${deployId}`,
      })}`,
    );
    expect(screen.getByText('Page 1 of 2')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await waitFor(() =>
      expect(server.asked().at(-1)).toBe(
        '/findings?control=identity-is-not-admin&status=fail&page=2&size=25',
      ),
    );
  });

  it('says that there is no such control', async () => {
    renderPage('/pipeline-posture/controls/zebra');
    expect(await screen.findByText('There is no control zebra')).toBeVisible();
  });
});
