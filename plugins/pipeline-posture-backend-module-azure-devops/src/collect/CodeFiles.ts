import { Fact } from 'backstage-plugin-pipeline-posture-common';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Source } from '../client/Source';
import { unzip } from '../client/unzip';
import { item } from '../client/wire';
import { fileKey, HoleNode, SourceFile } from '../yaml/nodes';
import { MAX_FILE_BYTES } from '../yaml/parseYaml';
import { FileLibrary, FileText } from '../yaml/TemplateFiles';

const BATCH = 100;
/** The contents of one request must fit into one answer. */
const BLOBS = 200;

/** What is in a repository at a path now: the id of its content, or why it cannot be told. */
export type FileState =
  | { objectId: string }
  | { because: string; code: HoleNode['code'] };

function versionOf(ref: string): { version?: string; versionType?: string } {
  if (ref === '') return {};
  if (/^[0-9a-f]{40}$/i.test(ref))
    return { version: ref, versionType: 'commit' };
  if (ref.startsWith('refs/tags/'))
    return { version: ref.slice('refs/tags/'.length), versionType: 'tag' };
  return { version: ref.replace(/^refs\/heads\//, ''), versionType: 'branch' };
}

function gitBlobId(content: Buffer): string {
  return createHash('sha1')
    .update(`blob ${content.length}\u0000`)
    .update(content)
    .digest('hex');
}

function decode(content: Buffer | 'too-large'): FileText | undefined {
  if (content === 'too-large' || content.length > MAX_FILE_BYTES) {
    return {
      because: `the file is larger than ${MAX_FILE_BYTES / 1024} KiB`,
      code: 'too-large',
    };
  }
  // Bytes that are no UTF-8 become replacement characters, which the parser refuses.
  return { text: content.toString('utf8'), objectId: gitBlobId(content) };
}

const codeOf = (
  fact: Fact<unknown>,
): { because: string; code: HoleNode['code'] } => {
  if (fact.known)
    return { because: 'the answer made no sense', code: 'malformed' };
  const { code, message } = fact.reason;
  const usable: Array<HoleNode['code']> = [
    'not-found',
    'malformed',
    'too-large',
    'source-unreachable',
    'permission-missing',
    'throttled',
  ];
  return {
    because: message,
    code: usable.find(each => each === code) ?? 'unresolved',
  };
};

function byRepository(files: SourceFile[]): SourceFile[][] {
  const groups = new Map<string, SourceFile[]>();
  for (const file of files) {
    const key = `${file.project}/${file.repository}`.toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()];
}

function chunks<T>(values: T[], size: number): T[][] {
  const result: T[][] = [];
  for (let at = 0; at < values.length; at += size)
    result.push(values.slice(at, at + size));
  return result;
}

/** Reads files of pipeline code, many of a repository in one call. */
export class CodeFiles {
  readonly #source: Source;
  readonly #states = new Map<string, FileState>();
  readonly #looked = new Map<string, SourceFile>();

  constructor(source: Source) {
    this.#source = source;
  }

  /** What is known without asking, from an earlier run. */
  assume(file: SourceFile, state: FileState): void {
    this.#states.set(fileKey(file), state);
  }

  /** Files whose object id was asked for in this run. */
  looked(): Array<{ file: SourceFile; objectId: string }> {
    return [...this.#looked.values()].flatMap(file => {
      const state = this.stateOf(file);
      return state && 'objectId' in state
        ? [{ file, objectId: state.objectId }]
        : [];
    });
  }

  #record(file: SourceFile, state: FileState): void {
    this.#states.set(fileKey(file), state);
    this.#looked.set(fileKey(file), file);
  }

  stateOf(file: SourceFile): FileState | undefined {
    return this.#states.get(fileKey(file));
  }

  /** Finds out the object ids of files: one call for each repository and hundred files. */
  async look(files: SourceFile[]): Promise<void> {
    const unseen = files.filter(file => !this.#states.has(fileKey(file)));
    await Promise.all(
      byRepository(unseen).flatMap(group =>
        chunks(group, BATCH).map(each => this.#lookAt(each)),
      ),
    );
  }

  async #lookAt(files: SourceFile[]): Promise<void> {
    const [{ project, repository }] = files;
    const fact = await this.#source.list('itemsBatch', z.array(item), {
      path: { project, repository },
      body: {
        itemDescriptors: files.map(({ path, ref }) => ({
          path,
          ...versionOf(ref),
          recursionLevel: 'none',
        })),
      },
    });
    if (!fact.known && fact.reason.code === 'not-found' && files.length > 1) {
      // One file that is not there makes the whole request fail: look at halves.
      const middle = Math.ceil(files.length / 2);
      await Promise.all([
        this.#lookAt(files.slice(0, middle)),
        this.#lookAt(files.slice(middle)),
      ]);
      return;
    }
    files.forEach((file, index) => {
      const found = fact.known ? fact.value[index]?.[0]?.objectId : undefined;
      this.#record(
        file,
        found ? { objectId: found } : this.#absent(file, fact),
      );
    });
  }

  #absent(file: SourceFile, fact: Fact<unknown>): FileState {
    if (fact.known || fact.reason.code === 'not-found') {
      return {
        because: `${file.path} is not in ${file.project}/${file.repository}${
          file.ref && ` at ${file.ref}`
        }, or the reader may not see it`,
        code: 'not-found',
      };
    }
    return codeOf(fact);
  }

  /** Puts the contents of files into the library; each file ends up there, if only with the reason why it cannot be read. */
  async load(files: SourceFile[], library: FileLibrary): Promise<void> {
    const missing = files.filter(file => !library.has(file));
    const groups = byRepository(missing);
    const single = groups.filter(
      group => group.length === 1 && !this.#states.has(fileKey(group[0])),
    );
    await Promise.all([
      ...single.map(([file]) => this.#loadOne(file, library)),
      ...groups
        .filter(group => !single.includes(group))
        .map(group => this.#loadMany(group, library)),
    ]);
  }

  /** A file on its own comes in one call, with its id. */
  async #loadOne(file: SourceFile, library: FileLibrary): Promise<void> {
    const { version, versionType } = versionOf(file.ref);
    const fact = await this.#source.get('item', item, {
      path: { project: file.project, repository: file.repository },
      query: {
        path: file.path,
        includeContent: 'true',
        $format: 'json',
        ...(version &&
          versionType && {
            'versionDescriptor.version': version,
            'versionDescriptor.versionType': versionType,
          }),
      },
    });
    if (
      !fact.known ||
      fact.value.content === undefined ||
      fact.value.objectId === undefined
    ) {
      const state = this.#absent(file, fact);
      this.#record(file, state);
      library.add(file, state as FileText);
      return;
    }
    const { content, objectId } = fact.value;
    this.#record(file, { objectId });
    library.add(
      file,
      Buffer.byteLength(content) > MAX_FILE_BYTES
        ? {
            because: `${file.path} is larger than ${MAX_FILE_BYTES / 1024} KiB`,
            code: 'too-large',
          }
        : { text: content, objectId },
    );
  }

  async #loadMany(files: SourceFile[], library: FileLibrary): Promise<void> {
    await this.look(files);
    const wanted = new Set<string>();
    for (const file of files) {
      const state = this.#states.get(fileKey(file));
      if (state && 'objectId' in state) wanted.add(state.objectId);
    }
    const [{ project, repository }] = files;
    const contents = new Map<string, FileText>();
    await Promise.all(
      chunks([...wanted], BLOBS).map(async ids => {
        const archive = await this.#source.bytes('blobs', {
          path: { project, repository },
          body: ids,
        });
        this.#unpack(archive, ids, contents);
      }),
    );
    for (const file of files) {
      const state = this.#states.get(fileKey(file)) as FileState;
      if (!('objectId' in state)) library.add(file, state);
      else
        library.add(
          file,
          contents.get(state.objectId) ?? {
            because: `${file.path} did not come with the others`,
            code: 'source-unreachable',
          },
        );
    }
  }

  #unpack(
    archive: Fact<Buffer>,
    ids: string[],
    contents: Map<string, FileText>,
  ): void {
    if (!archive.known) {
      for (const id of ids) contents.set(id, codeOf(archive));
      return;
    }
    try {
      const files = unzip(archive.value, {
        maxFiles: ids.length,
        maxFileBytes: 2 * MAX_FILE_BYTES,
      });
      for (const [name, content] of files) {
        const text = decode(content);
        // By what it is, whatever the archive calls it.
        const id = content === 'too-large' ? name : gitBlobId(content);
        if (text) contents.set(id, text);
      }
    } catch (error) {
      for (const id of ids) {
        contents.set(id, {
          because: `the files could not be unpacked: ${
            (error as Error).message
          }`,
          code: 'malformed',
        });
      }
    }
  }
}
