// Makes the packages of the repository ready for `npm start` and `npm test` on a machine that has only Node, npm and git.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const purpose = process.argv[2] === 'test' ? 'npm test' : 'npm start';

const [major, minor] = process.versions.node.split('.').map(Number);
if (!((major === 20 && minor >= 19) || major === 22)) {
  console.error(
    `${purpose} needs Node 20.19 or later of version 20, or Node 22; this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}

/** Changes whenever another install is needed. */
function fingerprint() {
  const hash = createHash('sha256');
  const files = ['yarn.lock', 'package.json'];
  for (const folder of ['packages', 'plugins']) {
    for (const name of readdirSync(join(root, folder))) {
      files.push(join(folder, name, 'package.json'));
    }
  }
  for (const file of files.sort()) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(file).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** Folder with the headers of this very Node, for native packages; undefined if this machine has none. */
function headersOfThisNode() {
  const home = resolve(realpathSync(process.execPath), '..', '..');
  const places = [
    home,
    // Node as npm installs it: the headers are in the package of the platform.
    join(home, 'node_modules', `node-${process.platform}-${process.arch}`),
    process.env.npm_config_nodedir,
  ];
  return places.find(place => {
    const file = place && join(place, 'include', 'node', 'node_version.h');
    if (!file || !existsSync(file)) return false;
    const version = /#define NODE_MODULE_VERSION (\d+)/.exec(
      readFileSync(file, 'utf8'),
    );
    return version?.[1] === process.versions.modules;
  });
}

function yarn(args) {
  const releases = join(root, '.yarn', 'releases');
  const [release] = readdirSync(releases).filter(name =>
    /^yarn-.*\.cjs$/.test(name),
  );
  const headers = headersOfThisNode();
  // What npm was told may be the headers of another Node.
  const { npm_config_nodedir: _, ...env } = process.env;
  return new Promise(done => {
    const child = spawn(process.execPath, [join(releases, release), ...args], {
      cwd: root,
      env: {
        ...env,
        ...(headers && { npm_config_nodedir: headers }),
        YARN_ENABLE_PROGRESS_BARS: '0',
      },
    });
    const output = [];
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => output.push(chunk));
    const heartbeat = setInterval(
      () => console.log('  … still installing'),
      60_000,
    );
    child.on('close', code => {
      clearInterval(heartbeat);
      done({ code, output: Buffer.concat(output).toString('utf8') });
    });
  });
}

async function mustYarn(args) {
  const { code, output } = await yarn(args);
  if (code === 0) return;
  console.error(output.split('\n').slice(-60).join('\n'));
  console.error(
    `Installing the packages failed. See the lines above; after mending the cause, run ${purpose} again.`,
  );
  process.exit(1);
}

/** The one native package that nothing works without; another version of Node cannot load what this one built. */
function canOpenDatabase() {
  const probe = "new (require('better-sqlite3'))(':memory:').close()";
  return (
    spawnSync(process.execPath, ['-e', probe], { cwd: root, stdio: 'ignore' })
      .status === 0
  );
}

const stampFile = join(root, 'node_modules', '.pipeline-posture-install.json');
const wanted = { packages: fingerprint() };
const stamp = existsSync(stampFile)
  ? JSON.parse(readFileSync(stampFile, 'utf8'))
  : {};

if (stamp.packages !== wanted.packages) {
  console.log(
    'Installing packages: two to five minutes the first time, seconds after that.',
  );
  await mustYarn(['install', '--immutable']);
}
if (!canOpenDatabase()) {
  console.log(
    'Building native packages for this version of Node: about a minute.',
  );
  await mustYarn(['rebuild', 'better-sqlite3']);
  if (!canOpenDatabase()) {
    console.error(
      'The SQLite driver (better-sqlite3) does not work with this Node. It needs its prebuilt binary from the internet, or a C++ compiler, Python and the headers of this Node.',
    );
    process.exit(1);
  }
}
writeFileSync(stampFile, JSON.stringify(wanted));
