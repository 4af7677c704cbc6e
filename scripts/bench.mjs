// Runs the benchmarks: all of them, or the rows that are named. Prints one table and writes bench-results.json.
import { runTs } from './run-ts.mjs';

process.exit(
  runTs('bench/main.ts', process.argv.slice(2), [
    '--expose-gc',
    '--max-old-space-size=4096',
  ])
    ? 0
    : 1,
);
