/**
 * One command of a line, between `&&`, `||`, `;` and `|`.
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

function commandsOf(text: string, bare: string): ScriptCommand[] {
  const commands: ScriptCommand[] = [];
  let at = 0;
  for (const part of bare.split(/(&&|[;|]+)/)) {
    const end = at + part.length;
    if (!/^(&&|[;|]+)$/.test(part) && part.trim() !== '')
      commands.push({ text: text.slice(at, end), bare: part, at });
    at = end;
  }
  return commands;
}

/**
 * The lines of a script that a shell runs, without comments.
 *
 * @public
 */
export function statementsOf(script: string): ScriptStatement[] {
  return script
    .replace(/[\\`^]\r?\n/g, ' ')
    .split('\n')
    .map(line => line.trim())
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
  /** Where the command ends that holds it. */
  end: number;
}

// Options are few, so that a long line of them is not read again from each.
const INNER =
  /(?<![\w-])(?:ba|da|k|z)?sh\s+(?:-\S+\s+){0,3}?-\w*c\s+(?:"([^"]*)"|'([^']*)')/g;

/**
 * What a command hands to a shell of its own.
 *
 * @public
 */
export const innerScripts = (text: string): InnerScript[] =>
  [...text.matchAll(INNER)].map(({ 0: whole, 1: one, 2: other, index }) => ({
    script: one ?? other ?? '',
    end: index + whole.length,
  }));
