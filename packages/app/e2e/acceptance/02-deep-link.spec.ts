import { expect, test } from '@playwright/test';
import { signInAs, TAB } from './seeded';

test('a pipeline opens by its address, and closing gives the focus to its row', async ({
  page,
}) => {
  await signInAs(page, 'owner', { path: TAB });
  const table = page.getByRole('region', { name: '3 pipelines' });
  await expect(table.getByRole('row')).toHaveCount(4);
  await table.getByRole('row', { name: /payments-deploy/ }).click();
  await expect(page).toHaveURL(/pipeline=/);
  const address = page.url();

  const dialog = page.getByRole('dialog', { name: 'payments-deploy' });
  await page.goto('/catalog');
  await page.goto(address);
  await expect(dialog).toBeVisible();
  await expect
    .poll(() =>
      dialog.evaluate(
        element =>
          element.contains(document.activeElement) ||
          Boolean(document.activeElement?.contains(element)),
      ),
    )
    .toBe(true);

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page).not.toHaveURL(/pipeline=/);
  await expect(
    table.getByRole('row', { name: /payments-deploy/ }),
  ).toBeFocused();
});
