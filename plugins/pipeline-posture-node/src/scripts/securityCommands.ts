import { innerScripts, ScriptCommand } from './statements';
import { Ending } from './Ending';
import { isRun } from './isRun';
import { Lost, SUCCEEDS } from './outcomes';
import { ScriptResult } from './ScriptResult';
import { Tool, TOOLS } from './securityPrograms';
import { Step } from './steps';

/**
 * What a script does with what a tool in it finds.
 *
 * @public
 */
export interface SecurityCommand {
  tool: string;
  /** Whether what the tool finds fails the script. */
  canFail: boolean | 'unknown';
  /** Why it does not, or why that is not known. */
  because?: string;
}

/** Words of their own that may hold any options. */
const OPEN_WORD =
  /(^|\s)(\$\w+|\$\{{1,2}[^{}]{0,200}\}{1,2}|\$\([^()]{0,200}\)|%\w+%|@\w+)(?=\s|$)/;
const OPEN_LIST = /\$@|\[@\]\}/;
/** A deciding option whose value is only known when the script runs. */
const OPEN_VALUE =
  /\s--?(exit-code|fail-on|failOnCVSS|DfailBuildOnCVSS|audit-level|ignore-on-exit)[= ]+["']?[$%]/i;

/** Where in a command a tool runs that looks for something. */
function runsAt(
  { text, bare }: ScriptCommand,
  { pattern, looksWith }: Tool,
): number | undefined {
  const at = `${bare} `.search(pattern);
  if (at < 0 || (looksWith && !looksWith.test(text))) return undefined;
  return isRun(bare, at) ? at : undefined;
}

/** What a tool does with what it finds, by what it is told, and what the script makes of it. */
function judge(
  { tool, needs, decidedBy, soft, reports }: Tool,
  { text, bare }: ScriptCommand,
  script: ScriptResult,
  lost: Lost | undefined,
): SecurityCommand {
  const told = needs ? needs.test(text) : !decidedBy;
  const openValue = OPEN_VALUE.test(text);
  const open = openValue || OPEN_WORD.test(bare) || OPEN_LIST.test(text);
  if (soft?.test(text) || (!told && !open && !decidedBy))
    return { tool, ...SUCCEEDS };
  if (reports) {
    return script.decides
      ? {
          tool,
          canFail: 'unknown',
          because: 'the script around it decides what comes of what it finds',
        }
      : { tool, ...SUCCEEDS };
  }
  if (lost) return { tool, ...lost };
  return told && !(soft && openValue)
    ? { tool, canFail: true }
    : {
        tool,
        canFail: 'unknown',
        because:
          open || !decidedBy
            ? 'whether it may fail is only known when the script runs'
            : `whether it fails is decided by ${decidedBy}`,
      };
}

const ORDER: Array<SecurityCommand['canFail']> = [true, 'unknown', false];

/**
 * Of several tools the one that decides: one that can fail, else one of which that is not known.
 *
 * @public
 */
export const decidingTool = (
  found: readonly SecurityCommand[],
): SecurityCommand | undefined =>
  ORDER.map(wanted => found.find(each => each.canFail === wanted)).find(
    each => each,
  );

/** More than any script runs; each is judged by all that follows it. */
const MOST_TOOLS = 100;

/** The tools that one command runs. */
function* toolsIn(
  command: Step,
  index: number,
  script: ScriptResult,
): Generator<SecurityCommand> {
  const lostAt = (at: number) =>
    script.lostBecause(index, command.bare.slice(0, at));
  for (const inner of innerScripts(command.text)) {
    const own = securityToolIn(inner.script);
    if (own)
      yield own.canFail === false ? own : { ...own, ...lostAt(inner.start) };
  }
  for (const tool of TOOLS) {
    const at = runsAt(command, tool);
    if (at !== undefined) yield judge(tool, command, script, lostAt(at));
  }
}

/**
 * The security tool that a script runs, and whether what it finds can fail the
 * step: of several the one that can.
 *
 * @param ending - what the step takes for the result of the script
 * @public
 */
export function securityToolIn(
  text: string,
  ending: Ending = 'last command',
): SecurityCommand | undefined {
  const script = new ScriptResult(text, ending);
  const found: SecurityCommand[] = [];
  for (const [at, step] of script.steps.entries()) {
    if (found.length >= MOST_TOOLS) break;
    found.push(...toolsIn(step, at, script));
  }
  return decidingTool(found);
}
