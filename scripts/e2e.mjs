// Starts the demo, runs the browser tests against it, and stops it.
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

const demo = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ready = await new Promise(done => {
  demo.stdout.on('data', chunk => {
    process.stdout.write(chunk);
    if (chunk.includes('Ctrl-C stops everything')) done(true);
  });
  demo.once('close', () => done(false));
});
if (!ready) process.exit(1);

const playwright = join(
  dirname(require.resolve('@playwright/test/package.json')),
  'cli.js',
);
const tests = spawn(
  process.execPath,
  [playwright, 'test', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
const code = await new Promise(done => tests.once('close', done));
const ended = new Promise(done => demo.once('close', done));
demo.kill('SIGTERM');
await ended;
process.exit(code ?? 1);
