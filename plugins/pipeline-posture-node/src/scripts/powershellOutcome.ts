import { Ending } from './Ending';
import {
  blockOutcome,
  DECIDES,
  ENDS_WELL,
  FAILS,
  GOES_ON,
  IGNORED,
  keptOutcome,
  MAY_FAIL,
  MAY_SET,
  ONLY_LOOKS,
  Outcome,
  RESULT,
  SUCCEEDS,
} from './outcomes';
import { setsResult } from './powershell';
import { Place, Step } from './steps';

/** A script of PowerShell. */
export interface PowerShellScript {
  steps: Step[];
  places: Array<Place | undefined>;
  ending: Ending;
  /** Errors that are thrown in it may be caught. */
  catches: boolean;
}

const SETS_RESULT = /LASTEXITCODE\s*=(?!=)/i;
const ASSIGNS = /^[\s{}]*\$(?:\w+:)?(\w+)\s*=(?!=)/;
/** Looks at a result are followed, but not any number of them. */
const MOST_LOOKS = 10;

/** What a command of PowerShell that looks at a result makes of it. */
function looked(
  { steps, places, catches }: PowerShellScript,
  at: number,
): Outcome {
  const { bare, text } = steps[at];
  const [, name] = ASSIGNS.exec(bare) ?? [];
  if (name) return keptOutcome(steps, places, { name, from: at });
  const found = blockOutcome(steps, at);
  if (found === ONLY_LOOKS && ENDS_WELL.test(text)) return SUCCEEDS;
  return found === 'fails' && catches ? DECIDES : found;
}

/**
 * What comes of a failing program in PowerShell. Only another program sets
 * another result, and the script ends with that of the last one.
 */
export function powerShellOutcome(
  script: PowerShellScript,
  at: number,
): Outcome {
  const { steps, ending } = script;
  const { line } = steps[at];
  let looks = 0;
  let isLast = true;
  for (let next = at + 1; next < steps.length; next += 1) {
    const { bare, text, joint } = steps[next];
    // What follows on success only does not run after a failure.
    if (joint === '&&' && steps[next].line === line) continue;
    if (joint === '||' && steps[next].line === line && FAILS.test(bare))
      return 'fails';
    if (SETS_RESULT.test(bare)) return SUCCEEDS;
    if (RESULT.test(text)) {
      looks += 1;
      if (looks > MOST_LOOKS) return DECIDES;
      const found = looked(script, next);
      if (found !== ONLY_LOOKS) return found;
      continue;
    }
    if (/\w|\$/.test(bare)) isLast = false;
    // It fails as well where another test ends the script.
    if (FAILS.test(bare)) continue;
    const sets = setsResult(bare);
    if (sets === true) return GOES_ON;
    if (sets === 'unknown') return MAY_SET;
  }
  switch (ending) {
    case 'ignored':
      return IGNORED;
    case 'last statement':
      return isLast ? MAY_FAIL : GOES_ON;
    default:
      return 'fails';
  }
}
