import {
  blockOutcome,
  DECIDES,
  FAILS,
  GOES_ON,
  IN_PIPE,
  keptOutcome,
  ONLY_LOOKS,
  Outcome,
  RESULT,
  SUCCEEDS,
  WITHIN,
} from './outcomes';
import { setsResult } from './powershell';
import { Place, Step } from './steps';
import { Strictness } from './strictness';

/** A script of bash or cmd. */
export interface ShellScript {
  steps: Step[];
  places: Array<Place | undefined>;
  strictness: Strictness[];
  /** It has words that bash has and cmd has not. */
  isBash: boolean;
}

const NO_COMMAND = /^\s*(fi|done|esac|then|[{})"'\s]+)\s*$/i;
const CONDITION = /(^|[\s({])(if|elif|while|until|!)\s/;
const PIPE = /^\|&?$/;
/** After `||` the script ends as the command before did. */
const ENDS = /^[\s({]*(exit|exit\s+\/b|false)[\s)}]*$/i;
/** After `||` these make a success of a failure. */
const HARMLESS =
  /^[\s({]*(true|:|\S*\/true|exit\s+(\/b\s+)?0|echo|printf|logger|cd|ver|write-\w+|set|export|continue)(?![\w.-])/i;
/** A test that fails where the result is a failure. */
const MUST_BE_ZERO = /^\s*(test|\[\[?)\s.*(-eq|==?)\s+["']?0\b/;
const ASSIGNS = /^\s*(?:set\s+|local\s+)?"?(\w+)=/i;

/** Up to the last command that stands in the same line and list, joined by what is wanted. */
const joined = (steps: Step[], from: number, wanted: RegExp): Step[] => {
  const { line } = steps[from];
  let end = from + 1;
  while (steps[end]?.line === line && wanted.test(steps[end].joint)) end += 1;
  return steps.slice(from, end);
};

/** What comes of it where another command runs instead: `tool || other`. */
function alternative({ steps, places }: ShellScript, at: number): Outcome {
  const { bare, text } = steps[at];
  if (/^\s*[({]/.test(bare)) {
    const found = blockOutcome(steps, at);
    return found === ONLY_LOOKS ? SUCCEEDS : found;
  }
  const others = joined(steps, at, /^&&$/);
  if (ENDS.test(bare) || others.some(each => FAILS.test(each.text)))
    return 'fails';
  const [, name] = ASSIGNS.exec(text) ?? [];
  if (name) {
    const found = keptOutcome(steps, places, { name, from: at });
    return found === ONLY_LOOKS ? SUCCEEDS : found;
  }
  return HARMLESS.test(bare) ? SUCCEEDS : DECIDES;
}

/** The first command that may look at a result: of cmd some leave it as it is. */
function nextLook(steps: Step[], from: number): number {
  if (RESULT.test(steps[from].text)) return from;
  const at = steps.findIndex(
    ({ bare, text }, each) =>
      each >= from && (/ERRORLEVEL/i.test(text) || setsResult(bare) !== false),
  );
  return at >= 0 && /ERRORLEVEL/i.test(steps[at].text) ? at : from;
}

/** What comes of a result that the next command may look at. */
function looked(
  { steps, places, strictness }: ShellScript,
  next: number,
): Outcome {
  const at = nextLook(steps, next);
  const { bare, text } = steps[at];
  if (!RESULT.test(text)) return GOES_ON;
  const [, name] = ASSIGNS.exec(text) ?? [];
  if (name) return keptOutcome(steps, places, { name, from: at });
  if (/^\s*(if|elif)\s/i.test(bare)) return blockOutcome(steps, at);
  const list = joined(steps, at, /^(&&|\|\|)$/);
  if (list.some(each => FAILS.test(each.text))) return 'fails';
  const isTold =
    list.length === 1 &&
    MUST_BE_ZERO.test(text) &&
    (strictness[at].stops || at === steps.length - 1);
  return isTold ? 'fails' : ONLY_LOOKS;
}

/**
 * What comes of a failing command in bash or cmd.
 *
 * @param head - what stands in it before what fails
 */
export function shellOutcome(
  script: ShellScript,
  at: number,
  head: string,
): Outcome {
  const { steps, strictness, isBash } = script;
  const within = head.replace(/\$\([^()]*\)/g, '');
  if (/\$\(|`/.test(within) && !/^\s*\w+=(\$\(|`)\s*$/.test(within))
    return WITHIN;
  if (isBash ? CONDITION.test(within) : /(^|\s)!\s/.test(within))
    return blockOutcome(steps, at);
  const { line, until } = steps[at];
  const { stops, keepsPipes } = strictness[at];
  let inList = false;
  let isPiped = false;
  let next = at + 1;
  for (; steps[next]?.line === line; next += 1) {
    const { joint } = steps[next];
    if (joint === '||') return isPiped ? IN_PIPE : alternative(script, next);
    if (joint === '&&') inList = true;
    else if (!PIPE.test(joint)) break;
    // What is piped behind `&&` does not run.
    else if (!inList && !/^\s*(tee-object|out-)/i.test(steps[next].bare))
      isPiped = !keepsPipes;
  }
  if (until === '&') return GOES_ON;
  while (steps[next] && NO_COMMAND.test(steps[next].bare)) next += 1;
  const after = steps[next] as Step | undefined;
  if (isPiped && !/PIPESTATUS/.test(after?.text ?? '')) return IN_PIPE;
  if (!after || (stops && !inList && !isPiped)) return 'fails';
  return looked(script, next);
}
