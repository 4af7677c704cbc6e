import { expect, test } from '@playwright/test';
import { openTab, PICTURES, signIn, violations } from './demo';

const OURS = '.pipeline-posture-root';
/** Backstage's own table puts a drag handle into each sort button, and its sign of loading has no name. */
const CATALOG_ITSELF = ['thead', '[data-testid="loading-indicator"]'];

for (const scheme of ['light', 'dark'] as const) {
  test.describe(scheme, () => {
    test.beforeEach(({ page }) => signIn(page, scheme));

    test('axe finds nothing on the tab, with a finding open', async ({
      page,
    }) => {
      await openTab(page, 'storefront-web');
      await page
        .getByRole('button', { name: /^Failing Critical/ })
        .first()
        .click();
      await expect(page.getByText('Why it matters')).toBeVisible();
      await page.screenshot({
        path: `${PICTURES}/tab-${scheme}.png`,
        fullPage: true,
      });
      expect(await violations(page)).toEqual([]);
    });

    test('axe finds nothing on the catalog with our filters in it', async ({
      page,
    }) => {
      await page.goto(
        '/catalog?filters[kind]=component&filters[user]=all&filters[pipelineCompliance]=non-compliant',
      );
      await expect(page.getByText('Not compliant').first()).toBeVisible();
      await page.screenshot({
        path: `${PICTURES}/catalog-${scheme}.png`,
        fullPage: true,
      });
      expect(await violations(page, CATALOG_ITSELF)).toEqual([]);
    });

    test('axe finds nothing on the page of all pipelines', async ({ page }) => {
      await page.goto('/pipeline-posture');
      await expect(page.getByText(/^\d+ pipelines$/).first()).toBeVisible();
      await page.screenshot({
        path: `${PICTURES}/pipelines-${scheme}.png`,
        fullPage: true,
      });
      expect(await violations(page)).toEqual([]);
    });

    test('axe finds nothing where there is nothing to show', async ({
      page,
    }) => {
      for (const component of ['legacy-reports', 'style-guide']) {
        await openTab(page, component);
        await expect(
          page.locator(OURS).getByRole('heading').first(),
        ).toBeVisible();
        expect(await violations(page)).toEqual([]);
      }
    });
  });
}

test('the tab fits a narrow window without scrolling sideways', async ({
  page,
}) => {
  await signIn(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await openTab(page, 'storefront-web');
  await expect(page.getByText('Grade F · Critical gaps')).toBeVisible();
  await page.screenshot({ path: `${PICTURES}/tab-narrow.png`, fullPage: true });
  const wide = () =>
    page.evaluate(
      () => document.querySelector('.pipeline-posture-root')?.scrollWidth ?? 0,
    );
  await expect.poll(wide).toBeLessThanOrEqual(320);
});

test('a finding opens and closes by keyboard', async ({ page }) => {
  await signIn(page);
  await openTab(page, 'storefront-web');
  const row = page.getByRole('button', { name: /^Failing Critical/ }).first();
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(row).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Enter');
  await expect(row).toHaveAttribute('aria-expanded', 'false');
});
