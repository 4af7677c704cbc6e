import { expect, test } from '@playwright/test';
import { signInAs, TAB } from './seeded';

const SUMMARY = '**/api/pipeline-posture/summary**';
const ENTITY =
  '**/api/pipeline-posture/entities/component/default/payments-api';

test('while the first answer is awaited, its shape is shown', async ({
  page,
}) => {
  let answer = () => {};
  const asked = new Promise<void>(done => (answer = done));
  await page.route(ENTITY, async route => {
    await asked;
    await route.continue();
  });
  await signInAs(page, 'owner', { path: TAB });
  await expect(page.getByText('Loading pipeline posture')).toBeAttached();
  await expect(page.locator('[aria-busy="true"]')).toBeVisible();
  answer();
  await expect(page.getByText(/Grade D/)).toBeVisible();
});

test('a part that fails leaves the others, and can be tried again', async ({
  page,
}) => {
  let broken = true;
  await page.route(SUMMARY, route =>
    broken
      ? route.fulfill({
          status: 500,
          json: { error: { name: 'Error', message: 'broken' } },
        })
      : route.continue(),
  );
  await signInAs(page, 'owner', { path: '/pipeline-posture' });
  await expect(page.getByText('This part could not be loaded')).toBeVisible();
  await expect(
    page.getByText('The rest of the page is current.'),
  ).toBeVisible();
  await expect(page.getByText('312 pipelines', { exact: true })).toBeVisible();
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('list', { name: 'Key numbers' })).toBeVisible();
});

test('a refusal names the permission', async ({ page }) => {
  await page.route('**/api/pipeline-posture/pipelines?**', route =>
    route.fulfill({
      status: 403,
      json: {
        error: { name: 'NotAllowedError', message: 'no' },
        request: { method: 'GET', url: '/pipelines' },
        response: { statusCode: 403 },
      },
    }),
  );
  await signInAs(page, 'owner', { path: '/pipeline-posture' });
  await expect(
    page.getByText('You do not have access to this page'),
  ).toBeVisible();
  await expect(
    page.getByText(/You need pipelinePosture\.finding\.read/),
  ).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Copy request' }),
  ).toBeVisible();
});

test('an empty fleet says what to do', async ({ page }) => {
  await page.route('**/api/pipeline-posture/pipelines?**', route =>
    route.fulfill({ json: { items: [], total: 0, page: 1, size: 25 } }),
  );
  await signInAs(page, 'owner', { path: '/pipeline-posture' });
  await expect(
    page.getByRole('heading', { name: 'No pipelines collected yet' }),
  ).toBeVisible();
  await expect(
    page.getByText('Set up at least one source to begin.'),
  ).toBeVisible();
  await expect(
    page.getByRole('link', { name: 'Open Data health' }),
  ).toBeVisible();
});

test('filters that leave nothing can be cleared', async ({ page }) => {
  await signInAs(page, 'owner', { path: '/pipeline-posture?q=zebra' });
  await expect(
    page.getByText('No pipelines match these filters').first(),
  ).toBeVisible();
  await expect(
    page.getByText('312 pipelines exist without filters.').first(),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await expect(page).toHaveURL(/\/pipeline-posture$/);
  await expect(page.getByText('312 pipelines', { exact: true })).toBeVisible();
});

test('old results say how old they are', async ({ page }) => {
  await signInAs(page, 'owner', {
    path: '/catalog/default/component/risk-api-1/pipeline-posture',
  });
  await expect(
    page.getByText(/^These results are \d+ days old$/),
  ).toBeVisible();
  await expect(
    page.getByText(
      /The last successful check was .* Something may have changed since\./,
    ),
  ).toBeVisible();
});

test('an entity without annotation is told which there are', async ({
  page,
}) => {
  await signInAs(page, 'owner', {
    path: '/catalog/default/component/style-guide/pipeline-posture',
  });
  await expect(
    page.getByRole('heading', { name: 'Link a pipeline to see its security' }),
  ).toBeVisible();
  await expect(
    page.getByText(
      'Add one of these annotations to the entity, or ask your platform team.',
    ),
  ).toBeVisible();
  await expect(
    page.getByText(/dev\.azure\.com\/project-repo: <project>\/<repository>/),
  ).toBeVisible();
});

test('a day in the past is named, and nothing can be changed in it', async ({
  page,
}) => {
  await signInAs(page, 'owner', { path: `${TAB}?asOf=2026-11-11` });
  await expect(
    page.getByText(/You are viewing (11 November|November 11,) 2026/),
  ).toBeVisible();
  await expect(
    page.getByText('Later changes are not shown. Actions are turned off.'),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check again' })).toBeHidden();
  await page.getByRole('button', { name: 'Back to today' }).click();
  await expect(
    page.getByRole('button', { name: 'Check again' }).first(),
  ).toBeVisible();
});
