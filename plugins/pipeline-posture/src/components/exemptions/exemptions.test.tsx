import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ExemptionDetail,
  ExemptionPage,
  ExemptionView,
} from 'backstage-plugin-pipeline-posture-common';
import { anAbout } from '../../__testUtils__/about';
import { postureServer } from '../../__testUtils__/postureServer';
import {
  aControl,
  aFinding,
  aPosture,
  deployId,
} from '../../__testUtils__/postures';
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
  owners: ['group:default/payments'],
  effects: [
    {
      pipelineId: deployId,
      pipelineName: 'payments-deploy',
      exempt: { score: 66, grade: 'C' },
      counting: { score: 57, grade: 'D' },
    },
  ],
  may: { approve: true, reject: true, revoke: false },
  ...over,
});

const aPage = (...items: ExemptionView[]): ExemptionPage => ({
  items,
  total: items.length,
  page: 1,
  size: 25,
  counts: {
    waiting: items.length,
    active: 27,
    'ending-soon': 4,
    expired: 2,
    rejected: 0,
    revoked: 0,
  },
  owners: [{ value: 'group:default/payments', count: items.length }],
});

const aDetail = (
  exemption: ExemptionView,
  over: Partial<ExemptionDetail> = {},
): ExemptionDetail => ({
  ...exemption,
  findings: [aFinding({ controlId: 'identity-is-not-admin' })],
  seeEvidence: true,
  ...over,
});

