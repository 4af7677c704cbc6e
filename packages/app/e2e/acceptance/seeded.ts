import { expect, Page } from '@playwright/test';
import { slowly } from '../demo';

/** Where the backend with 312 pipelines is. */
export const BACKEND = process.env.E2E_BACKEND ?? 'http://localhost:7007';

/** The moment at which tests take place, for the backend and the browser. */
export const NOW = '2026-11-21T08:05:00Z';

/** People who can sign in: an owner, who may not decide on exemptions; a security engineer; one who may not read payments-api; one who may do little. */
export type Person = 'owner' | 'appsec' | 'outsider' | 'viewer';

/** Turns the world of the backend. */
export async function turn(what: {
  person?: Person;
  pauseMs?: number;
  clock?: string;
  variants?: Record<string, string>;
}) {
  const response = await fetch(`${BACKEND}/api/seeded/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(what),
  });
  expect(response.ok).toBe(true);
}

/** A token of the person who signs in at the moment. */
export async function token(): Promise<string> {
  const response = await fetch(`${BACKEND}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  return (await response.json()).backstageIdentity.token;
}

/** Asks the API as the person who signs in at the moment. */
export async function api<T>(
  path: string,
  method = 'GET',
  body?: object,
): Promise<T> {
  const response = await fetch(`${BACKEND}/api/pipeline-posture${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${await token()}`,
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
  return response.json() as Promise<T>;
}

interface Scope {
  id: string;
  state: string;
  lastRun?: { startedAt: string; finishedAt?: string };
}

/** Has everything read anew, at the moment at which tests take place. */
export async function readAgain() {
  await turn({ clock: NOW, pauseMs: 0, variants: {}, person: 'appsec' });
  const { items } = await api<{ items: Scope[] }>('/scopes');
  for (const { id } of items)
    await api(`/scopes/${encodeURIComponent(id)}/run`, 'POST');
  await expect
    .poll(
      async () => {
        const { items: scopes } = await api<{ items: Scope[] }>('/scopes');
        return scopes.filter(
          ({ state, lastRun }) =>
            state === 'running' ||
            !lastRun?.finishedAt ||
            lastRun.startedAt < '2026-11-21T08:04' ||
            lastRun.startedAt > '2026-11-21T12',
        ).length;
      },
      { timeout: 60_000 },
    )
    .toBe(0);
}

/** Signs in, at the moment at which tests take place. */
export async function signInAs(
  page: Page,
  person: Person,
  options: {
    scheme?: 'light' | 'dark';
    clock?: string;
    language?: string;
    /** Where to go; signing in there saves a loading of the page. */
    path?: string;
    /** Keep the filter for own groups that people get on their first visit. */
    firstVisit?: boolean;
  } = {},
) {
  const {
    scheme = 'light',
    clock = NOW,
    language,
    firstVisit,
    path = '/catalog',
  } = options;
  await turn({ person, clock, pauseMs: 0, variants: {} });
  await slowly(page);
  await page.clock.install({ time: new Date(clock) });
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.addInitScript(
    ([chosen, visited]) => {
      if (chosen) localStorage.setItem('language', chosen);
      if (visited) localStorage.setItem('pipeline-posture.visited', 'true');
    },
    [language ?? '', firstVisit ? '' : 'yes'],
  );
  await page.goto(path);
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(
    page.getByRole('link', { name: 'Settings' }).first(),
  ).toBeVisible();
}

/** The tab of payments-api. */
export const TAB = '/catalog/default/component/payments-api/pipeline-posture';

/** The screens, each with what shows that it is there. */
export const SCREENS: ReadonlyArray<{
  name: string;
  path: string;
  there: RegExp;
}> = [
  { name: 'tab', path: TAB, there: /Grade D · Weak/ },
  {
    name: 'card',
    path: '/catalog/default/component/payments-api',
    there: /View 3 failing controls/,
  },
  { name: 'overview', path: '/pipeline-posture', there: /312 pipelines/ },
  {
    name: 'groups',
    path: '/pipeline-posture/groups?view=heat-map',
    there: /Least privilege/,
  },
  {
    name: 'group-tab',
    path: '/catalog/default/group/payments/pipeline-posture',
    there: /services comply/,
  },
  {
    name: 'control',
    path: '/pipeline-posture/controls/production-needs-approval',
    there: /Evaluated on 312 pipelines/,
  },
  {
    name: 'controls',
    path: '/pipeline-posture/controls',
    there: /checked on 312 pipelines/,
  },
  {
    name: 'blast-radius',
    path: '/pipeline-posture/blast-radius?identity=entra%3Acontoso%2Fsearch-deployer',
    there: /Cheapest cut/,
  },
  {
    name: 'exemptions',
    path: '/pipeline-posture/exemptions',
    there: /\d+ exemptions?/,
  },
  {
    name: 'health',
    path: '/pipeline-posture/health',
    there: /Entities whose pipeline is missing/,
  },
];
