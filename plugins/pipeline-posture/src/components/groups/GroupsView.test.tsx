import { screen } from '@testing-library/react';
import { GroupRollUp } from 'backstage-plugin-pipeline-posture-common';
import { postureServer } from '../../__testUtils__/postureServer';
import { aControl } from '../../__testUtils__/postures';
import { renderPage } from '../../__testUtils__/render';

const payments: GroupRollUp = {
  ref: 'group:default/payments',
  entities: 41,
  byCompliance: { compliant: 34, unknown: 2, 'non-compliant': 5 },
  byGrade: { A: 20, B: 14, C: 2, D: 3, F: 1, 'not-graded': 1 },
  compliantShare: 82,
  meanScore: 77,
  worst: [],
  failingControls: [
    { controlId: 'identity-is-not-admin', pipelines: 9, gain: 6 },
  ],
  exempt: 0,
};

describe('posture by team', () => {
  const server = postureServer();
  beforeEach(() => {
    server.answers('/controls', { items: [aControl()] });
    server.answers('/rollups', {
      items: [payments, { ...payments, ref: undefined, entities: 2 }],
    });
  });

  it('says how many entities of an owner comply, what is unknown apart, and what to fix first', async () => {
    renderPage('/pipeline-posture/groups');
    const row = await screen.findByRole('row', { name: /payments/ });
    expect(row).toHaveTextContent('34 of 41 (82%)');
    expect(row).toHaveTextContent(
      '5277No identity of the pipeline is an administrator (fails in 9)',
    );
    expect(server.asked()).toContain('/rollups?by=owner');
  });

  it('leads to the pipelines of an owner, and keeps those of nobody in the list', async () => {
    renderPage('/pipeline-posture/groups');
    expect(
      (await screen.findAllByRole('link', { name: 'Show pipelines' })).map(
        link => link.getAttribute('href'),
      ),
    ).toEqual(['/pipeline-posture?owner=group%3Adefault%2Fpayments']);
    expect(screen.getByRole('row', { name: /^None/ })).toBeVisible();
  });

  it('leads from a cell of the heat map to the pipelines that fail there', async () => {
    const cell = { pass: 3, fail: 2, unknown: 0, exempt: 0 };
    const cells = {
      'least-privilege': { ...cell, failingPipelines: 2, passingShare: 60 },
      monitoring: { ...cell, fail: 0, failingPipelines: 0, passingShare: 100 },
    };
    server.answers('/heatmap', {
      by: 'owner',
      groups: [
        { ref: 'group:default/payments', pipelines: 5, cells },
        { pipelines: 2, cells },
      ],
    });
    renderPage('/pipeline-posture/groups?view=heat-map');
    const links = await screen.findAllByRole('link', { name: /fail/ });
    expect(
      links.map(link => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      [
        '2 pipelines fail',
        '/pipeline-posture?owner=group%3Adefault%2Fpayments&dimension=least-privilege',
      ],
    ]);
  });

  it('groups by what the address says', async () => {
    renderPage('/pipeline-posture/groups?by=system');
    await screen.findByRole('columnheader', { name: 'System' });
    expect(server.asked()).toContain('/rollups?by=system');
  });
});
