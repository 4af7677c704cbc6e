// Holds the local clouds and the collector to the official specification and to recorded answers of real services.
// Usage: node scripts/contract.mjs <folder with openapi/ and recordings/>
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runTs } from './run-ts.mjs';

const folder = resolve(process.argv[2] ?? '');
for (const part of ['openapi', 'recordings']) {
  if (!process.argv[2] || !existsSync(join(folder, part))) {
    console.error(
      `Give the folder that holds openapi/ and recordings/; there is no ${part} in ${folder}`,
    );
    process.exit(1);
  }
}

const programs = [
  'packages/estate/contract/azure-devops.ts',
  'plugins/pipeline-posture-backend-module-azure-devops/contract/examples.ts',
  'plugins/pipeline-posture-backend-module-azure-devops/contract/otherAnswers.ts',
];
const failed = programs.filter(program => {
  console.log(`--- ${program}`);
  return !runTs(program, [folder]);
});
console.log(
  `${programs.length - failed.length} passed, ${failed.length} failed`,
);
process.exit(failed.length === 0 && programs.length > 0 ? 0 : 1);
