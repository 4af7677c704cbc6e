import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ExemptionView } from 'backstage-plugin-pipeline-posture-common';
import { postureServer } from '../../__testUtils__/postureServer';
import { aControl, aPosture, deployId } from '../../__testUtils__/postures';
import { renderPage, renderTab } from '../../__testUtils__/render';

const anExemption = (over: Partial<ExemptionView> = {}): ExemptionView => ({
  id: 'e1',
  controlId: 'identity-is-not-admin',
  pipelineId: deployId,
  pipelineName: 'payments-deploy',
  type: 'risk-accepted',
  reason: 'The vendor agent cannot use federation before spring.',
  until: '2027-01-31',
  state: 'waiting',
  requestedBy: 'user:default/lee',
  requestedAt: '2026-11-19T08:00:00.000Z',
  events: [
    {
      at: '2026-11-19T08:00:00.000Z',
      what: 'requested',
      by: 'user:default/lee',
    },
  ],
  may: { approve: true, reject: true, revoke: false },
  ...over,
});

describe('the list of exemptions', () => {
  const server = postureServer();
  beforeEach(() => server.answers('/controls', { items: [aControl()] }));
  const open = () => renderPage('/pipeline-posture/exemptions');

  it('shows what waits and what holds, with reason, end and who asked', async () => {
    server.answers('/exemptions', { items: [anExemption()] });
    open();
    const list = await screen.findByRole('region', { name: 'Exemptions' });
    expect(list).toHaveTextContent('Waiting');
    expect(list).toHaveTextContent(
      'For payments-deploy · Risk accepted for a limited time · until Jan 31, 2027',
    );
    expect(list).toHaveTextContent(
      'Reason: The vendor agent cannot use federation before spring.',
    );
    expect(server.asked()).toContain('/exemptions?state=waiting&state=active');
  });

  it('needs a reason to reject, and sends it', async () => {
    server.answers('/exemptions', { items: [anExemption()] });
    server.answers('/exemptions/:id/reject', anExemption(), { method: 'post' });
    open();
    const reject = await screen.findByRole('button', { name: 'Reject' });
    await userEvent.click(reject);
    expect(screen.getByText('Say why in a few words.')).toBeVisible();
    expect(server.asked()).not.toContain('/exemptions/e1/reject');
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Comment' }),
      'No.',
    );
    await userEvent.click(reject);
    await waitFor(() =>
      expect(server.asked()).toContain('/exemptions/e1/reject'),
    );
  });

  it('offers nothing to those who may not decide', async () => {
    server.answers('/exemptions', {
      items: [
        anExemption({ may: { approve: false, reject: false, revoke: false } }),
      ],
    });
    open();
    await screen.findByRole('region', { name: 'Exemptions' });
    expect(
      screen.queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
  });
});

describe('the request for an exemption', () => {
  const server = postureServer();
  const ENTITY = '/entities/component/default/payments-api';

  it('says what is missing, then sends', async () => {
    server.answers(ENTITY, aPosture());
    server.answers(`${ENTITY}/history`, { trend: [], changes: [] });
    server.answers('/exemptions', anExemption(), { method: 'post' });
    renderTab({
      search: `?finding=${encodeURIComponent(
        `identity-is-not-admin:${deployId}`,
      )}`,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Request exemption' }),
    );
    const dialog = await screen.findByRole('dialog');
    const send = within(dialog).getByRole('button', { name: 'Send request' });
    await userEvent.click(send);
    expect(
      within(dialog).getByText('Write at least 20 characters.'),
    ).toBeVisible();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /^Reason/ }),
      'The vendor agent cannot use federation.',
    );
    await userEvent.click(send);
    expect(await screen.findByText('Request sent')).toBeInTheDocument();
    expect(server.asked()).toContain('/exemptions');
  });
});
