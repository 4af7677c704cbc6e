import { Expander } from './Expander';
import { withoutParameters } from './extended';
import { hasExpression } from './interpolate';
import { ExpansionLimitError, ExpansionLimits } from './limits';
import {
  childOf,
  HoleNode,
  itemsOf,
  MappingNode,
  SourceFile,
  textOf,
  YamlNode,
} from './nodes';
import {
  DeclaredParameter,
  declaredParameters,
  runTimeParameters,
} from './parameters';
import { Scope } from './Scope';
import { FileLibrary, RepositoryAlias, TemplateFiles } from './TemplateFiles';

/** A pipeline with its templates and compile-time expressions worked out. */
export interface ResolvedPipeline {
  status: 'resolved';
  root: MappingNode;
  parameters: DeclaredParameter[];
  aliases: RepositoryAlias[];
  /** The template that the pipeline extends, if it does. */
  extended?: SourceFile;
  /** Every file that it is made of. */
  files: SourceFile[];
}

/** What came of trying to resolve a pipeline. */
export type Resolution =
  | ResolvedPipeline
  /** These files must be read first. */
  | { status: 'needs-files'; files: SourceFile[] }
  | {
      status: 'failed';
      because: string;
      code: HoleNode['code'];
      files: SourceFile[];
    };

const branchRef = (ref: string) =>
  ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;

/** Reads `resources.repositories`. A name without a project means the pipeline's own. */
export function repositoryAliases(
  root: YamlNode,
  self: SourceFile,
): RepositoryAlias[] {
  return itemsOf(childOf(childOf(root, 'resources'), 'repositories')).flatMap(
    item => {
      const alias = textOf(childOf(item, 'repository'));
      const name = textOf(childOf(item, 'name'));
      if (alias === undefined || name === undefined) return [];
      const parts = name.split('/');
      const ref = textOf(childOf(item, 'ref'));
      const type = textOf(childOf(item, 'type')) ?? 'git';
      const ownProject = parts.length > 1 || self.address === undefined;
      const endpoint = childOf(item, 'endpoint') !== undefined;
      return [
        {
          alias,
          // With a service connection it is in another organisation, where a project may have the same name.
          type:
            type.toLowerCase() === 'git' && (endpoint || !ownProject)
              ? 'git elsewhere'
              : type,
          project: parts.length > 1 ? parts[0] : self.project,
          repository: parts[parts.length - 1],
          // Left out, it is the default branch of that repository.
          ref: ref === undefined ? '' : branchRef(ref),
        },
      ];
    },
  );
}

/** A pipeline hardly extends a template that extends another, and so on. */
const MOST_EXTENDED = 10;

/**
 * The template that a pipeline extends. The repositories that it, and what it
 * extends itself, declares are there for the whole pipeline.
 */
function extendedFile(
  root: MappingNode,
  templates: TemplateFiles,
  file: SourceFile,
): SourceFile | undefined {
  let first: SourceFile | undefined;
  let [content, from]: [YamlNode, SourceFile] = [root, file];
  for (let n = 0; n < MOST_EXTENDED; n += 1) {
    const name = textOf(childOf(childOf(content, 'extends'), 'template'));
    if (name === undefined || hasExpression(name)) break;
    const found = templates.find(name, from);
    if (!('file' in found)) break;
    first ??= found.file;
    templates.declare(repositoryAliases(found.content, file));
    [content, from] = [found.content, found.file];
  }
  return first;
}

/**
 * Resolves a pipeline from the files that were read so far. If more are
 * needed it says which; nothing is fetched here.
 */
export function resolvePipeline(
  file: SourceFile,
  library: FileLibrary,
  limits?: ExpansionLimits,
): Resolution {
  if (!library.has(file)) return { status: 'needs-files', files: [file] };
  const read = library.read(file);
  if ('because' in read)
    return {
      status: 'failed',
      because: read.because,
      code: read.code,
      files: [file],
    };
  const { content } = read;
  if (content.kind !== 'mapping') {
    return {
      status: 'failed',
      because: `${file.path} holds no pipeline`,
      code: 'malformed',
      files: [file],
    };
  }
  const parameters = declaredParameters(content);
  const templates = new TemplateFiles(
    library,
    file,
    repositoryAliases(content, file),
  );
  const expander = new Expander(templates, limits);
  const scope = new Scope({ file, parameters: runTimeParameters(parameters) });
  try {
    const extended = extendedFile(content, templates, file);
    const root = expander.expandFile(withoutParameters(content), scope);
    if (templates.wanted.length > 0)
      return { status: 'needs-files', files: templates.wanted };
    return {
      status: 'resolved',
      root,
      parameters,
      aliases: templates.aliases,
      ...(extended && { extended }),
      files: templates.used,
    };
  } catch (error) {
    if (!(error instanceof ExpansionLimitError)) throw error;
    return {
      status: 'failed',
      because: `${file.path} cannot be resolved: ${error.message}`,
      code: 'too-large',
      files: templates.used,
    };
  }
}
