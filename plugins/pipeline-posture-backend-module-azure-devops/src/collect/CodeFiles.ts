import { Fact } from 'backstage-plugin-pipeline-posture-common';
import { FileAddress } from 'backstage-plugin-pipeline-posture-node';
import { z } from 'zod';
import { Source } from '../client/Source';
import { item } from '../client/wire';
import { fileKey, SourceFile } from '../yaml/nodes';
import { MAX_FILE_BYTES } from '../yaml/parseYaml';
import { FileLibrary, FileText } from '../yaml/TemplateFiles';
import { unpackFiles } from './unpackFiles';
import {
  FileState,
  absent,
  byRepository,
  chunks,
  codeOf,
  decode,
  listingKey,
  markerOf,
  versionOf,
} from './fileStates';

const BATCH = 100;

/** The contents of one request must fit into one answer. */
const BLOBS = 200;

/** Files that are fetched along with others because something may include them. */
const MOST_GUESSED = 100;

const isYaml = (path: string) => /\.ya?ml$/i.test(path);

/** Reads files of repositories that are not in Azure Repos; null for one that is not there. */
export interface FilesElsewhere {
  read(address: FileAddress): Promise<Fact<string | null>>;
}

/** Reads files of pipeline code, many of a repository in one call. */
export class CodeFiles {
  readonly #source: Source;
  readonly #isSmall: (project: string, repository: string) => boolean;
  /** Everything that small repositories hold, by repository and version. */
  readonly #listings = new Map<string, Map<string, string>>();
  readonly #states = new Map<string, FileState>();
  readonly #looked = new Map<string, SourceFile>();

  readonly #hosts: FilesElsewhere;

  /**
   * @param elsewhere - reads files of repositories that are not in Azure Repos
   * @param isSmall - whether a whole repository may be listed in one call
   */
  constructor(options: {
    source: Source;
    elsewhere: FilesElsewhere;
    isSmall?: (project: string, repository: string) => boolean;
  }) {
    this.#source = options.source;
    this.#hosts = options.elsewhere;
    this.#isSmall = options.isSmall ?? (() => false);
  }

  /** What is known without asking, from an earlier run. */
  assume(file: SourceFile, state: FileState): void {
    this.#states.set(fileKey(file), state);
  }

