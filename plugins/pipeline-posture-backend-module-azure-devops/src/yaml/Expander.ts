import { nodeOf } from './expression/values';
import { branchOf, Chain, newChain } from './conditions';
import { hole, perhaps, put } from './eitherOf';
import { extended, withEntry, withoutParameters } from './extended';
import { directiveOf, hasExpression, interpolate } from './interpolate';
import { Budget, DEFAULT_LIMITS, ExpansionLimits } from './limits';
import { chosenLater, loopOf, pairsOf } from './loops';
import {
  childOf,
  fileKey,
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

/** Lists whose items may be templates. */
const TEMPLATE_LISTS = new Set(['stages', 'jobs', 'steps', 'variables']);

const isTemplateList = (list: string | undefined): list is string =>
  list !== undefined && TEMPLATE_LISTS.has(list);

/** Keys of a mapping in which variables begin a scope of their own. */
const OWNERS = ['steps', 'jobs', 'stages', 'stage', 'job', 'deployment'];

/** Works out templates and compile-time expressions, keeping for every value the place where it really stands. */
export class Expander {
  readonly #files: TemplateFiles;
  readonly #budget: Budget;

  constructor(files: TemplateFiles, limits: ExpansionLimits = DEFAULT_LIMITS) {
    this.#files = files;
    this.#budget = new Budget(limits);
  }

  /** Works out a node. `list` is the key under which it stands, if templates may be included there. */
  expand(node: YamlNode, scope: Scope, list?: string): YamlNode {
    this.#budget.count();
    return this.#budget.deeper(() => {
      switch (node.kind) {
        case 'scalar':
          return this.#value(node, scope, list);
        case 'sequence':
          return this.#sequence(node, scope, list);
        case 'mapping':
          return this.#mapping(node, scope);
        default:
          return node;
      }
    });
  }

  /** A list of steps and the like that an expression comes to holds templates of its own, and may be a guess. */
  #value(node: ScalarNode, scope: Scope, list?: string): YamlNode {
    const value = this.#scalar(node, scope);
    if (value.kind !== 'sequence' || !isTemplateList(list)) return value;
    return { ...value, items: this.#splice(value, scope, list, node) };
  }

  #scalar(node: ScalarNode, scope: Scope): YamlNode {
    if (typeof node.value !== 'string' || !hasExpression(node.value))
      return node;
    return nodeOf(interpolate(node.value, scope), node, node.value);
  }

  #sequence(node: SequenceNode, scope: Scope, list?: string): SequenceNode {
    const items: YamlNode[] = [];
    const chain = newChain();
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
    this.#budget.count();
    if (item.kind === 'mapping' && item.entries.length > 0) {
      // With a key of its own beside them, conditions are about keys of the item.
      if (
        item.entries.every(({ key }) => directiveOf(key.value)) &&
        !this.#isMadeOfPairs(item, scope)
      ) {
        for (const entry of item.entries)
          this.#directedItem(entry, scope, list, chain, items);
        return;
      }
      if (isTemplateList(list) && childOf(item, 'template')) {
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

  /** An item whose keys a loop through the pairs of another makes is one item, not one for each pair. */
  #isMadeOfPairs(item: MappingNode, scope: Scope): boolean {
    return item.entries.some(
      ({ key, value }) =>
        value.kind === 'mapping' && pairsOf(directiveOf(key.value), scope),
    );
  }

  /** A list that an expression comes to takes the place of the item. */
  #splice(
    node: YamlNode,
    scope: Scope,
    list: string | undefined,
    at: YamlNode,
  ): YamlNode[] {
    const text = String(at.kind === 'scalar' ? at.value : 'this');
    if (node.kind === 'sequence') {
      const inner = scope.asConditional(node.undecided === true);
      const items = node.items.flatMap(each =>
        this.#splice(each, inner, list, at),
      );
      return node.undecided && isTemplateList(list)
        ? [...items, hole(at, chosenLater(text))]
        : items;
    }
    if (node.kind === 'mapping') {
      this.#budget.count();
      // A step list may hold templates, named from the file where they were written.
      if (isTemplateList(list) && childOf(node, 'template')) {
        return this.#includeInList(
          node,
          scope.inFile(node.file, new Map()),
          list,
        );
      }
      return [scope.conditional ? { ...node, conditional: true } : node];
    }
    if (node.kind !== 'scalar' || !isTemplateList(list)) return [node];
    if (!node.undecided && (node.value === null || node.value === ''))
      return [];
    return [hole(at, chosenLater(text))];
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
      const { scopes, open } = loopOf(directive, entry.key, scope);
      for (const inner of scopes)
        this.#directedItems(
          entry.value,
          inner,
          list,
          items,
          open !== undefined,
        );
      if (open) items.push(open);
      return;
    }
    if (directive.kind === 'insert') {
      this.#directedItems(entry.value, scope, list, items, false);
      return;
    }
    const decision = branchOf(directive, scope, chain);
    const maybe = decision === 'maybe';
    if (decision !== 'no') {
      const inner = scope.asConditional(maybe);
      this.#directedItems(entry.value, inner, list, items, maybe);
    }
  }

  #directedItems(
    value: YamlNode,
    scope: Scope,
    list: string | undefined,
    items: YamlNode[],
    maybe: boolean,
  ): void {
    const own: YamlNode[] = [];
    if (value.kind === 'sequence') {
      const chain = newChain();
      for (const each of value.items) this.#item(each, scope, list, chain, own);
    } else if (
      value.kind === 'mapping' &&
      isTemplateList(list) &&
      childOf(value, 'template')
    ) {
      own.push(...this.#includeInList(value, scope, list));
    } else {
      own.push(...this.#splice(this.expand(value, scope), scope, list, value));
    }
    items.push(...(maybe ? own.map(perhaps) : own));
  }

  #mapping(node: MappingNode, scope: Scope): MappingNode {
    const entries: MappingEntry[] = [];
    let inner = scope;
    const own = childOf(node, 'variables');
    let variables: YamlNode | undefined;
    if (own && OWNERS.some(each => childOf(node, each))) {
      variables = this.expand(own, scope, 'variables');
      inner = scope.withVariables(variablesIn(variables));
    }
    const chain = newChain();
    for (const entry of node.entries) {
      if (variables && entry.value === own)
        entries.push({ key: entry.key, value: variables });
      else this.#entry(entry, inner, chain, entries);
    }
    const passedOn = node.entries.some(({ key }) => {
      const pairs = pairsOf(directiveOf(key.value), scope);
      return pairs && scope.isOwn(pairs);
    });
    return {
      ...node,
      entries,
      ...(scope.conditional && { conditional: true }),
      ...((scope.chosen || passedOn) && { chosen: true }),
    };
  }

  #entry(
    entry: MappingEntry,
    scope: Scope,
    chain: Chain,
    entries: MappingEntry[],
  ): void {
    this.#budget.count();
    const directive = directiveOf(entry.key.value);
    if (!directive) {
      const key = this.#scalar(entry.key, scope);
      const name = key.kind === 'scalar' ? key : entry.key;
      entries.push({
        key: name,
        value: this.expand(entry.value, scope, String(name.value)),
      });
      // A key that the run decides may be any: a switch, a condition, a list of steps.
      if (key.kind !== 'scalar' || key.undecided) {
        const because = chosenLater(String(entry.key.value));
        entries.push({ key: entry.key, value: hole(entry.key, because) });
      }
      return;
    }
    if (directive.kind === 'each') {
      const { scopes, open } = loopOf(directive, entry.key, scope);
      for (const inner of scopes)
        this.#merge(entry, inner, entries, open !== undefined);
      if (open) entries.push({ key: entry.key, value: open });
      return;
    }
    if (directive.kind === 'insert') {
      this.#merge(entry, scope, entries, false);
      return;
    }
    const decision = branchOf(directive, scope, chain);
    const maybe = decision === 'maybe';
    if (decision !== 'no')
      this.#merge(entry, scope.asConditional(maybe), entries, maybe);
  }

  /** Puts the keys that a directive stands for into the mapping around it. */
  #merge(
    entry: MappingEntry,
    scope: Scope,
    entries: MappingEntry[],
    maybe: boolean,
  ): void {
    const value = this.expand(entry.value, scope);
    if (value.kind === 'mapping') {
      for (const each of value.entries)
        put(entries, each, maybe || value.undecided === true);
      if (value.undecided) {
        const open = hole(entry.key, chosenLater('this'));
        entries.push({ key: entry.key, value: open });
      }
      return;
    }
    if (value.kind === 'scalar' && !value.undecided && !value.value) return;
    const because =
      value.kind === 'scalar' && value.undecided
        ? 'what is inserted here is only known when the pipeline runs'
        : 'a list or a text cannot be put among keys';
    entries.push({
      key: entry.key,
      value: value.kind === 'hole' ? value : hole(entry.key, because),
    });
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

  /**
   * Includes the file that a `template:` names, with its parameters.
   *
   * @param extending - set for the one template that a pipeline extends
   */
  include(reference: MappingNode, scope: Scope, extending = false): YamlNode {
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
    if (this.#budget.isOpen(key)) {
      return hole(
        nameNode,
        `the template ${name} includes itself`,
        'malformed',
      );
    }
    const passedNode = childOf(reference, 'parameters');
    const passed = passedNode && this.expand(passedNode, scope);
    const parameters = templateParameters(
      declaredParameters(found.content),
      passed,
    );
    const { content, file } = found;
    if (content.kind !== 'mapping')
      return hole(nameNode, 'the template is empty', 'malformed');
    return this.#budget.within(key, () =>
      this.expandFile(
        withoutParameters(content),
        scope
          .inFile(file, parameters)
          .asChosen(!extending && scope.isOwn(reference)),
      ),
    );
  }

  /** A whole file. A template that it extends takes the place of what it would run itself. */
  expandFile(content: MappingNode, scope: Scope): MappingNode {
    const extension = childOf(content, 'extends');
    if (extension?.kind !== 'mapping') return this.#mapping(content, scope);
    const rest: MappingNode = {
      ...content,
      entries: content.entries.filter(({ key }) => key.value !== 'extends'),
    };
    const own = this.#mapping(rest, scope);
    const variables = childOf(own, 'variables');
    const inner = variables
      ? scope.withVariables(variablesIn(variables))
      : scope;
    const included = this.include(extension, inner, true);
    return included.kind === 'mapping'
      ? extended(own, included)
      : withEntry(own, 'stages', {
          kind: 'sequence',
          file: extension.file,
          line: extension.line,
          items: [included],
        });
  }
}
