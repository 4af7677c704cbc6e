import { Fact, known } from 'backstage-plugin-pipeline-posture-common';
import { Checkpoints } from 'backstage-plugin-pipeline-posture-node';
import { Definition, Repository } from '../client/wire';
import { readPipelineCode } from '../reading/readPipelineCode';
import { CodeReading, READING_VERSION } from '../reading/types';
import { fileKey, SourceFile } from '../yaml/nodes';
import { resolvePipeline } from '../yaml/resolvePipeline';
import { FileLibrary } from '../yaml/TemplateFiles';
import { ABSENT, markerOf } from './fileStates';
import { CodeFiles } from './CodeFiles';
import {
  evidenceOf,
  onAnotherHost,
  rootFile,
  rootFileElsewhere,
  unreadable,
  withoutOrigins,
} from './rootFile';

/** What an earlier run learned of a pipeline's code, and from which contents. */
interface RememberedCode {
  files: Array<{ file: SourceFile; objectId: string }>;
  reading: CodeReading;
}

/** What an earlier run saw in a repository. */
interface RememberedFiles {
  lookedAt: number;
  objects: Array<{ file: SourceFile; objectId: string }>;
}

export interface ReadCodeOptions {
  /** Set where Azure DevOps may be asked to expand pipelines whose code lies on another host. */
  expand?: (definition: Definition) => Promise<Fact<string>>;
  files: CodeFiles;
  checkpoints: Checkpoints;
  project: string;
  repositories: Fact<Repository[]>;
  now: Date;
  /** Repositories that were looked at less long ago and show no sign of change are not looked at again. */
  maxAgeMs: number;
  /** Read this definition anew whatever is remembered. */
  fresh?: number;
}

const markerFor = (revision: number | undefined) =>
  `${revision}/${READING_VERSION}`;

/** Rounds of finding out which templates are needed; each one goes a level deeper. */
const MAX_ROUNDS = 60;

/** Reads the code of many YAML pipelines, with as few calls as their repositories allow. */
export class CodeCollector {
  readonly #options: ReadCodeOptions;
  readonly #library = new FileLibrary();

  constructor(options: ReadCodeOptions) {
    this.#options = options;
  }

  /** The code of each YAML definition, by its id. */
  async read(
    definitions: Definition[],
  ): Promise<Map<number, Fact<CodeReading>>> {
    const { project, checkpoints, fresh, files } = this.#options;
    const result = new Map<number, Fact<CodeReading>>();
    const roots = new Map<number, SourceFile>();
    const elsewhere: Definition[] = [];
    for (const definition of definitions) {
      const root = rootFile(definition, project);
      if (root) roots.set(definition.id, root);
      else elsewhere.push(definition);
    }
    await Promise.all(
      elsewhere.map(async definition => {
        const root = await this.#rootElsewhere(definition);
        if (root && markerOf(files.stateOf(root)))
          roots.set(definition.id, root);
        else result.set(definition.id, await this.#expanded(definition, root));
      }),
    );
    const prefix = `code/${project}/`;
    const remembered = await checkpoints.list<RememberedCode>(prefix);
    const earlier = new Map<number, RememberedCode>();
    for (const { id, revision } of definitions) {
      const entry = remembered.get(`${prefix}${id}`);
      if (entry && entry.marker === markerFor(revision) && id !== fresh)
        earlier.set(id, entry.value);
    }
    await this.#assumeUnchanged(definitions);
    await files.look(
      [...earlier.values()].flatMap(each => each.files.map(({ file }) => file)),
    );
    const changed = new Map<number, SourceFile>();
    for (const [id, root] of roots) {
      const before = earlier.get(id);
      if (before && this.#unchanged(before)) {
        result.set(id, known(before.reading, evidenceOf(root)));
      } else changed.set(id, root);
    }
    await this.#resolve(changed, definitions, result);
    await this.#rememberFiles();
    return result;
  }

  /** The file of a pipeline on another host, if that host can be asked for it. */
  async #rootElsewhere(
    definition: Definition,
  ): Promise<SourceFile | undefined> {
    const root = rootFileElsewhere(definition);
    if (!root) return undefined;
    await this.#options.files.look([root]);
    return root;
  }

