import { expect, test } from '@playwright/test';
import { SCREENS, signInAs, TAB } from './seeded';

test('everything is done by keyboard alone', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signInAs(page, 'owner', { path: '/pipeline-posture' });
  await expect(page.getByText('312 pipelines', { exact: true })).toBeVisible();

  const owner = page
    .getByRole('search', { name: 'Filters' })
    .getByRole('button', { name: /Grade/ });
  await owner.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/grade=/);

  const header = page
    .getByRole('columnheader', { name: 'Failing' })
    .getByRole('button');
  await header.focus();
  const sorted = page.waitForResponse(/\/pipelines\?.*sort=failing/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/sort=failing/);
  await sorted;
  await expect(page.getByText('Updating…')).toBeHidden();

  await page
    .getByRole('region', { name: 'Pipelines', exact: true })
    .getByRole('rowheader')
    .first()
    .getByRole('button')
    .focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.getByRole('button', { name: /next/i }).last().focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/page=2/);

  await page.goto(`${TAB}?status=failing`);
  const row = page.getByRole('button', { name: /^Failing Critical/ }).first();
  await row.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Copy as Markdown' }).focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('**How to fix it**');
  // No trap: Tab leaves the panel.
  for (let i = 0; i < 12; i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await row.focus();
  await page.keyboard.press('Escape');
  await expect(row).toHaveAttribute('aria-expanded', 'false');
  await expect(row).toBeFocused();
});

test('nothing scrolls sideways at 320 pixels, and targets are large enough', async ({
  page,
}) => {
  await signInAs(page, 'owner', { path: SCREENS[0].path });
  await page.setViewportSize({ width: 320, height: 800 });
  for (const [i, { name, path, there }] of SCREENS.entries()) {
    if (i > 0) await page.goto(path);
    await expect(page.getByText(there).first()).toBeAttached();
    const wide = () =>
      page.evaluate(() =>
        Math.max(
          ...[...document.querySelectorAll('.pipeline-posture-root')].map(
            root => root.getBoundingClientRect().right,
          ),
        ),
      );
    await expect.poll(wide, { message: name }).toBeLessThanOrEqual(320);
  }
  await page.goto('/pipeline-posture');
  const controls = page
    .getByRole('search', { name: 'Filters' })
    .locator('button:visible, input:visible');
  await expect(controls.first()).toBeVisible();
  for (const box of await controls.evaluateAll(all =>
    all.map(
      one =>
        (one.closest('[class*="bui-"]') ?? one).getBoundingClientRect().height,
    ),
  )) {
    expect(box).toBeGreaterThanOrEqual(24);
  }
});
