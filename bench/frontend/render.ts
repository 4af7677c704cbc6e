import { chromium, Page } from '@playwright/test';
import { build } from 'esbuild';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listOf, postureOf, SHARED } from './answers';

/** What was seen of one screen. */
export interface Rendering {
  /** From the answer to the painted screen, median of several. */
  milliseconds: number;
  /** Rows in the document then, and when the screen has come to rest. */
  rows: number;
  rowsAtRest: number;
}

const TIMES = 7;
const REST_MS = 700;
const PATIENCE_MS = 20_000;

async function bundle(folder: string): Promise<void> {
  await build({
    entryPoints: { page: 'bench/frontend/page.tsx' },
    outdir: folder,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: {
      '.module.css': 'local-css',
      '.svg': 'dataurl',
      '.png': 'dataurl',
      '.woff2': 'empty',
    },
    logLevel: 'error',
    plugins: [
      {
        // Dependencies of Backstage name modules of Node that browsers never come to use.
        name: 'without-node',
        setup({ onLoad, onResolve }) {
          onResolve(
            { filter: /^(node:)?(stream|util|fs|path|os|crypto)$/ },
            ({ path }) => ({
              path,
              namespace: 'without-node',
            }),
          );
          onLoad({ filter: /.*/, namespace: 'without-node' }, () => ({
            contents: 'module.exports = { Transform: class {} };',
          }));
        },
      },
    ],
  });
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><link rel="stylesheet" href="/page.css"><div id="root"></div><script>window.Buffer={from:()=>[],alloc:()=>[],allocUnsafe:()=>[],isBuffer:()=>false};window.process={env:{}}</script><script type="module" src="/page.js"></script>',
  );
}

const TYPES: Record<string, string> = {
  js: 'text/javascript',
  css: 'text/css',
  html: 'text/html',
};

function serve(folder: string) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = /\.(js|css)$/.test(path) ? path : '/index.html';
    const content = await readFile(join(folder, file)).catch(() => undefined);
    response.setHeader(
      'Content-Type',
      TYPES[file.split('.').pop() ?? ''] ?? 'text/plain',
    );
    response.end(content);
  });
  return new Promise<{ address: string; close: () => void }>(done =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      done({
        address: `http://127.0.0.1:${port}`,
        close: () => server.close(),
      });
    }),
  );
}

async function once(
  page: Page,
  screen: { address: string; answers: object; row: string },
): Promise<Rendering> {
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.message));
  await page.addInitScript(
    ({ answers, row }) => {
      Object.assign(window, { answers });
      // Every frame until the rows are there, so that nothing of the waiting is measured.
      const look = () => {
        const rows = document.querySelectorAll(row).length;
        if (rows < 3) {
          requestAnimationFrame(look);
          return;
        }
        // A message comes after the frame in which it was sent, so after layout and painting.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () =>
          Object.assign(window, { shownAt: performance.now(), rows });
        port2.postMessage('');
      };
      requestAnimationFrame(look);
    },
    { answers: screen.answers, row: screen.row },
  );
  await page.goto(screen.address);
  await page
    .waitForFunction(
      () => (window as unknown as { shownAt?: number }).shownAt !== undefined,
      undefined,
      { timeout: PATIENCE_MS },
    )
    .catch(async () => {
      const text = await page.evaluate(() => document.body.innerText);
      throw new Error(
        `${screen.address} shows no rows: ${errors.join('; ')} ${text.slice(
          0,
          300,
        )}`,
      );
    });
  await page.waitForTimeout(REST_MS);
  return page.evaluate(row => {
    const { shownAt, answeredAt, rows } = window as unknown as {
      shownAt: number;
      answeredAt: number;
      rows: number;
    };
    return {
      milliseconds: shownAt - answeredAt,
      rows,
      rowsAtRest: document.querySelectorAll(row).length,
    };
  }, screen.row);
}

const median = (numbers: number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Renders the tab and the list in a real browser, in production mode. */
export async function renderings(): Promise<{
  tab: Rendering;
  list: Rendering;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'pipeline-posture-'));
  await bundle(folder);
  const server = await serve(folder);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const measure = async (path: string, answers: object, row: string) => {
    const all: Rendering[] = [];
    for (let i = 0; i < TIMES; i += 1) {
      const context = await browser.newContext();
      const page = await context.newPage();
      all.push(
        await once(page, { address: `${server.address}${path}`, answers, row }),
      );
      await context.close();
    }
    return {
      milliseconds: median(all.map(({ milliseconds }) => milliseconds)),
      rows: all[0].rows,
      rowsAtRest: Math.max(...all.map(({ rowsAtRest }) => rowsAtRest)),
    };
  };
  try {
    return {
      tab: await measure(
        '/tab',
        { ...SHARED, '/payments-api': postureOf(200) },
        '[data-result]',
      ),
      list: await measure(
        '/pipeline-posture?size=100',
        { ...SHARED, '/pipelines': listOf(5000) },
        'tr[data-key^="azure-devops"]',
      ),
    };
  } finally {
    await browser.close();
    server.close();
    await rm(folder, { recursive: true });
  }
}
