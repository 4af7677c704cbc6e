import {
  parseExpression,
  ExpressionSyntaxError,
} from './expression/parseExpression';
import { evaluate } from './expression/evaluate';
import {
  decided,
  isCollection,
  nodeOf,
  truthOf,
  UNDECIDED,
  Value,
  valueOf,
} from './expression/values';
import {
  Directive,
  directiveOf,
  hasExpression,
  interpolate,
} from './interpolate';
import {
  childOf,
  fileKey,
  HoleNode,
  MappingEntry,
  MappingNode,
  ScalarNode,
  SequenceNode,
  textOf,
  YamlNode,
} from './nodes';
import { declaredParameters, templateParameters } from './parameters';
import { Scope } from './Scope';
import { TemplateFiles } from './TemplateFiles';
import { variablesIn } from './variables';

/** More than any real pipeline has. Each limit is that of Azure Pipelines or below. */
export interface ExpansionLimits {
  maxNodes: number;
  maxFiles: number;
  maxDepth: number;
}

export const DEFAULT_LIMITS: ExpansionLimits = {
  maxNodes: 200_000,
  maxFiles: 100,
  maxDepth: 50,
};

/** The pipeline grows beyond the limits. */
export class ExpansionLimitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExpansionLimitError';
  }
}

/** Lists whose items may be templates. */
const TEMPLATE_LISTS = new Set(['stages', 'jobs', 'steps', 'variables']);
/** Where variables begin a scope of their own. */
const MAX_NESTING = 300;

type Decision = 'yes' | 'no' | 'maybe';

/** State of an if / elseif / else chain. */
interface Chain {
  settled: boolean;
  maybe: boolean;
}

function hole(
  at: YamlNode,
  because: string,
  code: HoleNode['code'] = 'unresolved',
): HoleNode {
  return { kind: 'hole', file: at.file, line: at.line, because, code };
}

/** Works out templates and compile-time expressions, keeping for every value the place where it really stands. */
export class Expander {
  readonly #files: TemplateFiles;
  readonly #limits: ExpansionLimits;
  #nodes = 0;
  #included = 0;
  #depth = 0;
  /** Templates that are being included right now, to see circles. */
  readonly #open: string[] = [];

  constructor(files: TemplateFiles, limits: ExpansionLimits = DEFAULT_LIMITS) {
    this.#files = files;
    this.#limits = limits;
  }

  /** Works out a node. `list` is the key under which it stands, if templates may be included there. */
  expand(node: YamlNode, scope: Scope, list?: string): YamlNode {
    this.#count();
    this.#depth += 1;
    if (this.#depth > MAX_NESTING)
      throw new ExpansionLimitError('it is nested too deeply');
    try {
      switch (node.kind) {
        case 'scalar':
          return this.#scalar(node, scope);
        case 'sequence':
          return this.#sequence(node, scope, list);
        case 'mapping':
          return this.#mapping(node, scope);
        default:
          return node;
      }
    } finally {
      this.#depth -= 1;
    }
  }

  #count(): void {
    this.#nodes += 1;
    if (this.#nodes > this.#limits.maxNodes) {
      throw new ExpansionLimitError(
        `it grows beyond ${this.#limits.maxNodes} values`,
      );
    }
  }

