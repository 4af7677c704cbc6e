import { blockFrom, Place, Step } from './steps';

/** What comes of a failing command: the script fails too, or surely or perhaps it does not. */
export type Outcome = 'fails' | Lost;

/** Why the result of a command is not that of its script, or may not be. */
export interface Lost {
  canFail: false | 'unknown';
  because: string;
}

const lost = (because: string): Lost => ({ canFail: false, because });
const open = (because: string): Lost => ({ canFail: 'unknown', because });

export const SUCCEEDS = lost('it succeeds whatever it finds');
export const GOES_ON = lost(
  'the script goes on after it and ends with the result of its last command',
);
export const ONLY_LOOKS = lost('the script looks at its result and goes on');
export const IN_PIPE = lost('its result is lost in a pipe');
export const WITHIN = lost('its result is lost in the command around it');
export const IGNORED = lost('the step ignores how its script ends');
export const SOMETIMES = open('the script decides whether and when it runs');
export const SEVERAL = open(
  'it runs in a loop, which ends with the result of the last round',
);
export const MAY_SET = open(
  'the script goes on after it with what may end otherwise',
);
export const MAY_FAIL = open(
  'whether the task fails with a program at the end of its script is not promised',
);
export const DECIDES = open('the script decides what comes of its result');

/** The result of the command before. */
export const RESULT = /\$\?|LASTEXITCODE|ERRORLEVEL|PIPESTATUS/i;
/** The script ends, and the step fails. */
export const FAILS =
  /\bexit\s+(\/b\s+)?(-?[1-9]|[$%"'])|\bthrow\b|##vso\[task\.complete [^\]]{0,80}result=Failed\b/i;
/** Ends well whatever was before. */
export const ENDS_WELL = /\bexit\s+(\/b\s+)?0/i;

/** What comes of a result that decides whether a block is run. */
export function blockOutcome(steps: Step[], at: number): Outcome {
  const failing = blockFrom(steps, at).filter(({ bare, text }) =>
    // Words in quotes are only said, but for those that the agent obeys.
    FAILS.test(text.includes('##vso[') ? text : bare),
  );
  if (failing.some(({ depth }) => depth <= 0)) return 'fails';
  return failing.length > 0 ? DECIDES : ONLY_LOOKS;
}

/** What comes of a result that is kept in a variable. */
export function keptOutcome(
  steps: Step[],
  places: Array<Place | undefined>,
  { name, from }: { name: string; from: number },
): Outcome {
  const used = new RegExp(`[$%]\\{?(?:\\w+:)?${name}\\b`, 'i');
  let found: Outcome = ONLY_LOOKS;
  for (let at = from + 1; at < steps.length && found === ONLY_LOOKS; at += 1) {
    const { text } = steps[at];
    if (!used.test(text)) continue;
    if (/^[\s{}]*(if|elif|\[|\(\(|test)(?![\w-])/i.test(text))
      found = blockOutcome(steps, at);
    else if (/^[\s{}]*exit\s/i.test(text))
      found = places[at] ? DECIDES : 'fails';
  }
  return found;
}
