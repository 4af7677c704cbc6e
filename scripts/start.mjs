// Runs the demo: local clouds, backend and app. Stops everything on Ctrl-C.
// With --seeded: the backend of the acceptance tests instead, which needs no clouds.
import { spawn } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(join(root, 'package.json'));
const cli = join(
  dirname(require.resolve('@backstage/cli/package.json')),
  'bin',
  'backstage-cli',
);
const logs = join(root, '.artifacts', 'logs');

const PORTS = {
  3000: 'the app',
  7007: 'the backend',
  8930: 'the control address of the local clouds',
  8931: 'the local Azure DevOps',
  8932: 'the local Azure DevOps (releases)',
  8933: 'the local Azure DevOps (graph)',
  8934: 'the local Azure DevOps (audit)',
  8935: 'the local Azure (sign-in)',
  8936: 'the local Azure (Resource Manager)',
  8937: 'the local Azure (Microsoft Graph)',
  8938: 'the local GitHub',
  8939: 'the local Azure DevOps (Advanced Security)',
  8940: 'the local AWS',
};
// What the local Azure proves itself with; made anew at each start.
const certificate = join(root, '.artifacts', 'azure.pem');
const SEEDED = process.argv.includes('--seeded');
const APP = 'http://localhost:3000';
const BACKEND = 'http://localhost:7007';

const children = [];
let stopping = false;

function isFree(port) {
  return new Promise(done => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(Number(port), '127.0.0.1', () =>
      probe.close(() => done(true)),
    );
  });
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  const running = children.filter(
    ({ child }) => child.exitCode === null && child.signalCode === null,
  );
  const ended = running.map(
    ({ child }) => new Promise(done => child.once('close', done)),
  );
  for (const { child } of running) {
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      child.kill('SIGTERM');
    }
  }
  await Promise.race([Promise.all(ended), pause(10_000)]);
  for (const { child } of running) {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
  process.exit(code);
}

