import { defineConfig } from '@playwright/test';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** `yarn e2e` starts the demo for the first project, and the backend of 312 pipelines for the second. */
export default defineConfig({
  testDir: 'packages/app/e2e',
  outputDir: '.artifacts/e2e',
  snapshotPathTemplate: '{testDir}/acceptance/__screenshots__/{arg}{ext}',
  // No test is about time; a machine that is busy with something else has enough of it.
  timeout: 180_000,
  expect: {
    timeout: 30_000,
    // Another Chromium draws letters a little differently; what is misplaced or missing is more than this.
    toHaveScreenshot: { maxDiffPixelRatio: 0.06, animations: 'disabled' },
  },
  // One backend, one organisation: tests that make it misbehave must not disturb others.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  projects: [
    { name: 'demo', testIgnore: 'acceptance/**' },
    { name: 'acceptance', testMatch: 'acceptance/**/*.spec.ts' },
  ],
  use: {
    baseURL: process.env.E2E_APP ?? 'http://localhost:3000',
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 1000 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
