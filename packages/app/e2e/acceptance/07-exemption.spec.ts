import { expect, Page, test } from '@playwright/test';
import { api, BACKEND, readAgain, signInAs, TAB, token, turn } from './seeded';

test.afterAll(readAgain);

/** Ends what a run that broke off has left. */
test.beforeAll(async () => {
  await turn({ person: 'appsec' });
  const { items } = await api<{ items: Array<{ id: string }> }>(
    '/exemptions?state=waiting&state=active&control=requester-cannot-approve',
  );
  for (const { id } of items) {
    await api(`/exemptions/${id}/revoke`, 'POST', { comment: 'Left over.' });
  }
});

const CONTROL = 'Nobody can approve the deployment that they started';
const REASON = 'The vendor cannot do this before the first quarter.';

/** The row of the control in the list of findings. */
const rowOf = (page: Page) =>
  page.getByRole('listitem').filter({
    has: page.getByRole('heading', { level: 4, name: new RegExp(CONTROL) }),
  });

/** The entity's score, as its gauge says it. */
const scoreOf = async (page: Page) =>
  /Score (\d+) of 100/.exec(
    (await page
      .getByRole('img', { name: /^Score \d+ of 100/ })
      .first()
      .getAttribute('aria-label')) ?? '',
  )?.[1];

async function signInAnew(
  page: Page,
  person: 'owner' | 'appsec',
  path: string,
) {
  await turn({ person });
  await page.context().clearCookies();
  await page.evaluate(() => localStorage.clear());
  await page.goto(path);
  await page.getByRole('button', { name: 'Enter' }).click();
}

test('a finding is tolerated for a time, by somebody else, and never counts as passing', async ({
  page,
}) => {
  await signInAs(page, 'owner', { path: `${TAB}?status=failing` });
  const row = rowOf(page);
  await row.getByRole('button', { name: new RegExp(CONTROL) }).click();
  const score = await scoreOf(page);
  // After an earlier one has ended, it is called "Request again".
  await row
    .getByRole('button', { name: /^Request (exemption|again)$/ })
    .click();

  // What is wrong is said at the field, which gets the focus.
  const dialog = page.getByRole('dialog', { name: /Request exemption/ });
  const send = dialog.getByRole('button', { name: 'Send request' });
  const reason = dialog.getByRole('textbox', { name: /^Reason/ });
  await reason.fill('');
  await send.click();
  await expect(reason).toBeFocused();
  await expect(reason).toHaveAccessibleDescription(
    /Write at least 20 characters\./,
  );
  await reason.fill(REASON);
  const until = dialog.getByLabel(/^Until/);
  await until.fill('2030-01-01');
  await send.click();
  await expect(until).toBeFocused();
  await expect(until).toHaveAccessibleDescription(
    /Choose a day within the next 365 days\./,
  );

  // Asked for, it still counts.
  await until.fill('2026-11-22');
  await send.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/^Request sent/)).toBeVisible();
  await expect(row).toContainText('Failing, exemption pending');
  await expect(row).toContainText(/Requested by Olivia Owner/);
  expect(await scoreOf(page)).toBe(score);

  // Who asked cannot approve.
  await row.getByRole('link', { name: 'View' }).click();
  const panel = page.getByRole('dialog', { name: new RegExp(CONTROL) });
  await expect(panel).toContainText(REASON);
  await expect(panel).toContainText('somebody else has to approve it');
  await expect(panel.getByRole('button', { name: 'Approve' })).toBeHidden();
  const id = new URL(page.url()).searchParams.get('exemption');

  // Somebody else can.
  await signInAnew(page, 'appsec', `/pipeline-posture/exemptions/${id}`);
  await expect(
    // The panel hides it from assistive technology.
    page.getByRole('link', {
      name: /^Exemptions \d+ waiting$/,
      includeHidden: true,
    }),
  ).toBeAttached();
  await panel.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('The decision is recorded')).toBeVisible();
  await expect(panel).toContainText('Active');

  await page.goto(`${TAB}?status=exempt`);
  await expect(row).toContainText('Exempt until November 22, 2026');
  await expect(row).toContainText(
    /Risk accepted for a limited time, approved by Sam Security on .*: The vendor/,
  );
  await expect(page.getByText(/^(1 exempt|Exempt 1)$/i).first()).toBeVisible();
  await expect(
    page.getByText(new RegExp(`\\b${score} without exemptions`)),
  ).toBeVisible();
  expect(Number(await scoreOf(page))).toBeGreaterThanOrEqual(Number(score));

  // Past its last day it counts again.
  await turn({ clock: '2026-11-24T08:00:00Z' });
  await page.clock.setSystemTime(new Date('2026-11-24T08:00:00Z'));
  await fetch(
    `${BACKEND}/api/pipeline-posture/.backstage/scheduler/v1/tasks/pipeline-posture-upkeep/trigger`,
    { method: 'POST', headers: { Authorization: `Bearer ${await token()}` } },
  );
  await expect
    .poll(
      async () => (await api<{ state: string }>(`/exemptions/${id}`)).state,
      { timeout: 30_000 },
    )
    .toBe('expired');
  await page.goto(`${TAB}?status=failing`);
  await expect(row).toContainText(/^Failing/);
  await expect(row).toContainText('Exemption ended');
  await expect(row).toContainText('The control counts again.');
  await expect(
    row.getByRole('button', { name: 'Request again' }),
  ).toBeVisible();
});
