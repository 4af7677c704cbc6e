/** A file of pipeline code, and where it was read. */
export interface SourceFile {
  project: string;
  repository: string;
  /** Full ref name. */
  ref: string;
  /** With a leading slash. */
  path: string;
  /** Address of the repository, where it is not in Azure Repos; `project` is its owner then. */
  address?: string;
}

/** One string for a file, for maps and comparisons. */
export function fileKey({
  project,
  repository,
  ref,
  path,
  address = '',
}: SourceFile): string {
  return `${address}#${project}/${repository}@${ref}:${path}`.toLocaleLowerCase(
    'en-US',
  );
}

interface At {
  file: SourceFile;
  /** 1-based. */
  line: number;
}

/** A value whose expressions have been worked out as far as they can be. */
export interface ScalarNode extends At {
  kind: 'scalar';
  value: string | number | boolean | null;
  /** Names of run-time parameters that it is made of. */
  uses?: readonly string[];
  /** What it may be, when the parameters that it is made of allow only a few values. */
  alternatives?: readonly string[];
  /** True if it is only known at run time; `value` is then a guess or the text of the expression. */
  undecided?: boolean;
}

export interface SequenceNode extends At {
  kind: 'sequence';
  items: YamlNode[];
  /** True if whoever starts a run may choose another; this one is a guess then. */
  undecided?: boolean;
}

export interface MappingEntry {
  key: ScalarNode;
  value: YamlNode;
}

export interface MappingNode extends At {
  kind: 'mapping';
  entries: MappingEntry[];
  /** True if an undecided condition says whether it is there at all. */
  conditional?: boolean;
  /** True if an undecided condition says whether it is in its own list. */
  maybe?: boolean;
  /** True if the pipeline's own code put it there, wherever its text stands: by including a template other than the one that it extends, or as a part that a template passes on. */
  chosen?: boolean;
  /** True if whoever starts a run may choose another; this one is a guess then. */
  undecided?: boolean;
}

/** Something that could not be resolved and that may have been anything. */
export interface HoleNode extends At {
  kind: 'hole';
  /** In words, what could not be resolved and why. */
  because: string;
  code:
    | 'unresolved'
    | 'not-found'
    | 'malformed'
    | 'not-supported'
    | 'too-large'
    | 'source-unreachable'
    | 'permission-missing'
    | 'throttled';
}

export type YamlNode = ScalarNode | SequenceNode | MappingNode | HoleNode;

/** A scalar as text. */
export function textOf(node: YamlNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return String(node.value);
}

/** The last value under a key, as YAML readers take it; keys are compared exactly. */
export function childOf(
  node: YamlNode | undefined,
  key: string,
): YamlNode | undefined {
  if (node?.kind !== 'mapping') return undefined;
  for (let at = node.entries.length - 1; at >= 0; at -= 1) {
    if (node.entries[at].key.value === key) return node.entries[at].value;
  }
  return undefined;
}

/** The items of a list; a single value counts as a list of one. */
export function itemsOf(node: YamlNode | undefined): YamlNode[] {
  if (node === undefined) return [];
  if (node.kind === 'sequence') return node.items;
  return node.kind === 'scalar' && node.value === null ? [] : [node];
}

/** The words that Azure Pipelines takes for a truth value; undefined for any other. */
export function booleanOf(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^(true|y|yes|on)$/i.test(text.trim())) return true;
  return /^(false|n|no|off)$/i.test(text.trim()) ? false : undefined;
}
