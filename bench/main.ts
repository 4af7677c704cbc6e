import { writeFileSync } from 'node:fs';
import { awsRows } from './aws';
import { azureDevOpsRows, BenchRow, meetsBar } from './azure-devops';
import { backendRows } from './backend';
import { frontendRows } from './frontend';

type Rows = Record<
  string,
  () => BenchRow[] | BenchRow | Promise<BenchRow[] | BenchRow>
>;

const ROWS: Rows = {
  ...azureDevOpsRows,
  ...awsRows,
  ...backendRows,
  ...frontendRows,
};

const pad = (text: string, width: number) =>
  text.padEnd(width).slice(0, Math.max(width, text.length));

function printed(row: BenchRow): string {
  const sign = row.must === 'at most' ? '≤' : '≥';
  const ratio = row.bar === 0 ? '–' : (row.figure / row.bar).toFixed(2);
  return [
    pad(row.row, 5),
    pad(meetsBar(row) ? 'ok' : 'MISSED', 7),
    pad(`${Number(row.figure.toPrecision(4))} ${row.unit}`, 24),
    pad(`${sign} ${row.bar}`, 10),
    pad(ratio, 6),
    `${row.what}. ${row.notes}`,
  ].join(' ');
}

async function main(wanted: string[]): Promise<void> {
  const chosen = Object.entries(ROWS).filter(
    ([name]) =>
      wanted.length === 0 ||
      name.split(' ').some(part => wanted.includes(part)),
  );
  if (chosen.length === 0) {
    throw new Error(
      `There is no such row. Rows: ${Object.keys(ROWS).join(' ')}`,
    );
  }
  const results: BenchRow[] = [];
  for (const [name, bench] of chosen) {
    process.stdout.write(`${name} …\n`);
    results.push(...[await bench()].flat());
  }
  process.stdout.write(
    `\n${pad('row', 5)} ${pad('', 7)} ${pad('figure', 24)} ${pad(
      'bar',
      10,
    )} ${pad('ratio', 6)} what\n`,
  );
  for (const row of results) process.stdout.write(`${printed(row)}\n`);
  writeFileSync('bench-results.json', `${JSON.stringify(results, null, 2)}\n`);
  process.exit(results.every(meetsBar) ? 0 : 1);
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(1);
});
