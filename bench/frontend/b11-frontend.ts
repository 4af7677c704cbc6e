import { BenchRow } from '../azure-devops';
import { Rendering, renderings } from './render';
import { chunkSizes, loadedWith } from './sizes';

const KIB = 1024;

const noteOn = ({ rows, rowsAtRest }: Rendering) =>
  `median of 7 in Chromium; ${rows} rows in the document then, ${rowsAtRest} at rest`;

/** B11: what the browser loads of the plugin, and how fast the two largest screens are there. */
export async function benchFrontend(): Promise<BenchRow[]> {
  const chunks = await chunkSizes();
  const tab = chunks.find(({ name }) => name.startsWith('EntityContent'));
  if (!tab) throw new Error('The tab is not a part of its own any more');
  const all = chunks.reduce((sum, { bytes }) => sum + bytes, 0);
  const entries = chunks
    .filter(({ isEntry }) => isEntry)
    .map(({ name, bytes }) => `${name} ${(bytes / KIB).toFixed(1)} KiB`)
    .join(', ');
  const parts = chunks
    .filter(({ isEntry }) => !isEntry)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 6)
    .map(
      ({ name, bytes }) =>
        `${name.replace(/-[A-Z0-9]+$/, '')} ${(bytes / KIB).toFixed(1)}`,
    )
    .join(', ');
  const screens = await renderings();
  const row = (
    what: string,
    figure: number,
    bar: number,
    unit: string,
    notes: string,
  ): BenchRow => ({
    row: 'B11',
    what,
    figure,
    bar,
    must: 'at most',
    unit,
    notes,
  });
  return [
    row(
      'What the tab loads of the plugin, gzip',
      loadedWith(chunks, tab.name) / KIB,
      60,
      'KiB',
      `entry points: ${entries}`,
    ),
    row(
      'All of the plugin, both frontend systems and both languages, gzip',
      all / KIB,
      120,
      'KiB',
      `largest parts: ${parts}`,
    ),
    row(
      'A tab with 200 findings, from the answer to the painted screen',
      screens.tab.milliseconds,
      50,
      'ms',
      noteOn(screens.tab),
    ),
    row(
      'A list of 5,000 pipelines, from the answer to the painted screen',
      screens.list.milliseconds,
      50,
      'ms',
      `the largest page, 100 rows; ${noteOn(screens.list)}`,
    ),
  ];
}
