import { expect, test } from '@playwright/test';
import { api, BACKEND, readAgain, signInAs, TAB, token, turn } from './seeded';

test.afterAll(readAgain);

const CONTROL = 'Nobody can approve the deployment that they started';

test('a finding is tolerated for a time, by somebody else, and never counts as passing', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await signInAs(page, 'owner', { path: `${TAB}?status=failing` });
  const row = page.getByRole('button', { name: new RegExp(CONTROL) }).first();
  await row.click();
  await page.getByRole('button', { name: 'Request exemption' }).click();
  const dialog = page.getByRole('dialog', { name: /Request exemption/ });
  const send = dialog.getByRole('button', { name: 'Send request' });
  await send.click();
  await expect(dialog.getByText('Write at least 20 characters.')).toBeVisible();
  const reason = dialog.getByRole('textbox', { name: /^Reason/ });
  await expect(reason).toBeFocused();
  await reason.fill('The vendor cannot do this before the first quarter.');
  const until = dialog.getByRole('textbox', { name: /^Until/ });
  await until.fill('2030-01-01');
  await send.click();
  await expect(
    dialog.getByText('Choose a day within the next 365 days.'),
  ).toBeVisible();
  await until.fill('2026-11-22');
  await send.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Failing, exemption pending.')).toBeVisible();

  await page.goto('/pipeline-posture/exemptions');
  await expect(page.getByText('1 exemption', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve' })).toBeHidden();

  await turn({ person: 'appsec' });
  await page.context().clearCookies();
  await page.evaluate(() => localStorage.clear());
  await page.goto('/pipeline-posture/exemptions');
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('The decision is recorded')).toBeVisible();

  await page.goto(`${TAB}?status=exempt`);
  await expect(
    page.getByRole('button', { name: new RegExp(`^Exempt ${CONTROL}`) }),
  ).toBeVisible();
  await expect(page.getByText(/^Exempt until/)).toBeVisible();
  await expect(page.getByText(/without exemptions/)).toBeVisible();

  // Past its last day it counts again.
  await turn({ clock: '2026-11-24T08:00:00Z' });
  await fetch(
    `${BACKEND}/api/pipeline-posture/.backstage/scheduler/v1/tasks/pipeline-posture-upkeep/trigger`,
    { method: 'POST', headers: { Authorization: `Bearer ${await token()}` } },
  );
  await expect
    .poll(
      async () =>
        (
          await api<{ items: Array<{ state: string }> }>(
            '/exemptions?state=expired',
          )
        ).items.length,
      { timeout: 30_000 },
    )
    .toBe(1);
});
