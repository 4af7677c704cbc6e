// Runs all unit and integration tests that need nothing but the packages of the repository.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(join(root, 'package.json'));
const cli = join(
  dirname(require.resolve('@backstage/cli/package.json')),
  'bin',
  'backstage-cli',
);

console.log('Running the tests: three to six minutes on two cores.');
const child = spawn(
  process.execPath,
  [cli, 'repo', 'test', '--watch=false', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --no-warnings`.trim(),
    },
  },
);
child.on('close', code => process.exit(code ?? 1));
