import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Node,
  parseDocument,
} from 'yaml';
import { ScalarNode, SourceFile, YamlNode } from './nodes';
import { withQuotedIndented } from './quotedTexts';

/** Text that is no pipeline YAML, with the line where it goes wrong. */
export class YamlSyntaxError extends Error {
  constructor(message: string, readonly line: number) {
    super(message);
    this.name = 'YamlSyntaxError';
  }
}

/** Largest file that is parsed, in bytes. Azure Pipelines itself stops far below. */
export const MAX_FILE_BYTES = 1024 * 1024;
/** Deeper nesting is no pipeline, and parsers recurse. */
const MAX_DEPTH = 200;
/** Far beyond what braces in scripts come to. */
const MAX_BRACKETS = 1000;

/** Brackets in brackets cost a parser far more than the text that holds them: look before parsing. */
function nestsTooDeeply(text: string): boolean {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // [ and {, ] and }
    if (code === 0x5b || code === 0x7b) {
      open += 1;
      if (open > MAX_BRACKETS) return true;
    } else if ((code === 0x5d || code === 0x7d) && open > 0) open -= 1;
  }
  return false;
}

class Converter {
  readonly #file: SourceFile;
  readonly #lines: LineCounter;

  constructor(file: SourceFile, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  line(node: { range?: [number, number, number] | null } | null): number {
    return node?.range ? this.#lines.linePos(node.range[0]).line : 1;
  }

  scalar(node: unknown): ScalarNode {
    if (node === null || node === undefined) {
      return { kind: 'scalar', value: null, file: this.#file, line: 1 };
    }
    const line = this.line(node as Node);
    if (!isScalar(node)) {
      throw new YamlSyntaxError(
        'Keys that are not plain text are not supported',
        line,
      );
    }
    // Azure Pipelines takes every value for the text that is written: `3.10` is not `3.1`, nor `false` a truth value.
    const { value, source } = node;
    const plain =
      value === null || typeof value === 'string'
        ? value
        : source ?? String(value);
    return { kind: 'scalar', value: plain, file: this.#file, line };
  }

  convert(node: unknown, depth: number): YamlNode {
    if (depth > MAX_DEPTH) {
      throw new YamlSyntaxError(
        'The file is nested too deeply',
        this.line(node as Node),
      );
    }
    if (isAlias(node)) {
      throw new YamlSyntaxError(
        'Azure Pipelines does not support anchors and aliases',
        this.line(node),
      );
    }
    if (isMap(node)) {
      return {
        kind: 'mapping',
        file: this.#file,
        line: this.line(node),
        entries: node.items.map(({ key, value }) => ({
          key: this.scalar(key),
          value: this.convert(value, depth + 1),
        })),
      };
    }
    if (isSeq(node)) {
      return {
        kind: 'sequence',
        file: this.#file,
        line: this.line(node),
        items: node.items.map(item => this.convert(item, depth + 1)),
      };
    }
    return this.scalar(node);
  }
}

interface Parsed {
  document: ReturnType<typeof parseDocument>;
  lines: LineCounter;
}

function parse(text: string): Parsed {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      // Keys that are expressions may be repeated.
      uniqueKeys: false,
      logLevel: 'error',
    });
    return { document, lines };
  } catch (error) {
    // A file built to exhaust the stack.
    if (error instanceof RangeError)
      throw new YamlSyntaxError('The file is nested too deeply', 1);
    throw error;
  }
}

/** Parses a text, if need be with what Azure Pipelines takes although YAML does not allow it. */
function documentOf(text: string): Parsed {
  const parsed = parse(text);
  if (parsed.document.errors.length === 0) return parsed;
  const mended = withQuotedIndented(text);
  return mended === text ? parsed : parse(mended);
}

/**
 * Parses a file of pipeline code, keeping for each value the line where it stands.
 *
 * @throws YamlSyntaxError for anything that Azure Pipelines would not take either
 */
export function parseYaml(text: string, file: SourceFile): YamlNode {
  if (text.includes('\uFFFD')) {
    throw new YamlSyntaxError('The file is not valid UTF-8', 1);
  }
  if (nestsTooDeeply(text)) {
    throw new YamlSyntaxError('The file is nested too deeply', 1);
  }
  const { document, lines } = documentOf(text);
  const [problem] = document.errors;
  if (problem) {
    throw new YamlSyntaxError(
      'The file is not valid YAML',
      lines.linePos(problem.pos[0]).line,
    );
  }
  return new Converter(file, lines).convert(document.contents, 0);
}
