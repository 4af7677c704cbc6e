import { CodeLocation, Leak } from 'backstage-plugin-pipeline-posture-common';
import { SecretScanner } from 'backstage-plugin-pipeline-posture-node';
import { HoleNode, ScalarNode, SourceFile, YamlNode } from '../yaml/nodes';
import { settledVariables } from '../yaml/variables';
import { pastedInto, UNTRUSTED } from './pastedText';
import { Gap, NamedUse, Sink } from './types';

const MACRO = /\$\(([A-Za-z_][\w.-]*)\)/g;
const MOST_NOTES = 500;
/** Places that are kept for one name; the first says what the name is used for. */
const MOST_PLACES = 20;
const MOST_SINKS = 10_000;
/** More than any text names, through whatever variables. */
const MOST_VARIABLES = 1000;
/** Stands for every variable, where it is not known which are set. */
const ANY = '*';
const MOST_LEVELS = 5;

/** A variable that code declares. */
interface Declared {
  text: string;
  /** Set if the run decides what it holds. */
  open: boolean;
  uses: readonly string[];
  /** What its text names, once somebody asked. */
  mentions?: Mentions;
}

interface Mentions {
  macros: string[];
  untrusted: string[];
}

/** Everything that a text is made of, through the variables that it names. */
interface Reached {
  names: string[];
  uses: string[];
  untrusted: string[];
}

const mentionsIn = (text: string): Mentions => ({
  macros: [...text.matchAll(MACRO)].map(([, name]) => name),
  untrusted: pastedInto(text),
});

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
  readonly #places = new Map<string, number>();
  readonly #scopes: Array<Map<string, Declared>> = [];

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
    const scope = new Map<string, Declared>();
    for (const [name, { value, undecided, uses }] of settledVariables(block)) {
      const text = String(value ?? '');
      // One that is open hides what the parts around it say.
      const open = undecided === true || text.startsWith('$[');
      scope.set(name, { text, open, uses: uses ?? [] });
    }
    return this.#inScope(scope, read);
  }

  /**
   * Reads a job that runs several times with other values of some variables.
   *
   * @param names - in lower case; nothing if it is not known which
   */
  withOpen<T>(names: string[] | undefined, read: () => T): T {
    const open = { text: '', open: true, uses: [] };
    return this.#inScope(
      new Map((names ?? [ANY]).map(name => [name, open])),
      read,
    );
  }

  #inScope<T>(scope: Map<string, Declared>, read: () => T): T {
    this.#scopes.push(scope);
    try {
      return read();
    } finally {
      this.#scopes.pop();
    }
  }

  #declared(name: string): Declared | undefined {
    const key = name.toLowerCase();
    const scope = this.#scopes.findLast(each => each.has(key) || each.has(ANY));
    return scope?.get(key) ?? scope?.get(ANY);
  }

  /** Puts declared variables in place of `$(name)`, a few levels deep. */
  #withVariables(text: string, depth = 0): string {
    if (depth >= MOST_LEVELS) return text;
    return text.replace(MACRO, (whole, name: string) => {
      const declared = this.#declared(name);
      return !declared || declared.open
        ? whole
        : this.#withVariables(declared.text, depth + 1);
    });
  }

  #reached(text: string, uses: readonly string[]): Reached {
    const names = new Map<string, string>();
    const parameters = new Set(uses);
    const untrusted = new Set<string>();
    const open = [mentionsIn(text)];
    // More are found on the way.
    for (const { macros, untrusted: found } of open) {
      found.forEach(each => untrusted.add(each));
      for (const name of macros) {
        const key = name.toLowerCase();
        if (names.has(key) || names.size >= MOST_VARIABLES) continue;
        names.set(key, name);
        if (UNTRUSTED.has(key)) untrusted.add(`$(${name})`);
        const declared = this.#declared(name);
        if (!declared) continue;
        declared.uses.forEach(each => parameters.add(each));
        declared.mentions ??= mentionsIn(declared.text);
        open.push(declared.mentions);
      }
    }
    return {
      names: [...names.values()],
      uses: [...parameters],
      untrusted: [...untrusted],
    };
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
    const reached = this.#reached(text, uses);
    for (const expression of reached.untrusted)
      this.#inject(expression, where, location);
    this.#ends('script', reached, where, location);
  }

  /** A value ends up somewhere that matters. */
  reaches(
    kind: Sink['kind'],
    text: string,
    where: string,
    location?: CodeLocation,
    uses: readonly string[] = [],
  ): void {
    this.#ends(kind, this.#reached(text, uses), where, location);
  }

  #ends(
    kind: Sink['kind'],
    { names, uses }: Reached,
    where: string,
    location?: CodeLocation,
  ): void {
    for (const name of uses)
      this.#sink({ kind, name, from: 'parameter', where, location });
    for (const name of names)
      this.#sink({ kind, name, from: 'macro', where, location });
  }

  #sink({ location, ...sink }: Sink): void {
    const key = `${sink.kind}/${sink.from}/${sink.name.toLowerCase()}`;
    const places = this.#places.get(key) ?? 0;
    if (places >= MOST_PLACES || this.sinks.length >= MOST_SINKS) return;
    this.#places.set(key, places + 1);
    this.sinks.push({ ...sink, ...(location && { location }) });
  }

  #inject(expression: string, where: string, location?: CodeLocation): void {
    if (this.injections.length >= MOST_NOTES) return;
    this.injections.push({ expression, where, ...(location && { location }) });
  }
}
