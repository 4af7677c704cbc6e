import { expect, test } from '@playwright/test';
import { fault, openTab, PICTURES, signIn } from './demo';

test.beforeEach(({ page }) => signIn(page));
test.afterEach(() => fault());

test('an annotation that points nowhere is named', async ({ page }) => {
  await openTab(page, 'legacy-reports');
  await expect(
    page.getByRole('heading', {
      name: 'We could not find the pipeline legacy-reports-nightly',
    }),
  ).toBeVisible();
  await expect(
    page.getByText(
      'It may have been renamed or the collector may lack access.',
    ),
  ).toBeVisible();
  await page.screenshot({ path: `${PICTURES}/not-found-light.png` });
});

test('an entity without annotation is told how to get one', async ({
  page,
}) => {
  await openTab(page, 'style-guide');
  await expect(
    page.getByRole('heading', { name: 'Link a pipeline to see its security' }),
  ).toBeVisible();
  await expect(
    page.getByText('dev.azure.com/project-repo').first(),
  ).toBeVisible();
  await page.screenshot({ path: `${PICTURES}/no-annotation-light.png` });
});

test('what could not be read says why and who must act, and earns nothing', async ({
  page,
}) => {
  await openTab(page, 'route-planner', '?status=unknown');
  const row = page
    .getByRole('button', {
      name: /^Unknown Critical Deploying to production needs the approval of a person/,
    })
    .first();
  await expect(row).toBeVisible();
  await row.click();
  await expect(
    page.getByText(/earns no points until it can be checked/).first(),
  ).toBeVisible();
  await expect(page.getByText(/permission/i).first()).toBeVisible();
  await page.screenshot({
    path: `${PICTURES}/unknown-light.png`,
    fullPage: true,
  });
});

test('a production pipeline that cannot be judged is not graded and makes the entity provisional', async ({
  page,
}) => {
  await openTab(page, 'payments-api');
  await expect(page.getByText('Provisional.')).toBeVisible();
  await expect(page.getByRole('row', { name: /payments-infra/ })).toContainText(
    'Not graded',
  );
});

test('an entity that does not exist and one that is hidden read the same', async ({
  page,
}) => {
  const token = await page.evaluate(async () => {
    const response = await fetch(
      'http://localhost:7007/api/auth/guest/refresh',
      {
        headers: { 'X-Requested-With': 'XMLHttpRequest' },
      },
    );
    return (await response.json()).backstageIdentity.token as string;
  });
  const response = await page.request.get(
    'http://localhost:7007/api/pipeline-posture/entities/component/default/nothing',
    { headers: { Authorization: `Bearer ${token}` } },
  );
  expect(response.status()).toBe(404);
  expect((await response.json()).error.message).toBe(
    'It does not exist, or you do not have access.',
  );
});

test('an error of the server leaves a way out', async ({ page }) => {
  let broken = true;
  await page.route('**/api/pipeline-posture/entities/**', route =>
    broken
      ? route.fulfill({
          status: 500,
          json: { error: { name: 'Error', message: 'broken' } },
        })
      : route.continue(),
  );
  await openTab(page, 'search-api');
  await expect(
    page.getByText('Pipeline posture could not be loaded').first(),
  ).toBeVisible();
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(/Grade [A-F]/).first()).toBeVisible();
});

test('checking again reads the pipeline anew', async ({ page }) => {
  const before = (await (await fetch('http://localhost:8930/calls')).json())
    .total;
  await openTab(page, 'search-api', '?status=all');
  await page
    .getByRole('button', { name: /^(Failing|Passing)/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Check again' }).first().click();
  await expect(page.getByText(/Checked again/).first()).toBeVisible();
  const after = (await (await fetch('http://localhost:8930/calls')).json())
    .total;
  expect(after).toBeGreaterThan(before);
});

test('results that could not be refreshed stay, and say how old they are', async ({
  page,
}) => {
  const call = async (path: string, method = 'GET') => {
    const guest = await fetch('http://localhost:7007/api/auth/guest/refresh', {
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
    const { backstageIdentity } = await guest.json();
    const response = await fetch(
      `http://localhost:7007/api/pipeline-posture${path}`,
      {
        method,
        headers: { Authorization: `Bearer ${backstageIdentity.token}` },
      },
    );
    return response.json();
  };
  const scope = async () =>
    (await call('/scopes')).items.find((s: { title: string }) =>
      s.title.includes('project Storefront'),
    );
  const run = async (state: string) => {
    const { id } = await scope();
    await call(`/scopes/${encodeURIComponent(id)}/run`, 'POST');
    await expect.poll(async () => (await scope()).state).toBe(state);
  };
  await fault({
    match: { source: 'azure-devops', urlIncludes: 'build/definitions' },
    kind: 'server-error',
  });
  await run('incomplete');
  await openTab(page, 'search-api');
  await expect(
    page.getByText('The last successful check was').first(),
  ).toBeVisible();
  await expect(page.getByText(/Grade [A-F]/).first()).toBeVisible();
  await page.screenshot({ path: `${PICTURES}/stale-light.png` });
  await fault();
  await run('ok');
  await page.reload();
  await expect(page.getByText(/Grade [A-F]/).first()).toBeVisible();
  await expect(page.getByText('The last successful check was')).toHaveCount(0);
});
