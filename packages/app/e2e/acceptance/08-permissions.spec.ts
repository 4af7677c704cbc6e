import { expect, test } from '@playwright/test';
import { api, signInAs, TAB } from './seeded';

test('who may not read the entity finds nothing of it', async ({ page }) => {
  await signInAs(page, 'outsider', {
    path: '/pipeline-posture?q=payments-deploy',
  });
  await expect(
    page.getByText('No pipelines match these filters').first(),
  ).toBeVisible();
  const { total } = await api<{ total: number }>('/pipelines');
  const { pipelines } = await api<{ pipelines: number }>('/summary');
  expect(pipelines).toBe(total);
  expect(total).toBe(312 - 3);
  const rollUps = await api<{
    items: Array<{ ref?: string; worst: Array<{ entityRef: string }> }>;
  }>('/rollups?by=owner');
  expect(JSON.stringify(rollUps)).not.toContain('payments-api"');
  await page.goto(TAB);
  await expect(page.getByText(/not found/i).first()).toBeVisible();
});

test('who may not read evidence gets none, not even over the wire', async ({
  page,
}) => {
  const answers: string[] = [];
  page.on('response', async response => {
    if (!response.url().includes('/api/pipeline-posture/entities/')) return;
    answers.push(await response.text().catch(() => ''));
  });
  await signInAs(page, 'viewer', { path: `${TAB}?status=failing` });
  await page
    .getByRole('button', { name: /^Failing Critical/ })
    .first()
    .click();
  await expect(page.getByText('Evidence is restricted')).toBeVisible();
  await expect(
    page.getByText(
      'You can see the result but not the raw evidence. Needed: pipelinePosture.evidence.read.',
    ),
  ).toBeVisible();
  await expect.poll(() => answers.length).toBeGreaterThan(0);
  for (const answer of answers) {
    expect(answer).not.toContain('variables.DB_PASSWORD.isSecret');
    expect(answer).not.toContain('"source":"GET');
  }
});

test('who may not see the collector is told what is needed', async ({
  page,
}) => {
  await signInAs(page, 'viewer', { path: '/pipeline-posture/health' });
  await expect(
    page.getByText('You do not have access to this page'),
  ).toBeVisible();
  await expect(
    page.getByText(/You need pipelinePosture\.collector\.read/),
  ).toBeVisible();
  await expect(
    page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('link', { name: /Data health/ }),
  ).toBeHidden();
  await page.goto('/pipeline-posture');
  await expect(page.getByText(/^\d+ pipelines$/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export' })).toBeHidden();
});
