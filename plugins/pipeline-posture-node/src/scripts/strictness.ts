import { Step } from './steps';

/** What a shell does with a command that fails, at one place of a script. */
export interface Strictness {
  /** It ends the script (`set -e`). */
  stops: boolean;
  /** It counts in a pipe as well (`pipefail`). */
  keepsPipes: boolean;
}

const SET = /^\s*(?:#!\S*|set)\s/;
const STARTS_STRICT = /^#!.*\s-[a-z]*e/;

/** For each command what was set before it. */
export function strictnessOf(script: string, steps: Step[]): Strictness[] {
  let now = { stops: STARTS_STRICT.test(script), keepsPipes: false };
  return steps.map(({ bare }) => {
    const before = now;
    if (SET.test(bare)) {
      const { stops, keepsPipes } = now;
      const pipes = /([+-])[a-z]*o\s+pipefail/.exec(bare)?.[1];
      const sign = /\s([+-])(?:[a-df-z]*e|o\s+errexit)/.exec(bare)?.[1];
      now = {
        stops: sign ? sign === '-' : stops,
        keepsPipes: pipes ? pipes === '-' : keepsPipes,
      };
    }
    return before;
  });
}
