import { expect, test } from '@playwright/test';
import { signInAs } from './seeded';

test('from the card to the fix in two clicks', async ({ page }) => {
  await signInAs(page, 'owner', {
    path: '/catalog/default/component/payments-api',
  });
  const card = page.getByRole('region', { name: 'Pipeline posture' });
  await expect(card).toContainText(/Grade D/);
  await expect(card).toContainText('57 of 100');
  await expect(card).toContainText('3 failing: 1 critical, 1 high, 1 medium');

  await card.getByRole('link', { name: 'View 3 failing controls' }).click();
  await expect(page).toHaveURL(/\/pipeline-posture\?status=failing$/);
  const failing = page
    .getByRole('region', { name: 'Controls', exact: true })
    .getByRole('listitem')
    .getByRole('button', { name: /^Failing/ });
  await expect(failing).toHaveCount(3);

  await failing.first().click();
  await expect(
    page.getByRole('heading', {
      name: /No setting of the pipeline holds a readable secret/,
    }),
  ).toBeVisible();
  for (const part of ['Observed', 'Expected', 'Who acts', 'How to fix it']) {
    await expect(page.getByText(part, { exact: true }).first()).toBeVisible();
  }
});
