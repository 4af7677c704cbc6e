import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { signInAs } from './seeded';

test('the list is saved as CSV, whole and harmless to spreadsheets', async ({
  page,
}) => {
  await signInAs(page, 'owner', { path: '/pipeline-posture?linked=no' });
  await expect(page.getByText('17 pipelines', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(
    /^pipeline-posture_2026-11-21.*\.csv$/,
  );
  await expect(page.getByText('Export ready')).toBeVisible();
  const text = readFileSync(await download.path(), 'utf8');
  expect(text.startsWith('\uFEFF')).toBe(true);
  const [header, ...rows] = text
    .replace('\uFEFF', '')
    .split('\r\n')
    .filter(Boolean);
  expect(header).toBe(
    'entityRef,pipelineId,platform,owner,system,environment,grade,score,scoreWithoutExemptions,controlsChecked,controlsTotal,failingCritical,failingHigh,failingMedium,failingLow,unknown,exempt,lastChecked,ruleset,asOf,url,pipeline,scope,compliance,potential,coverage,stale',
  );
  expect(rows).toHaveLength(17);
  expect(rows.filter(row => row.includes("'=cmd()"))).toHaveLength(1);
  expect(text).not.toMatch(/[,"]=cmd/);
  const column = header.split(',').indexOf('lastChecked');
  expect(column).toBeGreaterThan(0);
  for (const row of rows) expect(row).toMatch(/\d{2}:\d{2}:\d{2}(\.\d+)?Z/);
});

test('the file is named after its day and what was filtered, and says whose pipelines they are', async ({
  page,
}) => {
  await signInAs(page, 'owner', {
    path: '/pipeline-posture?owner=group:default/payments',
  });
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(
    'pipeline-posture_2026-11-21_owner-payments.csv',
  );
  const text = readFileSync(await download.path(), 'utf8');
  const [header, ...rows] = text
    .replace('\uFEFF', '')
    .split('\r\n')
    .filter(Boolean)
    .map(line => line.split(','));
  const cell = (row: string[], column: string) => row[header.indexOf(column)];
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(cell(row, 'owner')).toBe('group:default/payments');
    expect(cell(row, 'asOf')).toBe('2026-11-21');
    expect(cell(row, 'environment')).toMatch(
      /^(production|non-production|unknown)$/,
    );
    expect(Number(cell(row, 'controlsTotal'))).toBeGreaterThanOrEqual(
      Number(cell(row, 'controlsChecked')),
    );
  }
});