  /** Files whose object id was asked for in this run. */
  looked(): Array<{ file: SourceFile; objectId: string }> {
    return [...this.#looked.values()].flatMap(file => {
      const state = this.stateOf(file);
      const objectId = markerOf(state);
      return objectId ? [{ file, objectId }] : [];
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
    const unseen = files.filter(
      file => !this.#states.has(fileKey(file)) && !this.#fromListing(file),
    );
    await Promise.all([
      ...unseen
        .filter(({ address }) => address)
        .map(async file => {
          const text = await this.#elsewhere(file);
          this.#record(
            file,
            'text' in text ? { objectId: text.objectId } : text,
          );
        }),
      ...byRepository(unseen.filter(({ address }) => !address)).flatMap(group =>
        chunks(group, BATCH).map(each => this.#lookAt(each)),
      ),
    ]);
  }

  /** A small repository is listed whole: templates are then known before anything names them. */
  async #list(files: SourceFile[]): Promise<boolean> {
    const [{ project, repository }] = files;
    const refs = [...new Set(files.map(({ ref }) => ref))];
    const fact = await this.#source.list('itemsBatch', z.array(item), {
      path: { project, repository },
      body: {
        itemDescriptors: refs.map(ref => ({
          path: '/',
          ...versionOf(ref),
          recursionLevel: 'full',
        })),
      },
    });
    if (!fact.known) return false;
    refs.forEach((ref, index) => {
      const listing = new Map<string, string>();
      for (const { path, objectId, isFolder } of fact.value[index] ?? []) {
        if (path && objectId && !isFolder) listing.set(path, objectId);
      }
      this.#listings.set(listingKey(files[0], ref), listing);
    });
    for (const file of files) this.#fromListing(file);
    return true;
  }

  /** Takes the state of a file from the listing of its repository, if there is one. */
  #fromListing(file: SourceFile): boolean {
    const listing = this.#listings.get(listingKey(file, file.ref));
    if (!listing) return false;
    const objectId = listing.get(file.path);
    this.#record(file, objectId ? { objectId } : absent(file));
    return true;
  }

  async #lookAt(files: SourceFile[]): Promise<void> {
    const [{ project, repository }] = files;
    if (this.#isSmall(project, repository) && (await this.#list(files))) return;
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
    return fact.known || fact.reason.code === 'not-found'
      ? absent(file)
      : codeOf(fact);
  }

  /** Puts the contents of files into the library; each file ends up there, if only with the reason why it cannot be read. */
  async load(files: SourceFile[], library: FileLibrary): Promise<void> {
    const all = files.filter(file => !library.has(file));
    await Promise.all(
      all
        .filter(({ address }) => address)
        .map(file => this.#loadElsewhere(file, library)),
    );
    const missing = all.filter(({ address }) => !address);
    const groups = byRepository(missing);
    const single = groups.filter(
      group =>
        group.length === 1 &&
        !this.#states.has(fileKey(group[0])) &&
        !this.#fromListing(group[0]),
    );
    await Promise.all([
      ...single.map(([file]) => this.#loadOne(file, library)),
      ...groups
        .filter(group => !single.includes(group))
        .map(group => this.#loadMany(group, library)),
    ]);
  }

  /** A file on another host; each is asked for by itself. */
  async #loadElsewhere(file: SourceFile, library: FileLibrary): Promise<void> {
    const text = await this.#elsewhere(file);
    this.#record(file, 'text' in text ? { objectId: text.objectId } : text);
    library.add(file, text);
  }

  async #elsewhere(file: SourceFile): Promise<FileText> {
    if (!file.address) return absent(file) as FileText;
    const read = await this.#hosts.read({
      url: file.address,
      branch: file.ref.replace(/^refs\/heads\//, ''),
      path: file.path.replace(/^\/+/, ''),
    });
    if (!read.known) return codeOf(read);
    if (read.value === null) return absent(file) as FileText;
    return decode(Buffer.from(read.value, 'utf8')) ?? codeOf(read);
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
    const wanted = [...files, ...this.#guesses(files, library)];
    const ids = new Set<string>();
    for (const file of wanted) {
      const state = this.#states.get(fileKey(file));
      if (state && 'objectId' in state) ids.add(state.objectId);
    }
    const [{ project, repository }] = files;
    const contents = new Map<string, FileText>();
    await Promise.all(
      chunks([...ids], BLOBS).map(async part => {
        const archive = await this.#source.bytes('blobs', {
          path: { project, repository },
          body: part,
        });
        unpackFiles(archive, part, contents);
      }),
    );
    for (const file of wanted) {
      const state = this.#states.get(fileKey(file)) as FileState;
      const lost: FileText = {
        because: `${file.path} did not come with the others`,
        code: 'source-unreachable',
      };
      const text =
        'objectId' in state ? contents.get(state.objectId) ?? lost : state;
      library.add(file, text);
    }
  }

  /** Other YAML files of a small repository: one call brings what would take another one later. */
  #guesses(files: SourceFile[], library: FileLibrary): SourceFile[] {
    const asked = new Set(files.map(fileKey));
    const refs = [...new Set(files.map(({ ref }) => ref))];
    const guesses = refs.flatMap(ref => {
      const listing = this.#listings.get(listingKey(files[0], ref));
      return [...(listing?.keys() ?? [])]
        .filter(isYaml)
        .map(path => ({ ...files[0], ref, path }))
        .filter(file => !asked.has(fileKey(file)) && !library.has(file));
    });
    const few = guesses.slice(0, MOST_GUESSED);
    for (const file of few) this.#fromListing(file);
    return few;
  }
}
