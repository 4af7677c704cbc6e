import { expect, test } from '@playwright/test';
import { openTab, PICTURES, signIn } from './demo';

test.beforeEach(({ page }) => signIn(page));

test('from the catalog filter to the remediation of a finding', async ({
  page,
}) => {
  await page.goto('/catalog?filters[kind]=component&filters[user]=all');
  const rows = page.getByRole('row');
  await expect(rows.filter({ hasText: 'Payments ledger' })).toHaveCount(1);

  await page.getByRole('textbox', { name: 'Pipeline compliance' }).click();
  await page.getByRole('option', { name: /^Not compliant/ }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/non-compliant/);
  await expect(rows.filter({ hasText: 'Payments ledger' })).toHaveCount(0);
  await page.screenshot({ path: `${PICTURES}/catalog-light.png` });

  await rows
    .filter({ hasText: 'The shop that customers see' })
    .getByRole('link')
    .first()
    .click();
  await page
    .getByRole('navigation', { name: 'Content navigation' })
    .getByRole('link', { name: 'Pipeline posture' })
    .click();
  await expect(page.getByText('Grade F · Critical gaps')).toBeVisible();
  await page.screenshot({ path: `${PICTURES}/tab-light.png`, fullPage: true });

  await page
    .getByRole('button', {
      name: 'Failing Critical No deployment depends on a long-lived credential',
    })
    .first()
    .click();
  await expect(page).toHaveURL(/finding=no-long-lived-deploy-credential/);
  for (const part of [
    'Observed',
    'Expected',
    'Why it matters',
    'Who acts',
    'How to fix it',
  ]) {
    await expect(page.getByText(part, { exact: true })).toBeVisible();
  }
  const link = page.getByRole('link', { name: /Read how to fix it/ });
  await expect(link).toHaveAttribute(
    'href',
    'https://learn.microsoft.com/azure/devops/pipelines/library/connect-to-azure',
  );
  await expect(link).toHaveAttribute('rel', /noopener/);
  await page.screenshot({ path: `${PICTURES}/finding-light.png` });

  await page.reload();
  await expect(link).toBeVisible();
});

test('the card on the overview says the same as the tab', async ({ page }) => {
  await page.goto('/catalog/default/component/storefront-web');
  const card = page.getByRole('link', { name: /View \d+ failing controls/ });
  await expect(card).toBeVisible();
  await expect(page.getByText('Grade F · Critical gaps')).toBeVisible();
  const failing = Number(/\d+/.exec((await card.textContent()) ?? '')?.[0]);
  await page.screenshot({ path: `${PICTURES}/card-light.png`, fullPage: true });
  await card.click();
  await expect(page).toHaveURL(/pipeline-posture\?status=failing/);
  await expect(page.getByText(`${failing} results shown of`)).toBeVisible();
});

test('all pipelines: search, sort and pages are in the address and survive a reload', async ({
  page,
}) => {
  await page.getByRole('link', { name: 'Pipeline posture' }).first().click();
  await expect(page.getByText(/^\d+ pipelines$/).first()).toBeVisible();
  await page.screenshot({
    path: `${PICTURES}/pipelines-light.png`,
    fullPage: true,
  });
  await page
    .getByRole('searchbox', { name: 'Search pipelines' })
    .fill('payments');
  await expect(page).toHaveURL(/q=payments/);
  await expect(
    page.getByRole('row', { name: /nightly-maintenance/ }),
  ).toHaveCount(0);
  await page.getByRole('columnheader', { name: 'Pipeline' }).click();
  await expect(page).toHaveURL(/sort=name/);
  const first = page.getByRole('rowheader').first();
  // The rows of before stay until the server has answered.
  await expect(first).toContainText('card-vault-build');
  await page.reload();
  await expect(first).toContainText('card-vault-build');
  await expect(
    page.getByRole('searchbox', { name: 'Search pipelines' }),
  ).toHaveValue('payments');
});

test('the grade picker filters the catalog by the label, over pages of the server', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', request => {
    if (request.url().includes('/api/catalog/entities/by-query'))
      asked.push(decodeURIComponent(request.url()));
  });
  await page.goto(
    '/catalog?filters[kind]=component&filters[user]=all&filters[pipelineGrade]=A',
  );
  await expect(
    page.getByRole('row').filter({ hasText: 'Payments ledger' }),
  ).toContainText('A Strong');
  await expect(
    page.getByRole('row').filter({ hasText: 'Card vault' }),
  ).toHaveCount(0);
  expect(
    asked.some(url => url.includes('metadata.labels.pipeline-posture/grade=A')),
  ).toBe(true);
});

test('one pipeline belongs to two components', async ({ page }) => {
  for (const component of ['warehouse-sync', 'route-planner']) {
    await openTab(page, component);
    await expect(
      page.getByText('logistics-shared-deploy').first(),
    ).toBeVisible();
  }
});
