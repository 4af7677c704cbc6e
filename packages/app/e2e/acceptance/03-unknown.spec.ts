import { expect, test } from '@playwright/test';
import { api, signInAs, TAB, turn } from './seeded';

interface Posture {
  summary: {
    score: number;
    grade: string;
    compliance: string;
    counts: { unknown: number };
  };
  pipelines: Array<{ id: string; name: string; collectedAt: string }>;
}

const GRADES = ['not-graded', 'F', 'D', 'C', 'B', 'A'];
const COMPLIANCES = ['non-compliant', 'unknown', 'compliant'];
const ENTITY = '/entities/component/default/payments-api';

test('what is unknown is never green', async ({ page }) => {
  await signInAs(page, 'owner', { path: `${TAB}?status=unknown` });
  await expect(page.getByRole('row', { name: /payments-infra/ })).toContainText(
    'Not graded',
  );
  await expect(page.getByText('Provisional.', { exact: false })).toBeVisible();
  await expect(
    page.getByText(/Up to \d+ if everything unknown passes/),
  ).toBeVisible();
  const rows = page
    .getByRole('region', { name: 'Controls', exact: true })
    .getByRole('listitem')
    .getByRole('button', { name: /^Unknown/ });
  await expect(rows).toHaveCount(12);
  await expect(
    page.getByText(
      'We could not check this: The reader may not read the roles of this account. It earns no points until it can be checked. A cloud administrator must act.',
    ),
  ).not.toHaveCount(0);
  await expect(
    page.getByText(/earns no points until it can be checked/),
  ).toHaveCount(12);
  await expect(page.getByText(/must act\.$/)).toHaveCount(12);
});

for (const { what, pipeline, variant } of [
  {
    what: 'a failing critical control',
    pipeline: 'payments-deploy',
    variant: 'leaks-unknown',
  },
  {
    what: 'controls that pass',
    pipeline: 'payments-deploy',
    variant: 'sources-unknown',
  },
]) {
  test(`losing sight of ${what} never makes anything better`, async ({
    page,
  }) => {
    await signInAs(page, 'owner');
    const before = await api<Posture>(ENTITY);
    const found = before.pipelines.find(({ name }) => name === pipeline);
    const { id = '', collectedAt = '' } = found ?? {};
    // The clock was set back since the test before; what was read before the last reading counts for nothing.
    await turn({
      clock: new Date(Date.parse(collectedAt) + 1000).toISOString(),
    });
    const check = () =>
      api(`/pipelines/${encodeURIComponent(id)}/check`, 'POST');
    try {
      await turn({ variants: { [pipeline]: variant } });
      await check();
      const after = await api<Posture>(ENTITY);
      expect(after.summary.counts.unknown).toBeGreaterThan(
        before.summary.counts.unknown,
      );
      expect(after.summary.score).toBeLessThanOrEqual(before.summary.score);
      expect(GRADES.indexOf(after.summary.grade)).toBeLessThanOrEqual(
        GRADES.indexOf(before.summary.grade),
      );
      expect(COMPLIANCES.indexOf(after.summary.compliance)).toBeLessThanOrEqual(
        COMPLIANCES.indexOf(before.summary.compliance),
      );
    } finally {
      await turn({ variants: {} });
      await check();
    }
  });
}
