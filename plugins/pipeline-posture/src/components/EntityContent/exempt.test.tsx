import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FindingExemption } from 'backstage-plugin-pipeline-posture-common';
import { postureServer } from '../../__testUtils__/postureServer';
import { aPosture, deployId } from '../../__testUtils__/postures';
import { renderTab } from '../../__testUtils__/render';

const CONTROL = 'identity-is-not-admin';

const anExemption = (
  over: Partial<FindingExemption> = {},
): FindingExemption => ({
  id: 'e1',
  state: 'waiting',
  type: 'risk-accepted',
  reason: 'The vendor cannot do it before spring.',
  until: '2027-01-31',
  requestedBy: 'user:default/olivia',
  requestedAt: '2026-11-20T08:00:00.000Z',
  ...over,
});
const approved = {
  approvedBy: 'user:default/sam',
  approvedAt: '2026-11-20T09:00:00.000Z',
};

/** The posture in which one finding has an exemption. */
function tolerated(exemption: FindingExemption) {
  const posture = aPosture();
  return {
    ...posture,
    findings: posture.findings.map(finding =>
      finding.controlId === CONTROL && finding.pipelineId === deployId
        ? { ...finding, exempt: exemption.state === 'active', exemption }
        : finding,
    ),
  };
}

describe('a finding that somebody wants to tolerate', () => {
  const server = postureServer();
  const ENTITY = '/entities/:kind/:namespace/:name';
  const OPEN = `?finding=${encodeURIComponent(`${CONTROL}:${deployId}`)}`;
  beforeEach(() => {
    server.answers(`${ENTITY}/history`, { trend: [], changes: [] });
  });
  const open = (exemption: FindingExemption) => {
    server.answers(ENTITY, tolerated(exemption));
    renderTab({ search: OPEN });
  };

  it('says that it still counts while nobody has decided, and offers no second request', async () => {
    open(anExemption());
    expect(await screen.findByText('Failing, exemption pending')).toBeVisible();
    expect(screen.getByText(/^Requested by/)).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Request exemption' }),
    ).not.toBeInTheDocument();
  });

  it('says until when it is tolerated, who agreed and why', async () => {
    open(anExemption({ state: 'active', ...approved }));
    expect(
      await screen.findByText('Exempt until January 31, 2027'),
    ).toBeVisible();
    expect(
      screen.getByText(/The vendor cannot do it before spring\./),
    ).toHaveTextContent(/^.*Risk accepted for a limited time, approved by/);
  });

  it('says that it counts again once that has ended, and lets people ask again with the same words', async () => {
    open(
      anExemption({
        state: 'expired',
        until: '2026-11-20',
        endedAt: '2026-11-21T00:00:00.000Z',
        ...approved,
      }),
    );
    expect(await screen.findByText(/^Exemption ended/)).toBeVisible();
    expect(screen.getByText(/The control counts again\./)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Request again' }),
    );
    expect(
      within(await screen.findByRole('dialog')).getByRole('textbox', {
        name: /^Reason/,
      }),
    ).toHaveValue('The vendor cannot do it before spring.');
  });

  it('shows what the control said over time once somebody asks', async () => {
    server.answers('/pipelines/:id/controls/:controlId/history', {
      controlId: CONTROL,
      pipelineId: deployId,
      intervals: [
        {
          status: 'fail',
          exempt: false,
          from: '2026-11-14T08:00:00.000Z',
          cause: 'control-changed',
          ruleChange: true,
        },
        {
          status: 'pass',
          exempt: false,
          from: '2026-10-24T08:00:00.000Z',
          to: '2026-11-14T08:00:00.000Z',
          ruleChange: false,
        },
      ],
      gaps: [{ from: '2026-11-02', to: '2026-11-03' }],
    });
    open(anExemption());
    expect(server.asked().join()).not.toContain('/history?');
    await userEvent.click(await screen.findByText('History'));
    const timeline = await screen.findByRole('list', {
      name: /^What this control said of/,
    });
    expect(
      within(timeline)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      'Failingsince Nov 14, 2026Control changed · Rule change',
      'Not read from Nov 2, 2026 to Nov 3, 2026',
      'Passingfrom Oct 24, 2026 to Nov 14, 2026First check',
    ]);
  });
});
