import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { postureServer } from '../../__testUtils__/postureServer';
import {
  aControl,
  aFinding,
  aFleet,
  deployId,
} from '../../__testUtils__/postures';
import { aControlDetail } from '../../__testUtils__/controlDetail';
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
    server.answers('/controls/:id', aControlDetail());
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
    server.answers('/controls/:id', aControlDetail());
  });

  it('says why, how it is measured, and how to fix it on each platform', async () => {
    server.answers('/findings', { items: [], total: 0, page: 1, size: 25 });
    renderPage(PAGE);
    expect(await screen.findByText('identity-is-not-admin')).toBeVisible();
    expect(
      screen.getByText('Fails if an identity has a right over everything.'),
    ).toBeVisible();
    expect(
      screen.getByText('iam:GetAccountAuthorizationDetails'),
    ).toBeVisible();
    expect(screen.getByText('What roles may do.')).toBeVisible();
    const fix = screen.getByRole('region', { name: 'How to fix it' });
    expect(
      await within(fix).findByText('Open the subscription.'),
    ).toBeVisible();
    await userEvent.click(
      within(fix).getByRole('tab', { name: 'AWS CodePipeline' }),
    );
    expect(
      await within(fix).findByRole('link', { name: /opens AWS documentation/ }),
    ).toBeVisible();
  });

  it('counts results, frameworks and reports that it is wrong', async () => {
    server.answers('/findings', { items: [], total: 0, page: 1, size: 25 });
    renderPage(PAGE);
    const counts = await screen.findByRole('region', {
      name: 'Evaluated on 312 pipelines',
    });
    expect(counts).toHaveTextContent('Failing 48 (15%)');
    expect(counts).toHaveTextContent('Exempt 1 (<1%)');
    expect(
      screen.getByRole('row', { name: /OWASP Top 10 CI\/CD.*CICD-SEC-5/ }),
    ).toBeVisible();
    expect(screen.getByText('Reported as wrong')).toBeVisible();
  });

  it('says what a control that is not scored yet would do', async () => {
    server.answers('/findings', { items: [], total: 0, page: 1, size: 25 });
    server.answers(
      '/controls/:id',
      aControlDetail({ preview: { fail: 61, unknown: 2, of: 312 } }),
    );
    renderPage(PAGE);
    expect(
      await screen.findByText(
        'Not scored yet: it would fail in 61 of 312 pipelines',
      ),
    ).toBeVisible();
  });

  it('says when its rule changed', async () => {
    server.answers('/findings', { items: [], total: 0, page: 1, size: 25 });
    server.answers(
      '/controls/:id',
      aControlDetail({ changes: [{ day: '2026-10-12', what: 'changed' }] }),
    );
    renderPage(PAGE);
    expect(await screen.findByText(/^October 12, 2026: rule/)).toBeVisible();
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

  it('says of each what it is, also where all are listed', async () => {
    server.answers('/findings', {
      items: [
        aFinding({ exempt: true }),
        aFinding({ pipelineId: 'other', preview: true }),
      ],
      total: 2,
      page: 1,
      size: 25,
    });
    renderPage(`${PAGE}?status=all`);
    const rows = within(
      await screen.findByRole('region', { name: 'Where it fails' }),
    );
    expect(await rows.findByText('Exempt')).toBeVisible();
    expect(rows.getByText('Not scored yet')).toBeVisible();
    expect(rows.queryByText('Failing', { selector: 'td *' })).toBeNull();
  });

  it('says that there is no such control', async () => {
    server.refuses('/controls/:id', 404, 'NotFoundError');
    renderPage('/pipeline-posture/controls/zebra');
    expect(await screen.findByText('There is no control zebra')).toBeVisible();
  });
});
