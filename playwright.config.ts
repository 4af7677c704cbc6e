import { defineConfig } from '@playwright/test';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Runs against the demo, which `yarn e2e` starts and stops. */
export default defineConfig({
  testDir: 'packages/app/e2e',
  outputDir: '.artifacts/e2e',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // One demo, one organisation: tests that make a cloud misbehave must not disturb others.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    baseURL: 'http://localhost:3000',
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
