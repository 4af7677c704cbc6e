// Starts the demo, runs the browser tests against it, and stops it; then the same with the backend of 312 pipelines.
// `yarn e2e demo` or `yarn e2e acceptance` runs one of the two; whatever follows goes to Playwright.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(join(root, 'package.json'));
const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

if (!existsSync(chromium)) {
  console.error(
    `There is no browser at ${chromium}. Install Debian's package "chromium", or set CHROMIUM_PATH to one.`,
  );
  process.exit(1);
}

const playwright = join(
  dirname(require.resolve('@playwright/test/package.json')),
  'cli.js',
);

/** @returns exit code of the tests of one project, on what they need */
async function runProject(project, startArgs, testArgs) {
  const started = spawn(
    process.execPath,
    [join(root, 'scripts/start.mjs'), ...startArgs],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ready = await new Promise(done => {
    started.stdout.on('data', chunk => {
      process.stdout.write(chunk);
      if (chunk.includes('Ctrl-C stops everything')) done(true);
    });
    started.once('close', () => done(false));
  });
  if (!ready) return 1;
  const tests = spawn(
    process.execPath,
    [playwright, 'test', `--project=${project}`, ...testArgs],
    { cwd: root, stdio: 'inherit' },
  );
  const code = await new Promise(done => tests.once('close', done));
  const ended = new Promise(done => started.once('close', done));
  started.kill('SIGTERM');
  await ended;
  return code ?? 1;
}

const PROJECTS = { demo: [], acceptance: ['--seeded'] };
const [first, ...rest] = process.argv.slice(2);
const isOne = first !== undefined && first in PROJECTS;
const chosen = isOne ? [first] : Object.keys(PROJECTS);
const testArgs = isOne ? rest : process.argv.slice(2);
let failed = 0;
for (const project of chosen) {
  const code = await runProject(project, PROJECTS[project], testArgs);
  failed ||= code;
}
process.exit(failed);
