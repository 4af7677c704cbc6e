import { posix } from 'node:path';
import { fileKey, HoleNode, SourceFile, YamlNode } from './nodes';
import { MAX_FILE_BYTES, parseYaml, YamlSyntaxError } from './parseYaml';

/** A repository that a pipeline gives a name to. */
export interface RepositoryAlias {
  alias: string;
  /** `git` for Azure Repos. */
  type: string;
  project: string;
  repository: string;
  /** Full ref name. */
  ref: string;
}

/** Text of a file, or why there is none. */
export type FileText =
  | { text: string; objectId: string }
  | { because: string; code: HoleNode['code'] };

type Found =
  | { file: SourceFile; content: YamlNode }
  | { because: string; code: HoleNode['code'] };

/** Files that were read for many pipelines, parsed once each. */
export class FileLibrary {
  readonly #texts = new Map<string, FileText>();
  readonly #parsed = new Map<string, Found>();

  has(file: SourceFile): boolean {
    return this.#texts.has(fileKey(file));
  }

  add(file: SourceFile, text: FileText): void {
    this.#texts.set(fileKey(file), text);
  }

  /** What tells whether the file changed: its object id, or that it is not there. */
  objectId(file: SourceFile): string | undefined {
    const text = this.#texts.get(fileKey(file));
    if (!text) return undefined;
    if ('objectId' in text) return text.objectId;
    return text.code === 'not-found' ? 'absent' : undefined;
  }

  /** A file that was added, parsed; the reason if it cannot be. */
  read(file: SourceFile): Found {
    const key = fileKey(file);
    const known = this.#parsed.get(key);
    if (known) return known;
    const text = this.#texts.get(key);
    if (!text)
      return { because: `${file.path} was not read`, code: 'unresolved' };
    const found = 'text' in text ? this.#parse(text.text, file) : text;
    this.#parsed.set(key, found);
    return found;
  }

  #parse(text: string, file: SourceFile): Found {
    if (Buffer.byteLength(text) > MAX_FILE_BYTES) {
      return {
        because: `${file.path} is larger than ${MAX_FILE_BYTES / 1024} KiB`,
        code: 'too-large',
      };
    }
    try {
      return { file, content: parseYaml(text, file) };
    } catch (error) {
      if (!(error instanceof YamlSyntaxError)) throw error;
      return {
        because: `${file.path}, line ${error.line}: ${error.message}`,
        code: 'malformed',
      };
    }
  }
}

/** Finds the templates of one pipeline, and remembers which files it asked for. */
export class TemplateFiles {
  readonly #library: FileLibrary;
  readonly #root: SourceFile;
  readonly #aliases = new Map<string, RepositoryAlias>();
  readonly #used = new Map<string, SourceFile>();
  readonly #wanted = new Map<string, SourceFile>();

  constructor(
    library: FileLibrary,
    root: SourceFile,
    aliases: RepositoryAlias[],
  ) {
    this.#library = library;
    this.#root = root;
    this.declare(aliases);
    this.#used.set(fileKey(root), root);
  }

  /** Repositories that the pipeline declares. */
  get aliases(): RepositoryAlias[] {
    return [...this.#aliases.values()];
  }

  /** Adds names of repositories; those that are there already stay. */
  declare(aliases: RepositoryAlias[]): void {
    for (const each of aliases) {
      const name = each.alias.toLowerCase();
      if (!this.#aliases.has(name)) this.#aliases.set(name, each);
    }
  }

  /** Files that must be read before the pipeline can be resolved. */
  get wanted(): SourceFile[] {
    return [...this.#wanted.values()];
  }

  /** Every file that the pipeline is made of, as far as was seen. */
  get used(): SourceFile[] {
    return [...this.#used.values()];
  }

  /** The file that a `template:` in another file means. */
  find(name: string, from: SourceFile): Found {
    const target = this.#locate(name, from);
    if ('because' in target) return target;
    this.#used.set(fileKey(target), target);
    if (!this.#library.has(target)) {
      this.#wanted.set(fileKey(target), target);
      return { because: `${target.path} was not read`, code: 'unresolved' };
    }
    return this.#library.read(target);
  }

  #locate(
    name: string,
    from: SourceFile,
  ): SourceFile | { because: string; code: HoleNode['code'] } {
    // Either slash is taken between folders.
    const named = name.trim().replaceAll('\\', '/');
    const at = named.lastIndexOf('@');
    if (at < 0) {
      const path = named.startsWith('/')
        ? named
        : posix.join(posix.dirname(from.path), named);
      return { ...from, path: posix.normalize(path) };
    }
    const path = posix.normalize(`/${named.slice(0, at)}`);
    const alias = named
      .slice(at + 1)
      .trim()
      .toLowerCase();
    if (alias === 'self') return { ...this.#root, path };
    const repository = this.#aliases.get(alias);
    if (!repository) {
      return {
        because: `no repository resource is called "${alias}"`,
        code: 'malformed',
      };
    }
    const { project, ref, type } = repository;
    const place = { project, repository: repository.repository, ref, path };
    if (type.toLowerCase() === 'git') return place;
    if (type.toLowerCase() !== 'github' || !ref.startsWith('refs/heads/')) {
      return {
        because: `the template repository "${alias}" (type ${type}${
          ref ? `, ${ref}` : ''
        }) cannot be read`,
        code: 'not-supported',
      };
    }
    const address = `https://github.com/${project}/${place.repository}`;
    return { ...place, address };
  }
}
