import { expect, test } from '@playwright/test';
import { signInAs, TAB } from './seeded';

test('the tab asks at most three questions', async ({ page }) => {
  await signInAs(page, 'owner');
  const asked: string[] = [];
  page.on('request', request => {
    const { pathname } = new URL(request.url());
    if (
      pathname.startsWith('/api/pipeline-posture/') &&
      request.method() !== 'OPTIONS'
    )
      asked.push(pathname);
  });
  await page.goto(TAB);
  await expect(page.getByText(/Grade D/)).toBeVisible();
  await page
    .getByRole('heading', { name: 'Score over time' })
    .or(page.getByText('Loading pipeline posture').last())
    .scrollIntoViewIfNeeded();
  await expect(page.getByText('What changed')).toBeVisible();
  expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(3);
});
