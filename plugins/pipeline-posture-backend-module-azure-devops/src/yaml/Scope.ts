import { Names } from './expression/evaluate';
import { decided, nodeOf, UNDECIDED, Value } from './expression/values';
import { MappingNode, SourceFile } from './nodes';

/** What expressions in one file, and in one part of it, can name. */
export class Scope implements Names {
  readonly file: SourceFile;
  /** True inside a part that an undecided condition may leave out. */
  readonly conditional: boolean;
  /** True inside what the pipeline's own code includes, other than the template that it extends. */
  readonly chosen: boolean;
  readonly #root: SourceFile;
  readonly #parameters: ReadonlyMap<string, Value>;
  readonly #variables: ReadonlyMap<string, Value>;
  readonly #locals: ReadonlyMap<string, Value>;

  constructor(options: {
    file: SourceFile;
    parameters?: ReadonlyMap<string, Value>;
    variables?: ReadonlyMap<string, Value>;
    locals?: ReadonlyMap<string, Value>;
    conditional?: boolean;
    chosen?: boolean;
    root?: SourceFile;
  }) {
    this.file = options.file;
    this.#parameters = options.parameters ?? new Map();
    this.#variables = options.variables ?? new Map();
    this.#locals = options.locals ?? new Map();
    this.conditional = options.conditional ?? false;
    this.chosen = options.chosen ?? false;
    this.#root = options.root ?? options.file;
  }

  #with(change: {
    parameters?: ReadonlyMap<string, Value>;
    variables?: ReadonlyMap<string, Value>;
    locals?: ReadonlyMap<string, Value>;
    conditional?: boolean;
    chosen?: boolean;
    file?: SourceFile;
  }): Scope {
    return new Scope({
      file: this.file,
      parameters: this.#parameters,
      variables: this.#variables,
      locals: this.#locals,
      conditional: this.conditional,
      chosen: this.chosen,
      root: this.#root,
      ...change,
    });
  }

  /** Inside an `each`. */
  withLocal(name: string, value: Value): Scope {
    return this.#with({
      locals: new Map(this.#locals).set(name.toLowerCase(), value),
    });
  }

  /** Below a `variables:` block. */
  withVariables(variables: ReadonlyMap<string, Value>): Scope {
    if (variables.size === 0) return this;
    return this.#with({
      variables: new Map([...this.#variables, ...variables]),
    });
  }

  /** Inside another file: its own parameters, the variables of whoever includes it. */
  inFile(file: SourceFile, parameters: ReadonlyMap<string, Value>): Scope {
    return this.#with({ file, parameters, locals: new Map() });
  }

  /** In a part that may be left out. */
  asConditional(conditional: boolean): Scope {
    return conditional && !this.conditional
      ? this.#with({ conditional })
      : this;
  }

  /** In a part that the pipeline's own code chose. */
  asChosen(chosen: boolean): Scope {
    return chosen && !this.chosen ? this.#with({ chosen }) : this;
  }

  /** True if the people who use the pipeline wrote a node, or chose it. */
  isOwn({ file, chosen }: { file: SourceFile; chosen?: boolean }): boolean {
    const same = (one = '', other = '') =>
      one.toLowerCase() === other.toLowerCase();
    return (
      chosen === true ||
      (same(file.project, this.#root.project) &&
        same(file.repository, this.#root.repository) &&
        same(file.address, this.#root.address))
    );
  }

  context(name: string): Value | undefined {
    const local = this.#locals.get(name);
    if (local) return local;
    if (name === 'parameters')
      return decided(this.#asMapping(this.#parameters));
    // Which variables there will be is only known when the pipeline runs.
    return undefined;
  }

  member(context: string, key: string): Value | undefined {
    if (context === 'parameters') {
      return this.#parameters.get(key.toLowerCase()) ?? decided(null);
    }
    if (context === 'variables')
      return this.#variables.get(key.toLowerCase()) ?? UNDECIDED;
    return undefined;
  }

  #asMapping(values: ReadonlyMap<string, Value>): MappingNode {
    const at = { file: this.file, line: 1 };
    return {
      kind: 'mapping',
      ...at,
      entries: [...values].map(([name, value]) => ({
        key: { kind: 'scalar', value: name, ...at },
        value: nodeOf(value, at, `\${{ parameters.${name} }}`),
      })),
    };
  }
}