describe('the list of exemptions', () => {
  const server = postureServer();
  beforeEach(() => server.answers('/controls', { items: [aControl()] }));
  const open = (search = '') =>
    renderPage(`/pipeline-posture/exemptions${search}`);
  const openOne = (exemption: ExemptionView, over = {}) => {
    server.answers('/exemptions', aPage(exemption));
    server.answers('/exemptions/:id', aDetail(exemption, over));
    open('?exemption=e1');
    return screen.findByRole('dialog');
  };

  it('has a tab for each queue with its number, and shows first what waits', async () => {
    server.answers('/exemptions', aPage(anExemption()));
    open();
    const tabs = await screen.findByRole('tablist');
    expect(
      within(tabs)
        .getAllByRole('tab')
        .map(tab => tab.textContent),
    ).toEqual([
      'Waiting (1)',
      'Active (27)',
      'Ending soon (4)',
      'Expired (2)',
      'Rejected (0)',
      'Revoked (0)',
    ]);
    const row = screen.getByRole('row', { name: /payments-deploy/ });
    for (const text of [
      'Risk accepted for a limited time',
      'payments',
      'until Jan 31, 2027',
      'D 57 → C 66 if approved',
    ])
      expect(row).toHaveTextContent(text);
    expect(server.asked()).toContain(
      '/exemptions?queue=waiting&page=1&size=25',
    );
  });

  it('asks for another queue, which stands in the address', async () => {
    server.answers('/exemptions', aPage(anExemption()));
    open('?owner=group:default/payments');
    await userEvent.click(await screen.findByRole('tab', { name: /^Expired/ }));
    await waitFor(() =>
      expect(server.asked()).toContain(
        '/exemptions?queue=expired&owner=group%3Adefault%2Fpayments&page=1&size=25',
      ),
    );
  });

  it('never shows the rows of one queue under the name of another', async () => {
    server.answers('/exemptions', aPage(anExemption()));
    open();
    await screen.findByRole('row', { name: /payments-deploy/ });
    server.refuses('/exemptions', 500, 'Error');
    server.answers('/exemptions', aPage(), { waitMs: 200 });
    await userEvent.click(screen.getByRole('tab', { name: /^Expired/ }));
    expect(screen.queryByRole('row', { name: /payments-deploy/ })).toBeNull();
    expect(
      await screen.findByText('No exemption has ended by itself'),
    ).toBeVisible();
  });

  it('keeps tabs and filters where a queue cannot be had', async () => {
    server.answers('/exemptions', aPage(anExemption()));
    open();
    await screen.findByRole('row', { name: /payments-deploy/ });
    server.refuses('/exemptions', 500, 'Error');
    await userEvent.click(screen.getByRole('tab', { name: /^Active/ }));
    expect(
      await screen.findByText('Pipeline posture could not be loaded'),
    ).toBeVisible();
    expect(screen.queryByRole('row', { name: /payments-deploy/ })).toBeNull();
    server.answers('/exemptions', aPage(anExemption()));
    await userEvent.click(screen.getByRole('tab', { name: /^Waiting/ }));
    expect(
      await screen.findByRole('row', { name: /payments-deploy/ }),
    ).toBeVisible();
    expect(screen.getByLabelText('As of')).toBeVisible();
  });

  it('opens the queue in which the one of the address stands', async () => {
    await openOne(anExemption({ state: 'lapsed' }));
    await waitFor(() =>
      expect(server.asked()).toContain(
        '/exemptions?queue=expired&page=1&size=25',
      ),
    );
  });

  it('gives the focus to the queue when a decision was made, because the row leaves', async () => {
    server.answers('/exemptions/:id/approve', anExemption(), {
      method: 'post',
    });
    const panel = await openOne(anExemption());
    const approve = await within(panel).findByRole('button', {
      name: 'Approve',
    });
    server.answers('/exemptions', aPage());
    await userEvent.click(approve);
    expect(await screen.findByText('Nothing is waiting')).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.getByRole('tab', { name: /^Waiting/ })).toHaveFocus(),
    );
  });

  it('says that somebody has decided already, and shows what', async () => {
    const panel = await openOne(anExemption());
    const approve = await within(panel).findByRole('button', {
      name: 'Approve',
    });
    server.refuses('/exemptions/:id/approve', 409, 'ConflictError', {
      code: 'decided-already',
    });
    server.answers(
      '/exemptions/:id',
      aDetail(anExemption({ state: 'rejected' })),
    );
    await userEvent.click(approve);
    expect(
      await screen.findByText(/Somebody has decided about it already\./),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(
        within(panel).queryByRole('button', { name: 'Approve' }),
      ).toBeNull(),
    );
  });

  it('opens one with its reason, finding and history, and gives the focus back', async () => {
    const exemption = anExemption();
    server.answers('/exemptions', aPage(exemption));
    server.answers('/exemptions/:id', aDetail(exemption));
    open();
    await userEvent.click(
      await screen.findByRole('button', { name: aControl().title }),
    );
    const panel = await screen.findByRole('dialog');
    for (const text of [
      'The vendor agent cannot use federation before spring.',
      'Observed',
      'Expected',
      'payments-deploy: D 57 → C 66 if approved',
      'Requested',
    ])
      expect(panel).toHaveTextContent(text);
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(
        screen.getByRole('row', { name: /payments-deploy/ }),
      ).toHaveFocus(),
    );
  });

  it('says how many pipelines it concerns beside those that it shows', async () => {
    const panel = await openOne(anExemption({ effectCount: 25 }), {
      findingCount: 26,
    });
    expect(
      await within(panel).findByText('and 24 more pipelines'),
    ).toBeVisible();
    expect(within(panel).getByText('and 25 more pipelines')).toBeVisible();
    expect(
      screen.getByRole('row', { name: /payments-deploy/, hidden: true }),
    ).toHaveTextContent('and 24 more pipelines');
  });

  it('shows no evidence to those who may not see it', async () => {
    expect(
      await openOne(anExemption(), { seeEvidence: false }),
    ).toHaveTextContent(
      'Evidence is restrictedYou can see the result but not the raw evidence. Needed: pipelinePosture.evidence.read.',
    );
  });

  it('needs a reason to reject, says so at the field, and sends it', async () => {
    server.answers('/exemptions/:id/reject', anExemption(), { method: 'post' });
    const panel = await openOne(anExemption());
    const reject = within(panel).getByRole('button', { name: 'Reject' });
    await userEvent.click(reject);
    const comment = within(panel).getByRole('textbox', { name: 'Comment' });
    expect(comment).toHaveFocus();
    expect(comment).toHaveAccessibleDescription(/Say why in a few words\./);
    expect(server.asked()).not.toContain('/exemptions/e1/reject');
    await userEvent.type(comment, 'No.');
    await userEvent.click(reject);
    await waitFor(() =>
      expect(server.asked()).toContain('/exemptions/e1/reject'),
    );
  });

  it('lets nobody approve an own request, but withdraw it', async () => {
    const panel = await openOne(
      anExemption({
        own: true,
        may: { approve: false, reject: true, revoke: true },
      }),
    );
    expect(panel).toHaveTextContent(
      'You asked for this yourself, so somebody else has to approve it.',
    );
    for (const name of ['Approve', 'Reject'])
      expect(within(panel).queryByRole('button', { name })).toBeNull();
    expect(
      within(panel).getByRole('button', { name: 'Withdraw' }),
    ).toBeVisible();
  });

  it('offers no decision in the past', async () => {
    const exemption = anExemption();
    server.answers('/exemptions', aPage(exemption));
    server.answers('/exemptions/:id', aDetail(exemption));
    open('?exemption=e1&asOf=2026-11-20');
    const panel = await screen.findByRole('dialog');
    await within(panel).findByText('The request');
    expect(within(panel).queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('leads from the address of one exemption to it', async () => {
    const exemption = anExemption();
    server.answers('/exemptions', aPage(exemption));
    server.answers('/exemptions/:id', aDetail(exemption));
    renderPage('/pipeline-posture/exemptions/e1');
    expect(await screen.findByRole('dialog')).toBeVisible();
  });

  it('says beside its name how many wait, to those who may approve', async () => {
    const about = anAbout();
    server.answers('/about', {
      ...about,
      exemptions: { ...about.exemptions, waiting: 4 },
      may: { ...about.may, approveExemption: true },
    });
    server.answers('/exemptions', aPage(anExemption()));
    open();
    expect(
      await screen.findByRole('link', { name: 'Exemptions 4 waiting' }),
    ).toBeVisible();
  });

  it('extends what holds by a new request with the same words', async () => {
    const panel = await openOne(
      anExemption({
        state: 'active',
        may: { approve: false, reject: false, revoke: true },
      }),
    );
    await userEvent.click(
      within(panel).getByRole('button', { name: 'Extend' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: /^Extend exemption/,
    });
    expect(
      within(dialog).getByRole('textbox', { name: /^Reason/ }),
    ).toHaveValue('The vendor agent cannot use federation before spring.');
  });
});

describe('the request for an exemption', () => {
  const server = postureServer();
  const ENTITY = '/entities/component/default/payments-api';
  const openDialog = async () => {
    server.answers(ENTITY, aPosture());
    server.answers(`${ENTITY}/history`, { trend: [], changes: [] });
    renderTab({
      search: `?finding=${encodeURIComponent(
        `identity-is-not-admin:${deployId}`,
      )}`,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Request exemption' }),
    );
    const dialog = await screen.findByRole('dialog');
    const reason = within(dialog).getByRole('textbox', { name: /^Reason/ });
    const send = () =>
      userEvent.click(
        within(dialog).getByRole('button', { name: 'Send request' }),
      );
    return { dialog, reason, send };
  };

  it('says at the field what is missing, then sends to whoever decides', async () => {
    server.answers('/about', anAbout({ access: { exemptions: 'AppSec' } }));
    server.answers('/exemptions', anExemption(), { method: 'post' });
    const { reason, send } = await openDialog();
    await send();
    expect(reason).toHaveFocus();
    expect(reason).toHaveAccessibleDescription(
      /Write at least 20 characters\./,
    );
    await userEvent.type(reason, 'The vendor agent cannot use federation.');
    await send();
    expect(
      await screen.findByText('Request sent to AppSec'),
    ).toBeInTheDocument();
    expect(server.asked()).toContain('/exemptions');
  });

  it('gives the focus to the row of the finding, because the button goes away', async () => {
    server.answers('/exemptions', anExemption(), { method: 'post' });
    const { reason, send } = await openDialog();
    await userEvent.type(reason, 'The vendor agent cannot use federation.');
    await send();
    await waitFor(() =>
      expect(
        screen.getByRole('button', {
          name: /Failing.*No identity of the pipeline is an administrator/,
        }),
      ).toHaveFocus(),
    );
  });

  it('finds one that is for all pipelines of the entity', async () => {
    server.refuses('/exemptions', 409, 'ConflictError', {
      code: 'waiting-already',
    });
    const { dialog, reason, send } = await openDialog();
    server.answers('/exemptions', url =>
      url.searchParams.has('pipelineId')
        ? aPage()
        : aPage(
            anExemption({
              pipelineId: undefined,
              entityRef: 'component:default/payments-api',
            }),
          ),
    );
    await userEvent.type(reason, 'The vendor agent cannot use federation.');
    await send();
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      /There is a request for this already/,
    );
  });

  it('says who has asked already', async () => {
    server.refuses('/exemptions', 409, 'ConflictError', {
      code: 'waiting-already',
    });
    const { dialog, reason, send } = await openDialog();
    server.answers('/exemptions', aPage(anExemption()));
    await userEvent.type(reason, 'The vendor agent cannot use federation.');
    await send();
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      /There is a request for this already.*Asked by/,
    );
  });
});