  /** The code of a pipeline on another host, as Azure DevOps expands it. Which file a line came from is lost. */
  async #expanded(
    definition: Definition,
    root: SourceFile | undefined,
  ): Promise<Fact<CodeReading>> {
    const { expand, project, files } = this.#options;
    if (!expand) {
      const state = root && files.stateOf(root);
      const refused =
        state && 'because' in state && state.code !== 'unresolved';
      return refused
        ? unreadable(state.code, state.because, root)
        : onAnotherHost(definition);
    }
    const text = await expand(definition);
    if (!text.known) return text;
    const file: SourceFile = {
      project,
      repository: definition.repository?.name ?? definition.name,
      ref: '',
      path: definition.process?.yamlFilename ?? '/',
    };
    const library = new FileLibrary();
    library.add(file, { text: text.value, objectId: 'preview' });
    const resolution = resolvePipeline(file, library);
    if (resolution.status === 'resolved') {
      return known(withoutOrigins(readPipelineCode(resolution)), {
        source: 'POST {project}/_apis/pipelines/{id}/preview',
      });
    }
    const failed = resolution.status === 'failed' ? resolution : undefined;
    return unreadable(
      failed?.code ?? 'unresolved',
      failed?.because ?? 'its expansion names templates',
      file,
    );
  }

  #unchanged({ files }: RememberedCode): boolean {
    return files.every(
      ({ file, objectId }) =>
        markerOf(this.#options.files.stateOf(file)) === objectId,
    );
  }

  /** A pipeline that nobody foresaw must not take the others with it. */
  #attempt(root: SourceFile) {
    try {
      const resolution = resolvePipeline(root, this.#library);
      return resolution.status === 'resolved'
        ? { ...resolution, reading: readPipelineCode(resolution) }
        : resolution;
    } catch (error) {
      return {
        status: 'failed' as const,
        because: `${root.path} cannot be read (${
          error instanceof Error ? error.name : 'unexpected value'
        })`,
        code: 'malformed' as const,
        files: [root],
      };
    }
  }

  /** Resolves pipelines round by round: each round says which files the next one needs. */
  async #resolve(
    pending: Map<number, SourceFile>,
    definitions: Definition[],
    result: Map<number, Fact<CodeReading>>,
  ): Promise<void> {
    const { files, checkpoints, project } = this.#options;
    const revisions = new Map(
      definitions.map(({ id, revision }) => [id, revision]),
    );
    await files.load([...pending.values()], this.#library);
    for (let round = 0; pending.size > 0 && round < MAX_ROUNDS; round += 1) {
      const wanted = new Map<string, SourceFile>();
      for (const [id, root] of pending) {
        const resolution = this.#attempt(root);
        if (resolution.status === 'needs-files') {
          for (const file of resolution.files) wanted.set(fileKey(file), file);
          continue;
        }
        pending.delete(id);
        if (resolution.status === 'failed') {
          result.set(id, unreadable(resolution.code, resolution.because, root));
          continue;
        }
        const { reading } = resolution;
        result.set(id, known(reading, evidenceOf(root)));
        const objects = resolution.files.map(file => ({
          file,
          objectId: this.#library.objectId(file) ?? '',
        }));
        if (objects.every(({ objectId }) => objectId !== '')) {
          await checkpoints.set(
            `code/${project}/${id}`,
            markerFor(revisions.get(id)),
            { files: objects, reading },
          );
        }
      }
      await files.load([...wanted.values()], this.#library);
    }
    for (const [id, root] of pending) {
      result.set(
        id,
        unreadable('too-large', 'its templates are nested too deeply', root),
      );
    }
  }

  /**
   * The list of repositories and the latest runs tell for nothing that a
   * repository was pushed to. Where they say nothing, files are taken as they
   * were, until the look is too old.
   */
  #markers = new Map<string, string>();

  async #assumeUnchanged(definitions: Definition[]): Promise<void> {
    const { repositories, checkpoints, project, now, maxAgeMs, fresh, files } =
      this.#options;
    if (!repositories.known) return;
    for (const { id, name, size } of repositories.value) {
      const versions = definitions
        .filter(
          ({ repository }) =>
            repository?.id === id || repository?.name === name,
        )
        .map(({ latestBuild }) => latestBuild?.sourceVersion ?? '');
      this.#markers.set(
        name.toLowerCase(),
        `${size}/${[...new Set(versions)].sort().join('+')}`,
      );
    }
    if (fresh !== undefined) return;
    const prefix = `files/${project}/`;
    const looks = await checkpoints.list<RememberedFiles>(prefix);
    for (const [key, { marker, value }] of looks) {
      const name = key.slice(prefix.length);
      if (
        marker !== this.#markers.get(name) ||
        now.getTime() - value.lookedAt >= maxAgeMs
      )
        continue;
      for (const { file, objectId } of value.objects)
        if (objectId !== ABSENT) files.assume(file, { objectId });
        else
          files.assume(file, {
            because: `${file.path} is not there`,
            code: 'not-found',
          });
      this.#assumed.add(name);
    }
  }

  readonly #assumed = new Set<string>();

  async #rememberFiles(): Promise<void> {
    const { checkpoints, project, now, files } = this.#options;
    const looks = new Map<string, RememberedFiles['objects']>();
    for (const { file, objectId } of files.looked()) {
      if (file.project.toLowerCase() !== project.toLowerCase()) continue;
      const name = file.repository.toLowerCase();
      looks.set(name, [...(looks.get(name) ?? []), { file, objectId }]);
    }
    for (const [name, objects] of looks) {
      const marker = this.#markers.get(name);
      if (marker === undefined || this.#assumed.has(name)) continue;
      await checkpoints.set(`files/${project}/${name}`, marker, {
        lookedAt: now.getTime(),
        objects,
      });
    }
  }
}
