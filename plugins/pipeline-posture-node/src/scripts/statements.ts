import { withoutData } from './withoutData';

/**
 * One command of a line, between `&&`, `||`, `;`, `&` and `|`.
 *
 * @public
 */
export interface ScriptCommand {
  /** As it is written. */
  text: string;
  /** As long as the text, without what stands in quotes. */
  bare: string;
  /** Where it begins in its line. */
  at: number;
  /** What stands between it and the next one; empty at the end of its line. */
  until: string;
}

/**
 * A line of a script, with those that it goes on in.
 *
 * @public
 */
export interface ScriptStatement {
  text: string;
  bare: string;
  commands: ScriptCommand[];
}

const COMMENT = /^(#|::|@?rem\b)/i;

const blank = (quoted: string) =>
  `${quoted[0]}${'_'.repeat(quoted.length - 2)}${quoted[0]}`;

// An `&` beside `>` is about where the output goes.
const BETWEEN = /(&&|\|&|[;|]+|(?<![>&])&(?![>&]))/;

function commandsOf(text: string, bare: string): ScriptCommand[] {
  const commands: ScriptCommand[] = [];
  let at = 0;
  const parts = bare.split(BETWEEN);
  for (let i = 0; i < parts.length; i += 2) {
    const [part, until = ''] = [parts[i], parts[i + 1]];
    const end = at + part.length;
    if (part.trim() !== '')
      commands.push({ text: text.slice(at, end), bare: part, at, until });
    at = end + until.length;
  }
  return commands;
}

/**
 * The lines of a script that a shell runs, without comments.
 *
 * @public
 */
export function statementsOf(script: string): ScriptStatement[] {
  const joined = script
    .replace(/[\\`^]\r?\n/g, ' ')
    .replace(/(\|\||&&|\|)(?:[ \t]*\r?\n)+/g, '$1 ');
  return withoutData(joined.split('\n').map(line => line.trim()))
    .filter(line => line !== '' && !COMMENT.test(line))
    .map(line => {
      const bare = line
        .replace(/'[^']*'|"[^"]*"/g, blank)
        .replace(/\s#[^]*$/, '');
      const text = line.slice(0, bare.length);
      return { text, bare, commands: commandsOf(text, bare) };
    });
}

/**
 * A script that a command hands to a shell of its own: `bash -c "…"`.
 *
 * @public
 */
export interface InnerScript {
  script: string;
  /** Where the command begins that holds it. */
  start: number;
}

// Options are few, so that a long line of them is not read again from each.
const INNER =
  /(?<![\w-])(?:ba|da|k|z)?sh\s+((?:-\S+\s+(?:pipefail\s+)?){0,3}?-\w*c)\s+(?:"([^"]*)"|'([^']*)')/g;

/**
 * What a command hands to a shell of its own.
 *
 * @public
 */
export const innerScripts = (text: string): InnerScript[] =>
  [...text.matchAll(INNER)].map(
    ({ 1: options, 2: one, 3: other = '', index }) => ({
      // An option of the shell is the same as a line at the start.
      script: `${/(^|\s)-\w*e/.test(options) ? 'set -e\n' : ''}${
        /pipefail/.test(options) ? 'set -o pipefail\n' : ''
      }${one ?? other}`,
      start: index,
    }),
  );
