// Puts the pictures that the acceptance tests took into the documentation: `yarn e2e acceptance 09`, then `yarn docs:tour`.
import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const from = join(root, '.artifacts', 'screenshots');
const to = join(root, 'docs', 'images');
const DARK = ['overview'];

if (!existsSync(from)) {
  console.error(
    'There are no pictures yet. Run "yarn e2e acceptance 09" first.',
  );
  process.exit(1);
}
const taken = readdirSync(from).filter(
  name =>
    DARK.some(dark => name === `tour-${dark}-dark.png`) ||
    /^tour-.*-light\.png$/.test(name),
);
for (const name of taken) copyFileSync(join(from, name), join(to, name));
console.log(`${taken.length} pictures are in docs/images.`);
