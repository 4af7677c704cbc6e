import { innerScripts, statementsOf } from './statements';

/** Before its name: the tool is put there, looked for or spoken of, and does not run. */
const NOT_RUN =
  /(^|\s)(install|uninstall|add|pull|push|tag|build|git|dpkg|rpm|which|where|type|hash|echo|printf|write-\w+|get-command|command\s+-v|mv|cp|ln|rm|chmod|chown|tar|unzip|curl|wget|mkdir|cd|cat|ls)\s/i;
/** After its name: it tells of itself. */
const OF_ITSELF = /^\S+\s+(--?version|version|--?help|help)(\s|$)/i;

/**
 * True if the program whose name begins at a place of a command runs there.
 *
 * @param bare - the command without what stands in quotes
 */
export const isRun = (bare: string, at: number): boolean =>
  !NOT_RUN.test(bare.slice(0, at)) && !OF_ITSELF.test(bare.slice(at));

/**
 * True if a script runs a program, or one with an option: not where that is
 * installed, asked for its version, or named in a comment.
 *
 * @param pattern - what stands in the command, from the name of the program on
 * @public
 */
export function runsProgram(script: string, pattern: RegExp): boolean {
  return statementsOf(script).some(({ commands }) =>
    commands.some(({ text, bare }) => {
      const at = `${text} `.search(pattern);
      return (
        (at >= 0 && isRun(bare, at)) ||
        innerScripts(text).some(inner => runsProgram(inner.script, pattern))
      );
    }),
  );
}