  #scalar(node: ScalarNode, scope: Scope): YamlNode {
    if (typeof node.value !== 'string' || !hasExpression(node.value))
      return node;
    return nodeOf(interpolate(node.value, scope), node, node.value);
  }

  #decide(condition: string, scope: Scope): Decision {
    let value: Value;
    try {
      value = evaluate(parseExpression(condition), scope);
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error;
      value = UNDECIDED;
    }
    if (!value.decided || value.data === undefined) return 'maybe';
    return truthOf(value.data) ? 'yes' : 'no';
  }

  /** Whether a branch of a chain is included, and whether for sure. */
  #branch(directive: Directive, scope: Scope, chain: Chain): Decision {
    if (directive.kind === 'if') {
      chain.settled = false;
      chain.maybe = false;
    }
    if (chain.settled) return 'no';
    const decision =
      directive.kind === 'else'
        ? 'yes'
        : this.#decide((directive as { condition: string }).condition, scope);
    if (decision === 'no') return 'no';
    const result = chain.maybe ? 'maybe' : decision;
    if (decision === 'yes') chain.settled = true;
    else chain.maybe = true;
    return result;
  }

  /** The items of an `each`, or a hole if nobody knows them before the run. */
  #each(
    directive: Directive & { kind: 'each' },
    at: YamlNode,
    scope: Scope,
  ): Scope[] | HoleNode {
    let collection: Value;
    try {
      collection = evaluate(parseExpression(directive.collection), scope);
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error;
      return hole(at, 'the loop is not a valid expression', 'malformed');
    }
    const { data } = collection;
    if (data === undefined || (!collection.decided && !isCollection(data))) {
      return hole(
        at,
        `what "${directive.collection.trim()}" holds is only known when the pipeline runs`,
      );
    }
    if (!isCollection(data)) return [];
    const inner = scope.asConditional(!collection.decided);
    if (data.kind === 'sequence') {
      return data.items.map(item =>
        inner.withLocal(directive.variable, valueOf(item)),
      );
    }
    return data.entries.map(({ key, value }) => {
      const pair: MappingNode = {
        kind: 'mapping',
        file: key.file,
        line: key.line,
        entries: [
          { key: { ...key, value: 'key' }, value: key },
          { key: { ...key, value: 'value' }, value },
        ],
      };
      return inner.withLocal(directive.variable, decided(pair));
    });
  }

  #sequence(node: SequenceNode, scope: Scope, list?: string): SequenceNode {
    const items: YamlNode[] = [];
    const chain: Chain = { settled: false, maybe: false };
    for (const item of node.items) this.#item(item, scope, list, chain, items);
    return { ...node, items };
  }

  #item(
    item: YamlNode,
    scope: Scope,
    list: string | undefined,
    chain: Chain,
    items: YamlNode[],
  ): void {
    this.#count();
    if (item.kind === 'mapping' && item.entries.length > 0) {
      if (directiveOf(item.entries[0].key.value)) {
        for (const entry of item.entries)
          this.#directedItem(entry, scope, list, chain, items);
        return;
      }
      if (list && TEMPLATE_LISTS.has(list) && childOf(item, 'template')) {
        items.push(...this.#includeInList(item, scope, list));
        return;
      }
    }
    if (
      item.kind === 'scalar' &&
      typeof item.value === 'string' &&
      hasExpression(item.value)
    ) {
      items.push(...this.#splice(this.#scalar(item, scope), scope, list, item));
      return;
    }
    items.push(this.expand(item, scope));
  }

  /** A list that an expression comes to takes the place of the item. */
  #splice(
    node: YamlNode,
    scope: Scope,
    list: string | undefined,
    at: YamlNode,
  ): YamlNode[] {
    if (node.kind === 'sequence') {
      return node.items.flatMap(each => this.#splice(each, scope, list, at));
    }
    if (node.kind === 'mapping') {
      this.#count();
      // A step list may hold templates, named from the file where they were written.
      if (list && TEMPLATE_LISTS.has(list) && childOf(node, 'template')) {
        return this.#includeInList(
          node,
          scope.inFile(node.file, new Map()),
          list,
        );
      }
      return [scope.conditional ? { ...node, conditional: true } : node];
    }
    if (node.kind !== 'scalar' || !list || !TEMPLATE_LISTS.has(list))
      return [node];
    if (node.value === null || node.value === '') return [];
    return [
      hole(
        at,
        `what ${String(
          (at as ScalarNode).value,
        )} holds is only known when the pipeline runs`,
      ),
    ];
  }

  #directedItem(
    entry: MappingEntry,
    scope: Scope,
    list: string | undefined,
    chain: Chain,
    items: YamlNode[],
  ): void {
    const directive = directiveOf(entry.key.value);
    if (!directive) return;
    if (directive.kind === 'each') {
      const scopes = this.#each(directive, entry.key, scope);
      if (!Array.isArray(scopes)) items.push(scopes);
      else
        for (const inner of scopes)
          this.#directedItems(entry.value, inner, list, items);
      return;
    }
    if (directive.kind === 'insert') {
      this.#directedItems(entry.value, scope, list, items);
      return;
    }
    const decision = this.#branch(directive, scope, chain);
    if (decision !== 'no') {
      this.#directedItems(
        entry.value,
        scope.asConditional(decision === 'maybe'),
        list,
        items,
      );
    }
  }

  #directedItems(
    value: YamlNode,
    scope: Scope,
    list: string | undefined,
    items: YamlNode[],
  ): void {
    if (value.kind === 'sequence') {
      const chain: Chain = { settled: false, maybe: false };
      for (const each of value.items)
        this.#item(each, scope, list, chain, items);
      return;
    }
    const expanded = this.expand(value, scope, list);
    items.push(...this.#splice(expanded, scope, list, value));
  }

  #mapping(node: MappingNode, scope: Scope): MappingNode {
    const entries: MappingEntry[] = [];
    let inner = scope;
    const own = childOf(node, 'variables');
    let variables: YamlNode | undefined;
    if (
      own &&
      (childOf(node, 'steps') ||
        childOf(node, 'jobs') ||
        childOf(node, 'stages') ||
        childOf(node, 'stage') ||
        childOf(node, 'job') ||
        childOf(node, 'deployment'))
    ) {
      variables = this.expand(own, scope, 'variables');
      inner = scope.withVariables(variablesIn(variables));
    }
    const chain: Chain = { settled: false, maybe: false };
    for (const entry of node.entries) {
      if (variables && entry.value === own)
        entries.push({ key: entry.key, value: variables });
      else this.#entry(entry, inner, chain, entries);
    }
    return {
      ...node,
      entries,
      ...(scope.conditional && { conditional: true }),
    };
  }

  #entry(
    entry: MappingEntry,
    scope: Scope,
    chain: Chain,
    entries: MappingEntry[],
  ): void {
    this.#count();
    const directive = directiveOf(entry.key.value);
    if (!directive) {
      const key = this.#scalar(entry.key, scope);
      const name = key.kind === 'scalar' ? key : entry.key;
      entries.push({
        key: name,
        value: this.expand(entry.value, scope, String(name.value)),
      });
      return;
    }
    if (directive.kind === 'each') {
      const scopes = this.#each(directive, entry.key, scope);
      if (!Array.isArray(scopes))
        entries.push({ key: entry.key, value: scopes });
      else for (const inner of scopes) this.#merge(entry, inner, entries);
      return;
    }
    if (directive.kind === 'insert') {
      this.#merge(entry, scope, entries);
      return;
    }
    const decision = this.#branch(directive, scope, chain);
    if (decision !== 'no')
      this.#merge(entry, scope.asConditional(decision === 'maybe'), entries);
  }

  #merge(entry: MappingEntry, scope: Scope, entries: MappingEntry[]): void {
    const value = this.expand(entry.value, scope);
    if (value.kind === 'mapping') entries.push(...value.entries);
    else if (value.kind === 'scalar' && value.undecided) {
      entries.push({
        key: entry.key,
        value: hole(
          entry.key,
          'what is inserted here is only known when the pipeline runs',
        ),
      });
    } else if (value.kind === 'hole') entries.push({ key: entry.key, value });
  }

  #includeInList(item: MappingNode, scope: Scope, list: string): YamlNode[] {
    const included = this.include(item, scope);
    if (included.kind === 'hole') return [included];
    const content = childOf(included, list);
    if (!content)
      return [hole(item, `the template has no ${list}`, 'malformed')];
    if (content.kind === 'sequence') return content.items;
    // Variables may be a map in the template of a list.
    return [content];
  }

  /** Includes the file that a `template:` names, with its parameters. */
  include(reference: MappingNode, scope: Scope): YamlNode {
    const nameNode = childOf(reference, 'template');
    if (!nameNode) return hole(reference, 'no template is named', 'malformed');
    const expandedName = this.expand(nameNode, scope);
    const name = textOf(expandedName);
    if (
      name === undefined ||
      (expandedName.kind === 'scalar' && expandedName.undecided)
    ) {
      return hole(
        nameNode,
        'which template is included is only known when the pipeline runs',
      );
    }
    const found = this.#files.find(name, scope.file);
    if ('because' in found) return hole(nameNode, found.because, found.code);
    const key = fileKey(found.file);
    if (this.#open.includes(key)) {
      return hole(
        nameNode,
        `the template ${name} includes itself`,
        'malformed',
      );
    }
    if (this.#open.length >= this.#limits.maxDepth) {
      throw new ExpansionLimitError(
        `templates are nested more than ${this.#limits.maxDepth} deep`,
      );
    }
    this.#included += 1;
    if (this.#included > this.#limits.maxFiles) {
      throw new ExpansionLimitError(
        `it includes more than ${this.#limits.maxFiles} templates`,
      );
    }
    const passedNode = childOf(reference, 'parameters');
    const passed = passedNode && this.expand(passedNode, scope);
    const parameters = templateParameters(
      declaredParameters(found.content),
      passed?.kind === 'mapping' ? passed : undefined,
    );
    this.#open.push(key);
    try {
      const inner = scope.inFile(found.file, parameters);
      if (found.content.kind !== 'mapping')
        return hole(nameNode, 'the template is empty', 'malformed');
      return this.#mapping(withoutParameters(found.content), inner);
    } finally {
      this.#open.pop();
    }
  }
}

/** The declaration of parameters is no part of what a template adds. */
export function withoutParameters(file: MappingNode): MappingNode {
  return {
    ...file,
    entries: file.entries.filter(({ key }) => key.value !== 'parameters'),
  };
}
