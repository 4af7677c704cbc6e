import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { postureServer } from '../../__testUtils__/postureServer';
import { aFleet, aPipeline } from '../../__testUtils__/postures';
import { anAbout, someFacets } from '../../__testUtils__/about';
import { renderPage } from '../../__testUtils__/render';
import { durationOf } from './TimeToFix';

const NBSP = / | /g;

describe('what moved, on the overview', () => {
  const server = postureServer();
  const progress = {
    since: '2026-10-22',
    compliantShare: 22,
    failingCritical: 5,
    exemptionsEnding: 4,
    fixes: 31,
    medianDaysToFix: 12,
  };
  beforeEach(() => {
    server.answers('/summary', aFleet());
    server.answers('/pipelines', {
      items: [aPipeline()],
      total: 1,
      page: 1,
      size: 25,
    });
  });
  const tiles = async () =>
    within(await screen.findByRole('list', { name: 'Key numbers' }));

  it('says by sign, arrow and word how the numbers moved, and how long fixes took', async () => {
    server.answers('/progress', progress);
    renderPage('/pipeline-posture?owner=group:default/payments');
    const list = await tiles();
    expect(await list.findByText('Median time to fix')).toBeVisible();
    expect(list.getByText('12 days')).toBeVisible();
    expect(list.getByText('31 findings fixed in 90 days')).toBeVisible();
    expect(
      list.getByRole('button', { name: /^Compliant/ }).textContent,
    ).toMatch(/[▲▼] \d+ points? in 30 days, (up|down)|As 30 days ago/);
    expect(
      list.getByRole('button', { name: /critical control fails/ }).textContent,
    ).toMatch(/[▲▼] \d+ in 30 days, (up|down)|As 30 days ago/);
    expect(server.asked()).toContain(
      '/progress?owner=group%3Adefault%2Fpayments',
    );
  });

  it('says nothing of what is not known, and why there is no time', async () => {
    renderPage();
    const list = await tiles();
    expect(
      await list.findByText('Nothing was fixed in the last 90 days'),
    ).toBeVisible();
    expect(list.queryByText(/30 days/)).not.toBeInTheDocument();
  });

  it('tells those who may see the collector that sources cannot be read', async () => {
    server.answers('/health', {
      state: 'failing',
      sources: [{ state: 'failing' }, { state: 'ok' }],
    });
    renderPage();
    expect(
      await (await tiles()).findByText('1 source cannot be read'),
    ).toBeVisible();
  });

  it('asks nothing of the collector for others', async () => {
    const about = anAbout();
    server.answers('/about', {
      ...about,
      may: { ...about.may, seeCollector: false },
    });
    server.answers('/health', { state: 'failing', sources: [] });
    renderPage();
    await (await tiles()).findByText('Median time to fix');
    expect(server.asked()).not.toContain('/health');
  });

  it('draws over time the pipelines that match, and says so', async () => {
    server.answers('/trends/pipelines', {
      pipelines: 78,
      points: [
        {
          day: '2026-11-20',
          pipelines: 78,
          compliant: 39,
          nonCompliant: 39,
          unknown: 0,
          compliantShare: 50,
        },
        {
          day: '2026-11-21',
          pipelines: 78,
          compliant: 64,
          nonCompliant: 14,
          unknown: 0,
          compliantShare: 82,
        },
      ],
      rubricChanges: [],
    });
    renderPage('/pipeline-posture?grade=A&severity=critical');
    expect(
      await screen.findByRole('img', {
        name: 'Share of compliant pipelines, from 50% on November 20, 2026 to 82% on November 21, 2026',
      }),
    ).toBeVisible();
    expect(
      screen.getByText(/The 78 pipelines that match the filters now\./),
    ).toBeVisible();
    await waitFor(() =>
      expect(server.asked()).toContain(
        '/trends/pipelines?grade=A&severity=critical',
      ),
    );
  });
});

describe('the numbers of the overview where only certain results are meant', () => {
  const server = postureServer();
  const CONTROL = 'identity-is-not-admin';
  beforeEach(() => {
    server.answers('/summary', aFleet());
    server.answers('/pipelines', {
      items: [aPipeline()],
      total: 1,
      page: 1,
      size: 25,
    });
  });
  const list = (name: string) => screen.findByRole('list', { name });
  const lastList = () =>
    Object.fromEntries(
      new URL(
        `http://x${server
          .asked()
          .filter(path => path.startsWith('/pipelines?'))
          .at(-1)}`,
      ).searchParams,
    );

  it('are those of the list to which a control leads', async () => {
    server.answers(
      '/facets',
      someFacets({ control: [{ value: CONTROL, count: 1 }] }),
    );
    renderPage('/pipeline-posture?severity=critical');
    const bars = within(await list('Controls that fail most often'));
    await userEvent.click(
      await bars.findByRole('button', { name: `${CONTROL} 1` }),
    );
    await waitFor(() =>
      expect(lastList()).toMatchObject({
        severity: 'critical',
        control: CONTROL,
        status: 'fail',
      }),
    );
  });

  it('are never a share of the pipelines with another result', async () => {
    server.answers(
      '/facets',
      someFacets({ status: [{ value: 'exempt', count: 12 }] }),
    );
    renderPage(`/pipeline-posture?control=${CONTROL}&status=failing`);
    const tiles = within(await list('Key numbers'));
    expect(
      (await tiles.findByRole('button', { name: /With an exemption/ }))
        .textContent,
    ).toBe('With an exemption 12 ');
  });

  it('count what fails where another status is asked for, and lead to that', async () => {
    server.answers('/facets', url =>
      someFacets({
        severity: [
          {
            value: 'critical',
            count: url.searchParams.get('status') === 'fail' ? 5 : 1,
          },
        ],
      }),
    );
    renderPage('/pipeline-posture?status=exempt');
    const tiles = within(await list('Key numbers'));
    await userEvent.click(
      await tiles.findByRole('button', { name: /critical control fails 5/ }),
    );
    await waitFor(() =>
      expect(lastList()).toMatchObject({
        severity: 'critical',
        status: 'fail',
      }),
    );
  });
});

describe('durationOf', () => {
  it.each([
    [12, '12 days'],
    [1, '1 day'],
    [0.2, '5 hours'],
    [0, '1 hour'],
  ])('writes %d days as %s', (days, words) => {
    expect(durationOf(days, 'en').replace(NBSP, ' ')).toBe(words);
  });
});
