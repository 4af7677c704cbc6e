import { expect, Page, test } from '@playwright/test';
import { api, signInAs } from './seeded';

const numberIn = (text: string) => Number(/\d+/.exec(text)?.[0]);

/** The number of pipelines that are listed. */
const listed = (page: Page, number: number) =>
  page.locator('p[role="status"]', {
    hasText: new RegExp(`^${number} pipelines?$`),
  });

async function agrees(
  page: Page,
  list: string,
  which: number,
  { at, all = 312 }: { at: RegExp; all?: number },
) {
  const bars = page.getByRole('list', { name: list }).getByRole('button');
  const bar = bars.nth(which);
  const number = numberIn(at.exec((await bar.innerText()) ?? '')?.[0] ?? '');
  await bar.click();
  await expect(listed(page, number)).toBeVisible();
  await page.goBack();
  await expect(listed(page, all)).toBeVisible();
  return number;
}

test('every number leads to a list of exactly that many', async ({ page }) => {
  await signInAs(page, 'owner', { path: '/pipeline-posture' });
  await expect(page.getByText('312 pipelines', { exact: true })).toBeVisible();

  const tiles = page.getByRole('list', { name: 'Key numbers' });
  await expect(tiles.getByRole('button')).toHaveCount(5);
  for (let i = 0; i < 5; i += 1) {
    if (await tiles.getByRole('button').nth(i).isDisabled()) continue;
    await agrees(page, 'Key numbers', i, { at: /^\d+$/m });
  }
  const failing = page.getByRole('list', {
    name: 'Controls that fail most often',
  });
  const controls = await failing.getByRole('button').count();
  expect(controls).toBeGreaterThan(5);
  for (let i = 0; i < controls; i += 1) {
    await agrees(page, 'Controls that fail most often', i, {
      at: /\d+ \(/,
    });
  }
  const grades = page.getByRole('list', { name: 'Grades' });
  const numbers = (await grades.getByRole('button').allInnerTexts()).map(text =>
    numberIn(/\d+ \(/.exec(text)?.[0] ?? ''),
  );
  expect(numbers.reduce((a, b) => a + b)).toBe(312);
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
    const tiles = page
      .getByRole('list', { name: 'Key numbers' })
      .getByRole('button');
    await expect(tiles).toHaveCount(5);
    for (let i = 0; i < 5; i += 1) {
      if (await tiles.nth(i).isDisabled()) continue;
      if ((await tiles.nth(i).getAttribute('aria-pressed')) === 'true')
        continue;
      await agrees(page, 'Key numbers', i, { at: /^\d+$/m, all });
    }
    const bars = page
      .getByRole('list', { name: 'Controls that fail most often' })
      .getByRole('button');
    await expect(bars.first()).toBeVisible();
    for (let i = 0; i < Math.min(4, await bars.count()); i += 1) {
      await agrees(page, 'Controls that fail most often', i, {
        at: /\d+$/,
        all,
      });
    }
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
