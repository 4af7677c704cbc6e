import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { postureServer } from '../../__testUtils__/postureServer';
import { aDetail, aPosture, deployId } from '../../__testUtils__/postures';
import { renderTab } from '../../__testUtils__/render';

const ENTITY = '/entities/component/default/payments-api';

describe('the tab of an entity', () => {
  const server = postureServer();

  it('says score, grade in letter and word, coverage and what could still be reached', async () => {
    server.answers(ENTITY, aPosture());
    renderTab();
    const summary = await screen.findByRole('region', {
      name: 'Security of the pipelines',
    });
    expect(within(summary).getByText('Grade D · Weak')).toBeVisible();
    expect(
      within(summary).getByRole('img', {
        name: 'Score 54 of 100, grade D, Weak, provisional, up to 63 if everything unknown passes',
      }),
    ).toBeVisible();
    expect(summary).toHaveTextContent('8 of 10 checks done');
    expect(summary).toHaveTextContent('Up to 63 if everything unknown passes');
  });
});
