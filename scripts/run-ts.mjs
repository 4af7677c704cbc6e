// Runs TypeScript programs of the repository, one after the other. Ends with the number of those that failed.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(join(root, 'package.json'));
const transform = require.resolve('@backstage/cli/config/nodeTransform.cjs');

/** @returns true if the program ended well */
export function runTs(program, args = [], nodeArgs = []) {
  const { status } = spawnSync(
    process.execPath,
    [
      '--no-warnings',
      ...nodeArgs,
      '--require',
      transform,
      join(root, program),
      ...args,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  return status === 0;
}
