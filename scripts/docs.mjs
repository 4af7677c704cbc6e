// Writes the documents that are made from code; with --check, fails if they are not up to date.
import { runTs } from './run-ts.mjs';

process.exit(runTs('scripts/controlPages.ts', process.argv.slice(2)) ? 0 : 1);
