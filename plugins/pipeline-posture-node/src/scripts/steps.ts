import { ScriptCommand, ScriptStatement } from './statements';

/** One command of a script, in the order in which they are written. */
export interface Step extends ScriptCommand {
  line: number;
  /** What joins it to the command before; empty at the start of a line. */
  joint: string;
}

/** All commands of a script, one after the other. */
export const stepsOf = (statements: ScriptStatement[]): Step[] =>
  statements.flatMap(({ commands }, line) =>
    commands.map((command, at) => ({
      ...command,
      line,
      joint: commands[at - 1]?.until ?? '',
    })),
  );

/** Words that end a block in bash. */
export const CLOSES = /^[\s({}]*(fi|done|esac)(?![\w-])/;
const START =
  /^[\s({}]*(?:(?:then|else|do)\s+)?(if|for|while|until|case|select)\s/;

/** How many blocks of a shell script a command opens, or closes. */
const deeper = ({ bare }: Step): number =>
  (START.test(bare) ? 1 : 0) - (CLOSES.test(bare) ? 1 : 0);

/** What a command stands in that may run it seldom, more than once, or never. */
export type Place = 'function' | 'branch' | 'loop';

const kindOf = (bare: string): Place | 'block' => {
  if (/^\s*(function\b|[\w-]+\s*\(\s*\))/i.test(bare)) return 'function';
  if (/(^|[\s}])(if|elseif|else|switch|case|catch)(?![\w-])/i.test(bare))
    return 'branch';
  return /(^|[\s|}])(for|foreach|while|do|until|select|foreach-object|%)(?![\w-])/i.test(
    bare,
  )
    ? 'loop'
    : 'block';
};

const PLACES: Place[] = ['function', 'branch', 'loop'];

/** For each command where it stands: in a function before all, then under a condition. */
export function placesOf(steps: Step[]): Array<Place | undefined> {
  const words: Array<Place | 'block'> = [];
  const braces: Array<Place | 'block'> = [];
  const counts = { function: 0, branch: 0, loop: 0, block: 0 };
  const pop = (stack: Array<Place | 'block'>) => {
    const kind = stack.pop();
    if (kind) counts[kind] -= 1;
  };
  const push = (stack: Array<Place | 'block'>, kind: Place | 'block') => {
    stack.push(kind);
    counts[kind] += 1;
  };
  const isShell = steps.some(({ bare }) => CLOSES.test(bare));
  return steps.map(step => {
    const depth = isShell ? deeper(step) : 0;
    if (depth < 0) pop(words);
    const bare = step.bare.replace(/\$\{[^}]*\}/g, '');
    const marks = bare.match(/[{}]|\(\s*$|^\s*\)/g) ?? [];
    let inside: Place | 'block' | undefined;
    for (const mark of marks) {
      if (/[{(]/.test(mark)) {
        // What follows on the line of an opening brace stands in it.
        inside = kindOf(bare);
        push(braces, inside);
      } else pop(braces);
    }
    const place = PLACES.find(each => counts[each] > 0 || inside === each);
    if (depth > 0) push(words, kindOf(bare));
    return place;
  });
}

/** Something in a block, and how deep in blocks of its own it is. */
export interface Part {
  text: string;
  bare: string;
  depth: number;
}

const LONGEST = 100;

/** From a word to the word that closes its block; nothing if none does. */
function blockOfWords(steps: Step[]): Part[] | undefined {
  const parts: Part[] = [];
  let depth = 0;
  for (const [at, step] of steps.entries()) {
    if (at > 0) depth += START.test(step.bare) ? 1 : 0;
    parts.push({ text: step.text, bare: step.bare, depth });
    if (CLOSES.test(step.bare)) depth -= 1;
    if (depth < 0) return parts;
  }
  return undefined;
}

/** Braces that belong to values, and what stands in brackets within a line. */
const NO_BLOCK = /\$\{[^}]*\}|\$?\([^()]*\)/g;

/** To the closing bracket, or to the end of the line. */
function blockOfBrackets(steps: Step[]): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let isOpened = false;
  for (const [at, { text, bare, line }] of steps.entries()) {
    if (at > 0 && line !== steps[at - 1].line && depth === 0) {
      const goesOn = isOpened
        ? /^\s*else/i.test(bare)
        : at === 1 && /^\s*\{/.test(bare);
      if (!goesOn) break;
    }
    let start = 0;
    const plain = bare.replace(NO_BLOCK, each => '_'.repeat(each.length));
    for (const part of plain.split(/(?<=[{}()])/)) {
      const end = start + part.length;
      parts.push({
        text: text.slice(start, end),
        bare: bare.slice(start, end),
        depth: depth - 1,
      });
      start = end;
      if (/[{(]$/.test(part)) depth += 1;
      else if (/[})]$/.test(part)) depth -= 1;
      isOpened ||= depth > 0;
      if (depth < 0) return parts;
    }
  }
  return parts;
}

/** What is run in the block that a command begins: to its `fi`, `}` or `)`, or to the end of its line. */
export function blockFrom(steps: Step[], from: number): Part[] {
  const some = steps.slice(from, from + LONGEST);
  const hasWords = /^[\s({}]*(if|elif|while|until)\s/.test(some[0].bare);
  return (hasWords && blockOfWords(some)) || blockOfBrackets(some);
}
