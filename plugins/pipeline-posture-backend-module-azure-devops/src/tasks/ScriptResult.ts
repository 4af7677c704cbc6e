import {
  ScriptStatement,
  statementsOf,
} from 'backstage-plugin-pipeline-posture-node';
import { Ending } from './endings';
import { setsResult } from './powershell';

export const SUCCEEDS = 'it succeeds whatever it finds';
const GOES_ON =
  'the script goes on after it and ends with the result of its last command';

/** Why the result of a command is not that of its script, or may not be. */
export interface Lost {
  canFail: false | 'unknown';
  because: string;
}

const lost = (because: string): Lost => ({ canFail: false, because });

/** The script looks at the result itself, and ends as it likes. */
const LOOKS =
  /\$\?|LASTEXITCODE|ERRORLEVEL|PIPESTATUS|\bexit\s+[1-9$%]|\bthrow\b/i;
const STOPS_AT_ONCE = /\bset\s+-[a-z]*e|\berrexit\b/;
const STARTS_STRICT = /^#!.*\s-[a-z]*e/;
const NO_COMMAND = /^(fi\b|done\b|esac\b|then\b|else\b|[{})"']+$)/i;

/** A script as far as it decides what comes of a command in it. */
export class ScriptResult {
  readonly statements: ScriptStatement[];
  readonly looks: boolean;
  readonly filters: boolean;
  readonly #ending: Ending;
  readonly #stopsAtOnce: boolean;
  readonly #keepsPipes: boolean;
  readonly #lastCommand: number;
  readonly #lasts = new Map<boolean | 'unknown', number>();

  constructor(script: string, ending: Ending) {
    this.statements = statementsOf(script);
    this.#ending = ending;
    const text = this.statements.map(each => each.text).join('\n');
    this.looks = LOOKS.test(text);
    this.filters = /\b(grep|findstr|select-string)\b/i.test(text);
    this.#stopsAtOnce = STOPS_AT_ONCE.test(text) || STARTS_STRICT.test(script);
    this.#keepsPipes = /pipefail/.test(text);
    this.#lastCommand = this.statements.findLastIndex(
      ({ bare }) => !NO_COMMAND.test(bare),
    );
  }

  /**
   * Why the result of a command is not that of the script; nothing if it is.
   *
   * @param at - the statement that the command stands in
   * @param from - where in it
   */
  lostBecause(at: number, from: number): Lost | undefined {
    const rest = this.statements[at].bare.slice(from);
    if (/\|\|\s*(true|exit\s+0|:|echo)/.test(rest)) return lost(SUCCEEDS);
    if (this.looks) return undefined;
    if (this.#ending === 'ignored')
      return lost('the step ignores how its script ends');
    if (this.#ending === 'last program') return this.#overwritten(at, from);
    const [, piped] = /[^|]\|(?!\|)\s*(\S*)/.exec(rest) ?? [];
    const passedOn = piped === undefined || /^(tee-object|out-)/i.test(piped);
    if (!passedOn && !this.#keepsPipes)
      return lost('its result is lost in a pipe');
    if (this.#stopsAtOnce) return undefined;
    return /;\s*\S/.test(rest) || this.#lastCommand > at
      ? lost(GOES_ON)
      : undefined;
  }

  /** In PowerShell only another program sets another result. */
  #overwritten(at: number, from: number): Lost | undefined {
    const { bare, commands } = this.statements[at];
    const beside = commands
      .filter(command => command.at > from)
      // What follows on success only does not run after a failure.
      .filter(command => bare.slice(command.at - 2, command.at) !== '&&')
      .map(command => setsResult(command.bare));
    const sets = (wanted: boolean | 'unknown') =>
      beside.includes(wanted) || this.#lastThat(wanted) > at;
    if (sets(true)) return lost(GOES_ON);
    return sets('unknown')
      ? {
          canFail: 'unknown',
          because: 'the script goes on after it with what may end otherwise',
        }
      : undefined;
  }

  /** The last statement with a command that sets, or may set, a result. */
  #lastThat(wanted: boolean | 'unknown'): number {
    const known =
      this.#lasts.get(wanted) ??
      this.statements.findLastIndex(({ commands }) =>
        commands.some(({ bare }) => setsResult(bare) === wanted),
      );
    this.#lasts.set(wanted, known);
    return known;
  }
}
