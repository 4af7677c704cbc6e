import { expect, test } from '@playwright/test';
import { api, signInAs } from './seeded';

test('filters, sorting and pages are in the address, one request each', async ({
  page,
}) => {
  const asked: URL[] = [];
  page.on('request', request => {
    const url = new URL(request.url());
    if (url.pathname.endsWith('/api/pipeline-posture/pipelines'))
      asked.push(url);
  });
  await signInAs(page, 'owner', { path: '/pipeline-posture' });
  await expect(page.getByText('312 pipelines', { exact: true })).toBeVisible();
  const filters = page.getByRole('search', { name: 'Filters' });
  const one = async (act: () => Promise<void>, param: RegExp) => {
    const before = asked.length;
    await act();
    await expect(page).toHaveURL(param);
    await expect
      .poll(() => asked.length, { message: String(param) })
      .toBe(before + 1);
  };

  await one(async () => {
    await filters.getByRole('button', { name: /Owner/ }).click();
    await page.getByRole('option', { name: /^payments \(/ }).click();
  }, /owner=group%3Adefault%2Fpayments/);
  await page.keyboard.press('Escape');
  await one(async () => {
    await filters.getByRole('button', { name: /Grade/ }).click();
    await page.getByRole('option', { name: /^D Weak/ }).click();
  }, /grade=D/);
  await page.keyboard.press('Escape');
  await one(async () => {
    await page.getByRole('button', { name: /25 rows/ }).click();
    await page.getByRole('option', { name: '50 rows' }).click();
  }, /size=50/);
  // Score ascending is what everybody starts with; the other way round is one more click.
  await one(
    () => page.getByRole('columnheader', { name: 'Score' }).click(),
    /order=desc/,
  );
  await one(
    () => page.getByRole('button', { name: /next/i }).last().click(),
    /page=2/,
  );
  for (const url of asked)
    expect(Number(url.searchParams.get('size'))).toBeLessThanOrEqual(50);

  const first = page.getByRole('rowheader').first();
  const { items } = await api<{ items: Array<{ name: string }> }>(
    `/pipelines${asked[asked.length - 1].search}`,
  );
  await expect(first).toContainText(items[0].name);
  await page.reload();
  await expect(first).toContainText(items[0].name);
  await expect(filters.getByRole('button', { name: /Owner/ })).toContainText(
    'payments',
  );
  await expect(
    page.getByRole('columnheader', { name: 'Score' }),
  ).toHaveAttribute('aria-sort', 'descending');

  await page.goBack();
  await expect(page).not.toHaveURL(/page=2/);
  await expect(page).toHaveURL(/order=desc/);
  await expect(page).toHaveURL(/grade=D/);
});

test('people who own pipelines see theirs first, and that it is a filter', async ({
  page,
}) => {
  await signInAs(page, 'owner', {
    firstVisit: true,
    path: '/pipeline-posture',
  });
  const chip = page.getByRole('button', {
    name: 'Remove the filter Owner: payments',
  });
  await chip.click();
  await expect(page.getByText('312 pipelines', { exact: true })).toBeVisible();
  await page.goto('/pipeline-posture');
  await expect(page.getByText('312 pipelines', { exact: true })).toBeVisible();
});