function run(name, args, options = {}) {
  const file = join(logs, `${name}.log`);
  const log = createWriteStream(file);
  const child = spawn(process.execPath, args, {
    ...options,
    // A group of its own, so that whatever it starts ends with it.
    detached: true,
    env: {
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --no-warnings`.trim(),
      // The demo's own credentials; they open nothing but the local clouds.
      CONTOSO_AZURE_TOKEN: 'contoso-demo-pat',
      CONTOSO_AZURE_CLIENT_SECRET: 'contoso-demo-reader',
      CONTOSO_AZURE_CERTIFICATE: certificate,
      CONTOSO_GITHUB_TOKEN: 'contoso-demo-github-token',
      CONTOSO_AWS_ACCESS_KEY_ID: 'CONTOSODEMOKEY',
      CONTOSO_AWS_SECRET_ACCESS_KEY: 'contoso-demo-secret',
      AWS_ENDPOINT_URL: 'http://localhost:8940',
      AWS_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      BROWSER: 'none',
      ...options.env,
    },
  });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  child.on('close', code => {
    if (stopping) return;
    const tail = readFileSync(file, 'utf8').split('\n').slice(-30).join('\n');
    console.error(
      `${tail}\nThe ${name} stopped (exit ${code}). The lines above are the end of ${file}`,
    );
    stop(1);
  });
  children.push({ name, child });
}

async function json(address, options) {
  const response = await fetch(address, {
    ...options,
    signal: AbortSignal.timeout(5000),
  });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

async function until(what, seconds, attempt) {
  const end = Date.now() + seconds * 1000;
  while (!stopping) {
    try {
      const result = await attempt();
      if (result) return result;
    } catch {
      // Not up yet.
    }
    if (Date.now() > end) {
      console.error(
        `Gave up waiting for ${what} after ${seconds} seconds. The logs are in ${logs}`,
      );
      await stop(1);
    }
    await pause(500);
  }
  return undefined;
}

/** True once every scope of every source has been read. */
async function collected() {
  const { backstageIdentity } = await json(
    `${BACKEND}/api/auth/guest/refresh`,
    {
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    },
  );
  const { items } = await json(`${BACKEND}/api/pipeline-posture/scopes`, {
    headers: { Authorization: `Bearer ${backstageIdentity.token}` },
  });
  const done = items.filter(
    scope => !['scheduled', 'running'].includes(scope.state),
  );
  return items.length > 0 && done.length === items.length && items;
}

/** True once the labels that the catalog filters by have come to rest. */
let lastLabels = '';
async function labelled() {
  const { backstageIdentity } = await json(
    `${BACKEND}/api/auth/guest/refresh`,
    { headers: { 'X-Requested-With': 'XMLHttpRequest' } },
  );
  const { facets } = await json(
    `${BACKEND}/api/catalog/entity-facets?facet=metadata.labels.pipeline-posture/compliance`,
    { headers: { Authorization: `Bearer ${backstageIdentity.token}` } },
  );
  const labels = JSON.stringify(facets);
  const rests = labels === lastLabels && labels.includes('compliant');
  lastLabels = labels;
  return rests;
}

process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));

const taken = [];
for (const port of SEEDED ? [3000, 7007] : Object.keys(PORTS))
  if (!(await isFree(port))) taken.push(port);
if (taken.length > 0) {
  for (const port of taken)
    console.error(`Port ${port} is in use; ${PORTS[port]} needs it.`);
  console.error(
    'Stop the program that uses it (perhaps another `npm start`), then start again.',
  );
  process.exit(1);
}

mkdirSync(logs, { recursive: true });
rmSync(certificate, { force: true });
console.log(
  'Starting the local clouds, the backend and the app, and collecting: under a minute.',
);
const transform = [
  '--require',
  require.resolve('@backstage/cli/config/nodeTransform.cjs'),
];
run('app', [cli, 'package', 'start'], { cwd: join(root, 'packages/app') });

/** The real plugins on pipelines that a plan makes up, on a clock of their own. */
async function seeded() {
  const backend = join(root, 'packages/backend');
  run(
    'backend',
    [
      '--require',
      join(backend, 'seededClock.cjs'),
      ...transform,
      join(backend, 'src/seeded/index.ts'),
      ...['../../app-config.yaml', 'app-config.seeded.yaml'].flatMap(file => [
        '--config',
        file,
      ]),
    ],
    {
      cwd: backend,
      env: { NODE_ENV: 'development', SEEDED_CLOCK: '2026-10-24T08:00:00Z' },
    },
  );
  await until(
    'the history of the acceptance tests',
    300,
    async () => (await fetch(`${BACKEND}/api/seeded/ready`)).ok,
  );
  await until('the labels of the catalog', 300, labelled);
  await until('the app', 300, async () => (await fetch(APP)).ok);
  console.log('\nReady: 312 pipelines. Ctrl-C stops everything.\n');
}

async function demo() {
  run(
    'estate',
    [...transform, join(root, 'packages/estate/src/demo/main.ts')],
    { cwd: root },
  );
  run('backend', [cli, 'package', 'start'], {
    cwd: join(root, 'packages/backend'),
  });
  const scopes = await until('the first collection', 300, collected);
  await until('the labels of the catalog', 300, labelled);
  await until('the app', 300, async () => (await fetch(APP)).ok);
  return scopes;
}

const scopes = SEEDED ? await seeded() : await demo();
if (scopes) {
  const pipelines = scopes.reduce((sum, scope) => sum + scope.pipelines, 0);
  console.log(`
Ready: ${pipelines} pipelines of ${scopes.length} projects and accounts are scored.

  The app        ${APP}
  The backend    ${BACKEND}
  Logs           ${logs}

Three things to try (sign in as guest with "Enter"):
  1. A service      ${APP}/catalog/default/component/payments-api/pipeline-posture
  2. The catalog    ${APP}/catalog?filters[pipelineCompliance]=non-compliant
  3. All pipelines  ${APP}/pipeline-posture

Ctrl-C stops everything.
`);
}
