import { expect, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';

/** Where pictures of the last run are kept; ignored by git. */
export const PICTURES = '.artifacts/screenshots';

/**
 * `E2E_SLOW_MS=1500 yarn e2e` has the API of posture answer so much later: what a test reads before it is there, it
 * reads too early.
 */
export async function slowly(page: Page) {
  const later = Number(process.env.E2E_SLOW_MS ?? 0);
  if (later === 0) return;
  await page.route('**/api/pipeline-posture/**', async route => {
    await new Promise(done => setTimeout(done, later));
    await route.fallback();
  });
}

/** Signs in as the demo's guest. */
export async function signIn(page: Page, scheme: 'light' | 'dark' = 'light') {
  await slowly(page);
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  // Their own pipelines are what people see on their first visit; these tests are about all.
  await page.addInitScript(() =>
    localStorage.setItem('pipeline-posture.visited', 'true'),
  );
  await page.goto('/catalog');
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(
    page.getByRole('link', { name: 'Settings' }).first(),
  ).toBeVisible();
}

/** Opens the posture tab of a component and waits for its content. */
export async function openTab(page: Page, component: string, search = '') {
  await page.goto(
    `/catalog/default/component/${component}/pipeline-posture${search}`,
  );
}

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  violations: Array<{
    id: string;
    help: string;
    nodes: Array<{ html: string; failureSummary?: string }>;
  }>;
}

/**
 * Everything that axe finds wrong with the whole page, WCAG 2.2 AA.
 *
 * @param except - parts that belong to Backstage and that we cannot mend
 */
export async function violations(
  page: Page,
  except: string[] = [],
): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await runAxe(page, except);
  if (found.length === 0) return [];
  // Colours that are half faded in are none that anybody reads.
  await page.waitForTimeout(1_000);
  return runAxe(page, except);
}

async function runAxe(page: Page, except: string[]): Promise<string[]> {
  const result = await page.evaluate(
    exclude =>
      (
        window as unknown as {
          axe: { run(context: object, options: object): Promise<unknown> };
        }
      ).axe.run(
        { include: ['html'], exclude },
        { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
      ),
    except,
  );
  return (result as AxeResult).violations.flatMap(violation =>
    violation.nodes.map(
      node =>
        `${violation.id}: ${violation.help}: ${node.html.slice(0, 200)} ${
          node.failureSummary ?? ''
        }`,
    ),
  );
}

/** Makes the demo's clouds misbehave, or behave again. */
export async function fault(which?: object) {
  const response = await fetch('http://localhost:8930/faults', {
    method: which ? 'POST' : 'DELETE',
    ...(which && { body: JSON.stringify(which) }),
  });
  expect(response.ok).toBe(true);
}
