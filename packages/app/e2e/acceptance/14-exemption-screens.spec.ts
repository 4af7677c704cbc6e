import { expect, Page, test } from '@playwright/test';
import { violations } from '../demo';
import { sideways } from './longText';
import { signInAs, TAB } from './seeded';

/** Backstage's own parts of the pages that we cannot mend. */
const NOT_OURS = ['a[aria-label="Notifications"]'];

const QUEUES = [
  'Waiting',
  'Active',
  'Ending soon',
  'Expired',
  'Rejected',
  'Revoked',
];

const rows = (page: Page) =>
  page
    .getByRole('tabpanel')
    .getByRole('row')
    .filter({
      has: page.getByRole('rowheader'),
    });

/** Opens the request for an exemption from a finding, by keyboard, with what is wrong shown. */
async function openRequest(page: Page) {
  await page
    .getByRole('heading', { level: 4, name: /Nobody can approve the deploy/ })
    .getByRole('button')
    .press('Enter');
  await page.getByText('History', { exact: true }).press('Enter');
  await expect(
    page.getByRole('list', { name: /^What this control said of/ }),
  ).toBeVisible();
  await page
    .getByRole('button', { name: /^Request (exemption|again)$/ })
    .first()
    .press('Enter');
  const dialog = page.getByRole('dialog', { name: /Request exemption/ });
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill('');
  await dialog.getByLabel(/^Until/).fill('2030-01-01');
  await dialog.getByRole('button', { name: 'Send request' }).press('Enter');
  await expect(dialog.getByText('Write at least 20 characters.')).toBeVisible();
}

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in queues, decisions and requests, ${scheme}`, async ({
    page,
  }) => {
    await signInAs(page, 'appsec', {
      scheme,
      path: '/pipeline-posture/exemptions',
    });
    for (const queue of QUEUES) {
      await page
        .getByRole('tab', { name: new RegExp(`^${queue} \\(`) })
        .click();
      await expect(page.getByText('Updating…')).toBeHidden();
      await expect(rows(page).first()).toBeVisible();
      expect.soft(await violations(page, NOT_OURS), queue).toEqual([]);
    }
    await page.getByRole('tab', { name: /^Waiting/ }).click();
    // Rows of the queue before stay until the server has answered.
    const waiting = rows(page).filter({ hasText: 'if approved' }).first();
    await waiting.getByRole('button').press('Enter');
    const panel = page.getByRole('dialog');
    await panel.getByRole('button', { name: 'Reject' }).press('Enter');
    await expect(panel.getByText('Say why in a few words.')).toBeVisible();
    expect.soft(await violations(page, NOT_OURS), 'decision').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(waiting).toBeFocused();

    await page.goto(`${TAB}?status=failing`);
    await openRequest(page);
    expect.soft(await violations(page, NOT_OURS), 'request').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    expect.soft(await violations(page, NOT_OURS), 'history').toEqual([]);
  });
}

test('exemptions and their decisions fit 320 pixels', async ({ page }) => {
  await signInAs(page, 'appsec', { path: '/pipeline-posture/exemptions' });
  await page.setViewportSize({ width: 320, height: 800 });
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  for (const queue of QUEUES) {
    await page.getByRole('tab', { name: new RegExp(`^${queue} \\(`) }).click();
    await expect(rows(page).first()).toBeVisible();
    expect(await sideways(page), queue).toEqual([]);
    expect(await width(), queue).toBeLessThanOrEqual(320);
  }
  await rows(page).first().getByRole('button').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await sideways(page), 'decision').toEqual([]);
  await page.goto(`${TAB}?status=failing`);
  await openRequest(page);
  expect(await width(), 'request').toBeLessThanOrEqual(320);
});
