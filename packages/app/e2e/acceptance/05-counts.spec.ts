import { expect, Page, test } from '@playwright/test';
import { api, signInAs } from './seeded';

const CONTROLS = 'Controls that fail most often';

const numberIn = (text: string) => Number(/\d+/.exec(text)?.[0]);

/** The number of pipelines that are listed. */
const listed = (page: Page, number: number) =>
  page.locator('p[role="status"]', {
    hasText: new RegExp(`^${number} pipelines?$`),
  });

/** What the buttons of a list say, once they are there and before anything was clicked. */
async function buttonsOf(page: Page, list: string) {
  const buttons = page.getByRole('list', { name: list }).getByRole('button');
  await expect(buttons.first()).toBeVisible();
  return Promise.all(
    (await buttons.all()).map(async button => ({
      button,
      text: await button.innerText(),
      leads:
        (await button.isEnabled()) &&
        (await button.getAttribute('aria-pressed')) !== 'true',
    })),
  );
}

/** Each number leads to a list of as many, and the way back to the list before. */
async function agree(
  page: Page,
  buttons: Awaited<ReturnType<typeof buttonsOf>>,
  { at, all = 312 }: { at: RegExp; all?: number },
) {
  for (const { button, text, leads } of buttons) {
    if (!leads) continue;
    const numberOf = (said: string) => numberIn(at.exec(said)?.[0] ?? '');
    // After the way back, what is said of the list before stays until the server has answered.
    await expect
      .poll(async () => numberOf(await button.innerText()))
      .toBe(numberOf(text));
    await button.click();
    await expect(listed(page, numberOf(text))).toBeVisible();
    await page.goBack();
    await expect(listed(page, all)).toBeVisible();
  }
}

test('every number leads to a list of exactly that many', async ({ page }) => {
  await signInAs(page, 'owner', { path: '/pipeline-posture' });
  await expect(page.getByText('312 pipelines', { exact: true })).toBeVisible();
  const tiles = await buttonsOf(page, 'Key numbers');
  const controls = await buttonsOf(page, CONTROLS);
  const grades = await buttonsOf(page, 'Grades');
  expect(
    grades
      .map(({ text }) => numberIn(/\d+ \(/.exec(text)?.[0] ?? ''))
      .reduce((sum, number) => sum + number),
  ).toBe(312);
  expect(tiles).toHaveLength(5);
  await agree(page, tiles, { at: /^\d+$/m });
  expect(controls.length).toBeGreaterThan(5);
  await agree(page, controls, { at: /\d+ \(/ });
});

for (const filter of [
  'severity=high',
  'dimension=least-privilege',
  'status=exempt',
])
  test(`every number leads to as many where only pipelines with ${filter} are shown`, async ({
    page,
  }) => {
    await signInAs(page, 'owner', { path: `/pipeline-posture?${filter}` });
    const { pipelines: all } = await api<{ pipelines: number }>(
      `/summary?${filter}`,
    );
    await expect(listed(page, all)).toBeVisible();
    const tiles = await buttonsOf(page, 'Key numbers');
    const controls = await buttonsOf(page, CONTROLS);
    expect(tiles).toHaveLength(5);
    await agree(page, tiles, { at: /^\d+$/m, all });
    await agree(page, controls.slice(0, 4), { at: /\d+$/, all });
  });

test('the line over time is about the pipelines that match, and ends with their number', async ({
  page,
}) => {
  await signInAs(page, 'owner', {
    path: '/pipeline-posture?owner=group:default/payments',
  });
  const shown = page.getByText(
    /The \d+ pipelines that match the filters now\./,
  );
  await expect(shown).toBeVisible();
  for (const filter of ['', 'owner=group:default/payments', 'grade=D']) {
    const summary = await api<{
      pipelines: number;
      byCompliance: Record<string, number>;
    }>(`/summary?${filter}`);
    const trend = await api<{
      pipelines: number;
      points: Array<{ day: string; pipelines: number; compliant: number }>;
    }>(`/trends/pipelines?${filter}`);
    expect(trend.points.at(-1)).toMatchObject({
      day: '2026-11-21',
      pipelines: summary.pipelines,
      compliant: summary.byCompliance.compliant,
    });
    if (filter.startsWith('owner')) {
      await expect(shown).toContainText(`The ${summary.pipelines} pipelines`);
    }
  }
});
