import { screen, waitFor } from '@testing-library/react';
import { postureServer } from '../../__testUtils__/postureServer';
import { aPosture, aSummary, paymentsApi } from '../../__testUtils__/postures';
import { renderCard } from '../../__testUtils__/render';

const ENTITY = '/entities/component/default/payments-api';

describe('the card on the overview', () => {
  const server = postureServer();
  const card = () => screen.findByRole('region', { name: 'Pipeline posture' });

  it('says grade, score, what fails, what is unknown and the first fix, with one request', async () => {
    server.answers(ENTITY, aPosture());
    renderCard();
    expect(await screen.findByText('Grade D · Weak')).toBeVisible();
    expect(await card()).toHaveTextContent('54 of 100 · Provisional');
    expect(await card()).toHaveTextContent('1 failing: 1 critical');
    expect(await card()).toHaveTextContent('2 unknown');
    expect(await card()).toHaveTextContent(
      'First fix: No identity of the pipeline is an administrator',
    );
    expect(server.asked()).toEqual([ENTITY]);
  });

  it('draws the last ninety days with their equal in words, and says how the score moved', async () => {
    server.answers(ENTITY, aPosture());
    renderCard();
    expect(
      await screen.findByRole('img', {
        name: 'Score of the last 3 days, from 60 on October 22, 2026 to 54 on November 21, 2026',
      }),
    ).toBeVisible();
    expect(await card()).toHaveTextContent(
      '▼ 6 points down since Oct 22, 2026',
    );
  });

  it('leads to exactly what it counts', async () => {
    server.answers(ENTITY, aPosture());
    renderCard();
    expect(
      await screen.findByRole('link', { name: 'View 1 failing control' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/payments-api/pipeline-posture?status=failing',
    );
  });

  it('leads to what is unknown where nothing fails', async () => {
    const summary = aSummary();
    server.answers(
      ENTITY,
      aPosture({
        summary: { ...summary, counts: { ...summary.counts, fail: 0 } },
      }),
    );
    renderCard();
    expect(
      await screen.findByRole('link', { name: 'View 2 unknown controls' }),
    ).toHaveAttribute('href', expect.stringMatching(/\?status=unknown$/));
  });

  it('says that the first check is still to come', async () => {
    server.answers(
      ENTITY,
      aPosture({
        state: 'scheduled',
        summary: undefined,
        pipelines: [],
        nextCheckAt: undefined,
      }),
    );
    renderCard();
    expect(await screen.findByText(/First check is scheduled/)).toBeVisible();
  });

  it('keeps a failure to itself', async () => {
    server.refuses(ENTITY, 500, 'Error');
    renderCard();
    expect(
      await screen.findByText('This part could not be loaded'),
    ).toBeVisible();
    expect(screen.getByText('The rest of the page is current.')).toBeVisible();
  });

  it('is not there for an entity that nothing can link to a pipeline', async () => {
    renderCard({
      ...paymentsApi,
      metadata: { ...paymentsApi.metadata, annotations: {} },
    });
    await waitFor(() =>
      expect(screen.queryByText('Pipeline posture')).not.toBeInTheDocument(),
    );
    expect(server.asked()).toEqual([]);
  });
});
