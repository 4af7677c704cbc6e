import { screen } from '@testing-library/react';
import { ExemptionView } from 'backstage-plugin-pipeline-posture-common';
import { postureServer } from '../../__testUtils__/postureServer';
import { aPosture, deployId } from '../../__testUtils__/postures';
import { renderTab } from '../../__testUtils__/render';

const anExemption = (over: Partial<ExemptionView>): ExemptionView => ({
  id: 'e1',
  controlId: 'identity-is-not-admin',
  pipelineId: deployId,
  type: 'risk-accepted',
  reason: 'The vendor cannot do it before spring.',
  until: '2027-01-31',
  state: 'waiting',
  requestedBy: 'user:default/olivia',
  requestedAt: '2026-11-20T08:00:00.000Z',
  events: [],
  may: { approve: false, reject: false, revoke: false },
  ...over,
});

describe('a finding that somebody wants to tolerate', () => {
  const server = postureServer();
  const OPEN = `?finding=${encodeURIComponent(
    `identity-is-not-admin:${deployId}`,
  )}`;
  beforeEach(() => {
    server.answers('/entities/:kind/:namespace/:name', aPosture());
    server.answers('/entities/:kind/:namespace/:name/history', {
      trend: [],
      changes: [],
    });
  });

  it('says that it still counts while nobody has decided, and offers no second request', async () => {
    server.answers('/exemptions', { items: [anExemption({})] });
    renderTab({ search: OPEN });
    expect(
      await screen.findByText('Failing, exemption pending.'),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Request exemption' }),
    ).not.toBeInTheDocument();
  });

  it('says until when it is tolerated, who agreed and why', async () => {
    server.answers('/exemptions', {
      items: [
        anExemption({
          state: 'active',
          decidedBy: 'user:default/sam',
          decidedAt: '2026-11-20T09:00:00.000Z',
        }),
      ],
    });
    renderTab({ search: OPEN });
    expect(await screen.findByText('Exempt until Jan 31, 2027:')).toBeVisible();
    expect(
      screen.getByText(/The vendor cannot do it before spring\./),
    ).toBeVisible();
  });
});
