import { expect, test } from '@playwright/test';
import { signInAs, turn } from './seeded';

test('a run can be watched, and what is missing can be granted', async ({
  page,
}) => {
  await signInAs(page, 'owner', { path: '/pipeline-posture/health' });
  await expect(
    page.getByText('iam:GetAccountAuthorizationDetails', { exact: true }),
  ).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Copy permission' }),
  ).toBeVisible();

  await turn({ pauseMs: 120 });
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver(() => {
      const text = [...document.querySelectorAll('[role="status"]')]
        .map(one => one.textContent ?? '')
        .find(one => one.includes('% collected'));
      if (text && text !== heard[heard.length - 1]) heard.push(text);
    }).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  await page
    .getByRole('button', {
      name: 'Run now: Azure DevOps contoso, project Payments',
    })
    .click();
  const bar = page.getByRole('progressbar', { name: 'Collecting now' });
  await expect(bar).toBeVisible({ timeout: 30_000 });
  const values: number[] = [];
  while (await bar.isVisible()) {
    const now = await bar
      .getAttribute('aria-valuenow', { timeout: 500 })
      .catch(() => null);
    if (now !== null) values.push(Number(now));
    await page.waitForTimeout(250);
  }
  await turn({ pauseMs: 0 });
  expect(values.length).toBeGreaterThan(2);
  expect([...values].sort((a, b) => a - b)).toEqual(values);
  expect(Math.max(...values)).toBeGreaterThan(50);
  const heard = await page.evaluate(
    () => (window as unknown as { heard: string[] }).heard,
  );
  expect(heard.length).toBeLessThanOrEqual(11);
  await expect(
    page.getByRole('row', { name: /project Payments.*OK.*/ }).first(),
  ).toBeVisible();
});

test('the catalog’s filter works over pages of the server', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', request => {
    if (request.url().includes('/api/catalog/entities/by-query'))
      asked.push(
        `${decodeURIComponent(request.url())} ${request.postData() ?? ''}`,
      );
  });
  await signInAs(page, 'owner', {
    path: '/catalog?filters[kind]=component&filters[user]=all&filters[pipelineGrade]=D',
  });
  const rows = page.getByRole('row').filter({ hasText: 'D Weak' });
  await expect(rows).toHaveCount(20);
  expect(
    asked.some(url => url.includes('metadata.labels.pipeline-posture/grade=D')),
  ).toBe(true);
  await page.getByRole('button', { name: /next page/i }).click();
  await expect
    .poll(() => asked.filter(url => url.includes('cursor')).length)
    .toBeGreaterThan(0);
  await expect(rows.first()).toBeVisible();
  await expect(
    page.getByRole('row').filter({ hasText: /[ABF] (Strong|Good|Critical)/ }),
  ).toHaveCount(0);

  // Away and back: the filter is still there, and so is what it lets through.
  await page.getByRole('link', { name: 'Pipeline posture' }).first().click();
  await expect(page.getByText('312 pipelines', { exact: true })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/pipelineGrade/);
  await expect(rows).toHaveCount(20);
});
