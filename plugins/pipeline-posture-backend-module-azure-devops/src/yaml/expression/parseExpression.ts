/** The parts that an expression is made of. */
export type Expression =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'name'; name: string }
  | { kind: 'index'; of: Expression; by: Expression }
  | { kind: 'wildcard'; of: Expression }
  | { kind: 'call'; name: string; args: Expression[] };

/** Text that is no expression. */
export class ExpressionSyntaxError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExpressionSyntaxError';
  }
}

/** The length that Azure Pipelines allows. */
const MAX_LENGTH = 21_000;
const MAX_DEPTH = 50;
const TOKEN =
  /\s*(?:(?<string>'(?:[^']|'')*')|(?<number>-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)*|\.\d+))|(?<name>[A-Za-z_][A-Za-z0-9_-]*)|(?<mark>[()[\],.*]))/y;

interface Token {
  kind: 'string' | 'number' | 'name' | 'mark';
  text: string;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const end = text.trimEnd().length;
  while (at < end) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match?.groups)
      throw new ExpressionSyntaxError(`Unexpected text at ${at + 1}`);
    const [kind, found] = Object.entries(match.groups).find(
      ([, value]) => value !== undefined,
    ) as [Token['kind'], string];
    tokens.push({ kind, text: found });
    at = TOKEN.lastIndex;
  }
  return tokens;
}

function numberOf(text: string): Expression {
  const value = Number(text);
  // More than one dot makes it a version, which is compared as text here.
  return { kind: 'literal', value: Number.isNaN(value) ? text : value };
}

class Parser {
  readonly #tokens: Token[];
  #at = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#expression(0);
    if (this.#at < this.#tokens.length) {
      throw new ExpressionSyntaxError(
        `Unexpected "${this.#tokens[this.#at].text}"`,
      );
    }
    return expression;
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (!token)
      throw new ExpressionSyntaxError('The expression ends too early');
    this.#at += 1;
    return token;
  }

  #accept(mark: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'mark' || token.text !== mark) return false;
    this.#at += 1;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#accept(mark))
      throw new ExpressionSyntaxError(`Expected "${mark}"`);
  }

  #expression(depth: number): Expression {
    if (depth > MAX_DEPTH)
      throw new ExpressionSyntaxError('The expression is nested too deeply');
    let expression = this.#primary(depth);
    for (;;) {
      if (this.#accept('.')) {
        if (this.#accept('*')) {
          expression = { kind: 'wildcard', of: expression };
          continue;
        }
        const { kind, text } = this.#next();
        if (kind !== 'name')
          throw new ExpressionSyntaxError('A name must follow the dot');
        expression = {
          kind: 'index',
          of: expression,
          by: { kind: 'literal', value: text },
        };
      } else if (this.#accept('[')) {
        if (this.#accept('*'))
          expression = { kind: 'wildcard', of: expression };
        else
          expression = {
            kind: 'index',
            of: expression,
            by: this.#expression(depth + 1),
          };
        this.#expect(']');
      } else return expression;
    }
  }

  #primary(depth: number): Expression {
    const { kind, text } = this.#next();
    if (kind === 'string') {
      return { kind: 'literal', value: text.slice(1, -1).replace(/''/g, "'") };
    }
    if (kind === 'number') return numberOf(text);
    if (kind !== 'name')
      throw new ExpressionSyntaxError(`Unexpected "${text}"`);
    if (this.#accept('(')) {
      const args: Expression[] = [];
      if (!this.#accept(')')) {
        do args.push(this.#expression(depth + 1));
        while (this.#accept(','));
        this.#expect(')');
      }
      return { kind: 'call', name: text.toLowerCase(), args };
    }
    const word = text.toLowerCase();
    if (word === 'true' || word === 'false')
      return { kind: 'literal', value: word === 'true' };
    if (word === 'null') return { kind: 'literal', value: null };
    return { kind: 'name', name: word };
  }
}

/**
 * Parses what stands between `${{` and `}}`.
 *
 * @throws ExpressionSyntaxError
 */
export function parseExpression(text: string): Expression {
  if (text.length > MAX_LENGTH)
    throw new ExpressionSyntaxError('The expression is too long');
  return new Parser(tokensOf(text)).whole();
}
