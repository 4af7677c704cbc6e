import { Lexer } from 'yaml';

/** Where the text in quotes ends that begins at a place; nothing if it does not. */
function endOfQuoted(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) return at;
      at += 1;
    }
  }
  return undefined;
}

/** Marks of the lexer itself, which stand for no text. */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);

/** Where the first text in quotes begins that the lexer cuts off before its end. */
function firstCut(text: string): number | undefined {
  let at = 0;
  for (const token of new Lexer().lex(text)) {
    if (MARKS.has(token)) continue;
    if (/^["']/.test(token) && endOfQuoted(token, 0) === undefined) return at;
    at += token.length;
  }
  return undefined;
}

/** Characters that are read again and again: each text that is mended costs another look at all. */
const MOST_READ = 2_000_000;

/**
 * Indents the lines of texts in quotes that stand further left than YAML wants
 * them: Azure Pipelines takes them. What they are indented by is no part of
 * such a text, and no line comes or goes.
 */
export function withQuotedIndented(text: string): string {
  let mended = text;
  for (let read = 0; read < MOST_READ; read += text.length) {
    const start = firstCut(mended);
    const end = start === undefined ? undefined : endOfQuoted(mended, start);
    if (start === undefined || end === undefined) break;
    const column = start - mended.lastIndexOf('\n', start);
    const quoted = mended
      .slice(start, end + 1)
      .replace(/\n[ \t]*(?=\S)/g, `\n${' '.repeat(column)}`);
    mended = mended.slice(0, start) + quoted + mended.slice(end + 1);
  }
  return mended;
}
