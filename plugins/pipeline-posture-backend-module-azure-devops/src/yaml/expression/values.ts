import {
  MappingNode,
  ScalarNode,
  SequenceNode,
  SourceFile,
  YamlNode,
} from '../nodes';

/** What an expression can come to. */
export type Plain =
  | null
  | boolean
  | number
  | string
  | SequenceNode
  | MappingNode;

/** A value with what is known of how firm it is. */
export interface Value {
  /** Undefined: nothing is known of it. */
  data: Plain | undefined;
  /** False if it can be something else when the pipeline runs. */
  decided: boolean;
  /** Run-time parameters that it is made of. */
  uses: readonly string[];
  /** What it may be, when that is a short list. */
  alternatives?: readonly string[];
}

export const decided = (data: Plain): Value => ({
  data,
  decided: true,
  uses: [],
});

/** Known only when the pipeline runs. */
export const UNDECIDED: Value = { data: undefined, decided: false, uses: [] };

export function isCollection(
  data: Plain | undefined,
): data is SequenceNode | MappingNode {
  return typeof data === 'object' && data !== null;
}

/** A node as a value. */
export function valueOf(node: YamlNode | undefined): Value {
  if (node === undefined) return decided(null);
  switch (node.kind) {
    case 'scalar':
      return {
        data: node.value,
        decided: !node.undecided,
        uses: node.uses ?? [],
        ...(node.alternatives && { alternatives: node.alternatives }),
      };
    case 'hole':
      return UNDECIDED;
    default:
      return { data: node, decided: !node.undecided, uses: [] };
  }
}

const settled = new WeakMap<YamlNode, boolean>();

/** Whether nothing in a collection is left to the run. */
export function isSettled(node: YamlNode): boolean {
  const before = settled.get(node);
  if (before !== undefined) return before;
  let result: boolean;
  if (node.kind === 'scalar') result = !node.undecided;
  else if (node.kind === 'hole' || node.undecided) result = false;
  else if (node.kind === 'sequence') result = node.items.every(isSettled);
  else
    result =
      !node.maybe &&
      !node.conditional &&
      node.entries.every(({ value }) => isSettled(value));
  settled.set(node, result);
  return result;
}

/** Whatever an expression comes to stands there as text. */
const writtenAs = (data: Exclude<Plain, SequenceNode | MappingNode>) =>
  data === null ? null : textOfPlain(data);

/** A value as a node, standing where the expression stood unless it brings its own place. */
export function nodeOf(
  value: Value,
  at: { file: SourceFile; line: number },
  text: string,
): YamlNode {
  if (isCollection(value.data))
    return value.decided ? value.data : { ...value.data, undecided: true };
  const node: ScalarNode = {
    kind: 'scalar',
    // Without even a guess, the text of the expression is the best there is to show.
    value: value.data === undefined ? text : writtenAs(value.data),
    file: at.file,
    line: at.line,
  };
  if (!value.decided) node.undecided = true;
  if (value.uses.length > 0) node.uses = value.uses;
  if (value.alternatives) node.alternatives = value.alternatives;
  return node;
}

/** As text, the way Azure Pipelines writes it. */
export function textOfPlain(data: Plain): string {
  if (data === null) return '';
  if (typeof data === 'boolean') return data ? 'True' : 'False';
  if (isCollection(data)) return data.kind === 'sequence' ? 'Array' : 'Object';
  return String(data);
}

/** As a truth value. */
export function truthOf(data: Plain): boolean {
  return (
    isCollection(data) ||
    (data !== null && data !== '' && data !== 0 && data !== false)
  );
}

function numberFrom(data: Plain): number {
  if (data === null || data === '') return 0;
  if (typeof data === 'boolean') return data ? 1 : 0;
  return isCollection(data) ? NaN : Number(data);
}

/** Compares like `eq`: by the type of the left side, texts without regard to case. */
export function equal(left: Plain, right: Plain): boolean {
  if (isCollection(left) || isCollection(right)) return left === right;
  if (typeof left === 'number') return left === numberFrom(right);
  if (typeof left === 'boolean') return left === truthOf(right);
  if (left === null) return right === null || right === '';
  return left.toLowerCase() === textOfPlain(right).toLowerCase();
}

/** Negative, zero or positive, by the type of the left side; undefined if they cannot be compared. */
export function compare(left: Plain, right: Plain): number | undefined {
  if (isCollection(left) || isCollection(right)) return undefined;
  if (typeof left === 'string') {
    const [a, b] = [left.toLowerCase(), textOfPlain(right).toLowerCase()];
    if (a === b) return 0;
    return a < b ? -1 : 1;
  }
  const difference = numberFrom(left) - numberFrom(right);
  return Number.isNaN(difference) ? undefined : difference;
}
