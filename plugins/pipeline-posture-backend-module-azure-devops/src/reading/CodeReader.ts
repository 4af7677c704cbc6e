import { CodeLocation, Leak } from 'backstage-plugin-pipeline-posture-common';
import { SecretScanner } from 'backstage-plugin-pipeline-posture-node';
import {
  HoleNode,
  MappingNode,
  ScalarNode,
  SourceFile,
  YamlNode,
} from '../yaml/nodes';
import { settledVariables } from '../yaml/variables';
import { Gap, NamedUse, Sink } from './types';

const UNTRUSTED =
  /\$\((Build\.SourceBranchName|Build\.SourceBranch|Build\.SourceVersionMessage|System\.PullRequest\.SourceBranch)\)/gi;
const MACRO = /\$\(([A-Za-z_][\w.-]*)\)/g;
const MOST_NOTES = 500;
const MOST_LEVELS = 5;

/** What is noticed while the code of a pipeline is read: leaks, injections, and where chosen values end up. */
export class CodeReader {
  readonly leaks: Leak[] = [];
  readonly injections: Array<{
    expression: string;
    where: string;
    location?: CodeLocation;
  }> = [];
  readonly sinks: Sink[] = [];
  readonly #scanner = new SecretScanner();
  readonly #root?: SourceFile;
  readonly #scopes: Array<Map<string, string | undefined>> = [];

  constructor(root?: SourceFile) {
    this.#root = root;
  }

  /** Where a value stands, and whether the people who use the pipeline can change it there. */
  location(node: { file: SourceFile; line: number }): CodeLocation {
    const { file, line } = node;
    const own =
      file.project.toLowerCase() === this.#root?.project.toLowerCase() &&
      file.repository.toLowerCase() === this.#root?.repository.toLowerCase();
    return {
      repository: `${file.project}/${file.repository}`,
      file: file.path,
      line,
      origin: own ? 'builders' : 'template',
    };
  }

  gap(node: HoleNode): Gap {
    return {
      because: node.because,
      code: node.code,
      location: this.location(node),
    };
  }

  /**
   * Reads a part of the pipeline with the variables that its code declares for
   * it. Those win over everything that can be set from outside, so a `$(name)`
   * that means one of them is decided.
   */
  within<T>(block: YamlNode | undefined, read: () => T): T {
    const scope = new Map<string, string | undefined>();
    for (const [name, { value, undecided }] of settledVariables(block)) {
      const text = String(value ?? '');
      // One that is open hides what the parts around it say.
      const open = undecided || text.startsWith('$[');
      scope.set(name, open ? undefined : text);
    }
    this.#scopes.push(scope);
    try {
      return read();
    } finally {
      this.#scopes.pop();
    }
  }

  /** Puts declared variables in place of `$(name)`, a few levels deep. */
  #withVariables(text: string, depth = 0): string {
    if (depth >= MOST_LEVELS) return text;
    return text.replace(MACRO, (whole, name: string) => {
      const scope = this.#scopes.findLast(each => each.has(name.toLowerCase()));
      const value = scope?.get(name.toLowerCase());
      return value === undefined
        ? whole
        : this.#withVariables(value, depth + 1);
    });
  }

  /** A name with what decides it. */
  use(node: ScalarNode, location = this.location(node)): NamedUse {
    const name = this.#withVariables(String(node.value ?? ''));
    const macros = [...name.matchAll(MACRO)].map(match => match[1]);
    return {
      name,
      undecided:
        Boolean(node.undecided) || macros.length > 0 || name.includes('$['),
      uses: [...(node.uses ?? []), ...macros],
      ...(node.alternatives && { alternatives: [...node.alternatives] }),
      location,
    };
  }

  /** A value that is put under a name: a variable, an input, an environment variable. */
  setting(
    name: string,
    value: string,
    where: string,
    inside: Leak['in'],
    location?: CodeLocation,
  ): void {
    const match = this.#scanner.matchSetting(name, value);
    if (match && this.leaks.length < MOST_NOTES) {
      this.leaks.push({
        where,
        pattern: match.pattern,
        in: inside,
        ...(location && { location }),
      });
    }
  }

  /** A text that a shell runs. */
  script(
    text: string,
    where: string,
    location?: CodeLocation,
    uses: readonly string[] = [],
  ): void {
    const match = this.#scanner.matchText(text);
    if (match && this.leaks.length < MOST_NOTES) {
      this.leaks.push({
        where,
        pattern: match.pattern,
        in: 'code',
        ...(location && { location }),
      });
    }
    for (const expression of new Set(
      [...text.matchAll(UNTRUSTED)].map(([found]) => found),
    )) {
      this.#inject(expression, where, location);
    }
    this.reaches('script', text, where, location, uses);
  }

  /** A value ends up somewhere that matters. */
  reaches(
    kind: Sink['kind'],
    text: string,
    where: string,
    location?: CodeLocation,
    uses: readonly string[] = [],
  ): void {
    if (this.sinks.length >= MOST_NOTES) return;
    for (const name of uses) {
      this.sinks.push({
        kind,
        name,
        from: 'parameter',
        where,
        ...(location && { location }),
      });
    }
    for (const name of new Set(
      [...text.matchAll(MACRO)].map(([, macro]) => macro),
    )) {
      this.sinks.push({
        kind,
        name,
        from: 'macro',
        where,
        ...(location && { location }),
      });
    }
  }

  #inject(expression: string, where: string, location?: CodeLocation): void {
    if (this.injections.length >= MOST_NOTES) return;
    this.injections.push({ expression, where, ...(location && { location }) });
  }
}

/** Lists that are read item by item, with gaps of their own. */
const LISTS = new Set(['stages', 'jobs', 'steps']);

/** What could not be resolved within an item, outside of the lists that it holds. */
function holesIn(node: YamlNode): HoleNode[] {
  switch (node.kind) {
    case 'hole':
      return [node];
    case 'sequence':
      return node.items.flatMap(holesIn);
    case 'mapping':
      return node.entries
        .filter(({ key }) => !LISTS.has(String(key.value)))
        .flatMap(({ value }) => holesIn(value));
    default:
      return [];
  }
}

/** Gaps among the items of a list and within them, and the items that are none. */
export function withoutGaps(
  items: YamlNode[],
  reader: CodeReader,
): { items: MappingNode[]; gaps: Gap[] } {
  const gaps: Gap[] = [];
  const rest = items.flatMap((item): MappingNode[] => {
    gaps.push(...holesIn(item).map(each => reader.gap(each)));
    if (item.kind === 'mapping') return [item];
    // Where a stage, job or step should stand, a text can be any of them.
    if (item.kind === 'scalar' && item.value !== null) {
      const because = `what "${String(
        item.value,
      )}" stands for is only known when the pipeline runs`;
      const { file, line } = item;
      gaps.push(
        reader.gap({ kind: 'hole', file, line, because, code: 'unresolved' }),
      );
    }
    return [];
  });
  return { items: rest, gaps };
}
