/** A text that a script holds over some lines, and no shell runs. */
interface Held {
  /** Line after which it begins. */
  opens: RegExp;
  /** How the line looks that ends it, by what opened it. */
  end: (opened: RegExpExecArray) => string;
  /** Behind its end the line may go on with commands. */
  goesOn?: true;
}

const HELD: Held[] = [
  // A document that a command reads: `cat <<EOF`.
  {
    opens: /(?<!<)<<-?\s*\\?(["']?)(\w+)\1/,
    end: ([, , word]) => word,
  },
  // The same of PowerShell: `@"`.
  { opens: /@(["'])$/, end: ([, quote]) => `${quote}@`, goesOn: true },
];
/** It runs what it reads, here or elsewhere. */
const SHELL = /(^|[\s/])((ba|da|k|z)?sh|ssh|pwsh|powershell)(?![\w./:])/;

/** What a line that may end a held text begins with. */
const endOf = (line: string) =>
  /^["']@/.exec(line)?.[0] ?? (/^\w+$/.test(line) ? line : undefined);

/**
 * Lines of a script without those that are text for a command, unless that is
 * a shell, and without comments that are several lines long.
 */
export function withoutData(lines: string[]): string[] {
  const lasts = new Map<string, number>();
  lines.forEach((line, at) => {
    const end = line.endsWith('#>') ? '#>' : endOf(line);
    if (end !== undefined) lasts.set(end, at);
  });
  const kept: string[] = [];
  let until: { end: string; keeps: boolean; goesOn: boolean } | undefined;
  for (const [at, line] of lines.entries()) {
    if (until) {
      const isEnd =
        until.end === '#>' ? line.endsWith('#>') : endOf(line) === until.end;
      if (isEnd ? until.goesOn : until.keeps) kept.push(line);
      if (isEnd) until = undefined;
      continue;
    }
    // What never ends is something else.
    const ends = (end: string) => (lasts.get(end) ?? -1) > at;
    if (line.startsWith('<#')) {
      const isShort = line.includes('#>');
      if (!isShort && ends('#>'))
        until = { end: '#>', keeps: false, goesOn: false };
      if (isShort || until) continue;
    }
    kept.push(line);
    for (const { opens, end, goesOn = false } of HELD) {
      const opened = opens.exec(line);
      if (opened && ends(end(opened)))
        until ??= { end: end(opened), keeps: SHELL.test(line), goesOn };
    }
  }
  return kept;
}
