import { build, Metafile } from 'esbuild';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const PLUGIN = 'plugins/pipeline-posture/src';
const COMMON = 'backstage-plugin-pipeline-posture-common';

/** Size of one file of the bundle, gzipped. */
export interface ChunkSize {
  /** `alpha/index`, `EntityContent`. */
  name: string;
  bytes: number;
  isEntry: boolean;
  /** Names of the chunks that are loaded with it. */
  imports: string[];
}

const nameOf = (path: string) =>
  path.replace(/^out\//, '').replace(/\.js$/, '');

function importsOf(outputs: Metafile['outputs'], path: string): string[] {
  return outputs[path].imports
    .filter(({ kind, external }) => kind === 'import-statement' && !external)
    .map(one => nameOf(one.path));
}

/**
 * Bundles the plugin's own code, minified, with the model that it shares with the backend and without what an app has
 * anyway.
 *
 * @returns the size of every entry point and every part that is loaded on demand
 */
export async function chunkSizes(): Promise<ChunkSize[]> {
  const result = await build({
    entryPoints: {
      index: join(PLUGIN, 'index.ts'),
      alpha: join(PLUGIN, 'alpha/index.ts'),
      catalog: join(PLUGIN, 'catalogModule/index.ts'),
    },
    outdir: 'out',
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    jsx: 'automatic',
    write: false,
    metafile: true,
    chunkNames: '[name]-[hash]',
    loader: { '.css': 'local-css', '.json': 'json' },
    plugins: [
      {
        name: 'only-our-own',
        setup({ onResolve }) {
          onResolve({ filter: /^[^./]/ }, ({ path }) =>
            path === COMMON ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  const { outputs } = result.metafile;
  return result.outputFiles
    .filter(({ path }) => path.endsWith('.js'))
    .map(({ path, contents }) => {
      const relative = Object.keys(outputs).find(one => path.endsWith(one));
      const key = relative ?? path;
      return {
        name: nameOf(key),
        bytes: gzipSync(contents).length,
        isEntry: Boolean(outputs[key].entryPoint) && !key.includes('-'),
        imports: importsOf(outputs, key),
      };
    });
}

/** Bytes of a chunk with all that is loaded with it, each once. */
export function loadedWith(chunks: readonly ChunkSize[], name: string): number {
  const seen = new Set<string>();
  const visit = (one: string): number => {
    const chunk = chunks.find(found => found.name === one);
    if (!chunk || seen.has(one)) return 0;
    seen.add(one);
    return (
      chunk.bytes + chunk.imports.reduce((sum, next) => sum + visit(next), 0)
    );
  };
  return visit(name);
}
