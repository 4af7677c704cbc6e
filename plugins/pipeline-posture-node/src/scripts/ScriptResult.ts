import { statementsOf } from './statements';
import { Ending } from './Ending';
import { FAILS, GOES_ON, Lost, RESULT, SEVERAL, SOMETIMES } from './outcomes';
import { powerShellOutcome } from './powershellOutcome';
import { shellOutcome } from './shellOutcome';
import { CLOSES, Place, placesOf, Step, stepsOf } from './steps';
import { Strictness, strictnessOf } from './strictness';

/** A script as far as it decides what comes of a command in it. */
export class ScriptResult {
  readonly steps: Step[];
  /** Whether it searches what is put out, or decides itself how it ends. */
  readonly decides: boolean;
  readonly #ending: Ending;
  readonly #places: Array<Place | undefined>;
  readonly #strictness: Strictness[];
  readonly #isBash: boolean;
  readonly #catches: boolean;

  constructor(script: string, ending: Ending) {
    const statements = statementsOf(script);
    const text = statements.map(each => each.text).join('\n');
    this.steps = stepsOf(statements);
    this.decides =
      RESULT.test(text) ||
      FAILS.test(text) ||
      /\b(grep|findstr|select-string)\b/i.test(text);
    this.#ending = ending;
    this.#places = placesOf(this.steps);
    this.#strictness = strictnessOf(script, this.steps);
    this.#isBash = this.steps.some(({ bare }) => CLOSES.test(bare));
    this.#catches = /\bcatch\b/i.test(text);
  }

  /**
   * Why the result of a command is not that of the script; nothing if it is.
   *
   * @param at - the command
   * @param head - what stands in it before what gives the result
   */
  lostBecause(at: number, head: string): Lost | undefined {
    const found =
      this.#ending === 'last command'
        ? shellOutcome(
            {
              steps: this.steps,
              places: this.#places,
              strictness: this.#strictness,
              isBash: this.#isBash,
            },
            at,
            head,
          )
        : powerShellOutcome(
            {
              steps: this.steps,
              places: this.#places,
              ending: this.#ending,
              catches: this.#catches,
            },
            at,
          );
    const place = this.#places[at];
    // A function may be called anywhere.
    if (place === 'function' && (found === 'fails' || found === GOES_ON))
      return SOMETIMES;
    if (found !== 'fails') return found;
    // `if exist file tool`, as only cmd has it.
    const isRare = !this.#isBash && /^\s*(if|for)\s/i.test(head);
    if (place === 'branch' || isRare) return SOMETIMES;
    const isLastRound =
      place === 'loop' && !this.#strictness[at].stops && !this.#endsAt(at);
    return isLastRound ? SEVERAL : undefined;
  }

  /** True if something right behind a command ends the script. */
  #endsAt(at: number): boolean {
    return this.steps.slice(at, at + 5).some(({ text }) => FAILS.test(text));
  }
}
