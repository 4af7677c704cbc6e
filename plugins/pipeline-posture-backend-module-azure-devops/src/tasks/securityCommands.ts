/** What a tool does with what it finds: it stops if told so, unless told otherwise, or never. */
interface Command {
  pattern: RegExp;
  tool: string;
  /** It reports and succeeds unless it is told to fail. */
  needs?: RegExp;
  /** With this it succeeds whatever it finds. */
  soft?: RegExp;
  /** It never fails because of what it finds; the script around it may. */
  reports?: true;
}

const COMMANDS: Command[] = [
  { pattern: /\btrivy\s/, tool: 'Trivy', needs: /--exit-code[= ]+[1-9]/ },
  { pattern: /\bgrype\s/, tool: 'Grype', needs: /\s(--fail-on|-f)\b/ },
  {
    pattern: /\bsnyk\s+(test|code|container|iac|monitor)/,
    tool: 'Snyk',
    soft: /\smonitor\b/,
  },
  {
    pattern: /\bsemgrep\s/,
    tool: 'Semgrep',
    needs: /\bsemgrep\s+ci\b|\s--error\b/,
  },
  {
    pattern: /\bgitleaks\s/,
    tool: 'Gitleaks',
    soft: /--exit-code[= ]+0/,
  },
  { pattern: /\btrufflehog\s/, tool: 'TruffleHog', needs: /\s--fail\b/ },
  { pattern: /\bdetect-secrets\s/, tool: 'detect-secrets', reports: true },
  {
    pattern: /\bcheckov\s/,
    tool: 'Checkov',
    soft: /\s(--soft-fail(?!-)|-s(\s|$))/,
  },
  {
    pattern: /\btfsec\s/,
    tool: 'tfsec',
    soft: /\s(--soft-fail(?!-)|-s(\s|$))/,
  },
  {
    pattern: /\bkics\s/,
    tool: 'KICS',
    soft: /--ignore-on-exit[= ]+(all|results)/,
  },
  { pattern: /\bcodeql\s/, tool: 'CodeQL', reports: true },
  { pattern: /\bbandit\s/, tool: 'bandit', soft: /--exit-zero/ },
  { pattern: /\bgosec\s/, tool: 'gosec', soft: /\s--?no-fail/ },
  { pattern: /\bgovulncheck\b/, tool: 'govulncheck' },
  { pattern: /\bosv-scanner\b/, tool: 'OSV-Scanner' },
  { pattern: /\bpip-audit\b/, tool: 'pip-audit' },
  { pattern: /\bcargo\s+audit\b/, tool: 'cargo audit' },
  {
    pattern: /\b(npm|pnpm|yarn)(\s+npm)?\s+audit\b/,
    tool: 'npm audit',
    soft: /--audit-level[= ]+none/,
  },
  {
    pattern: /\bdotnet\s+list\b[^\n]*--vulnerable/,
    tool: 'dotnet list --vulnerable',
    reports: true,
  },
  {
    pattern: /\bdependency-check(\.sh|\.bat)?\s/,
    tool: 'OWASP Dependency-Check',
    needs: /--failOnCVSS/i,
  },
  { pattern: /\bzap-(baseline|full-scan)/, tool: 'OWASP ZAP' },
];

/** What a script does with what a tool in it finds. */
export interface SecurityCommand {
  tool: string;
  canFail: boolean | 'unknown';
  because?: string;
}

const SUCCEEDS = 'it succeeds whatever it finds';

/** The script looks at the result itself, and ends as it likes. */
const LOOKS =
  /\$\?|LASTEXITCODE|ERRORLEVEL|PIPESTATUS|\bexit\s+[1-9$%]|\bthrow\b/i;
const STOPS_AT_ONCE = /\bset\s+-[a-z]*e|\berrexit\b|^#!.*\s-[a-z]*e/m;
const NO_COMMAND = /^(#|::|rem\b|fi\b|done\b|esac\b|then\b|else\b|[{})]+$)/i;

/** Lines that belong together, without what stands in quotes. */
const statementsOf = (script: string) =>
  script
    .replace(/[\\`^]\r?\n/g, ' ')
    .split('\n')
    .map(line => line.replace(/'[^']*'|"[^"]*"/g, '""').trim())
    .filter(line => line !== '');

/** A script as far as it decides what comes of a command in it. */
class Script {
  readonly statements: string[];
  readonly looks: boolean;
  readonly filters: boolean;
  readonly #stopsAtOnce: boolean;
  readonly #keepsPipes: boolean;
  readonly #lastCommand: number;

  constructor(text: string) {
    this.statements = statementsOf(text);
    this.looks = LOOKS.test(text);
    this.filters = /\b(grep|findstr|select-string)\b/i.test(text);
    this.#stopsAtOnce = STOPS_AT_ONCE.test(text);
    this.#keepsPipes = /pipefail/.test(text);
    this.#lastCommand = this.statements.findLastIndex(
      each => !NO_COMMAND.test(each),
    );
  }

  /** Why the result of a command is not that of the script; nothing if it is. */
  lostBecause(at: number, rest: string): string | undefined {
    if (/\|\|\s*(true|exit\s+0|:|echo)/.test(rest)) return SUCCEEDS;
    if (this.looks) return undefined;
    const [, piped] = /[^|]\|(?!\|)\s*(\S*)/.exec(rest) ?? [];
    const passedOn = piped === undefined || /^(tee-object|out-)/i.test(piped);
    if (!passedOn && !this.#keepsPipes) return 'its result is lost in a pipe';
    if (this.#stopsAtOnce) return undefined;
    return /;\s*\S/.test(rest) || this.#lastCommand > at
      ? 'the script goes on after it and ends with the result of its last command'
      : undefined;
  }
}

function judge(
  { pattern, tool, needs, soft, reports }: Command,
  at: number,
  script: Script,
): SecurityCommand {
  const statement = script.statements[at];
  if ((needs && !needs.test(statement)) || soft?.test(statement))
    return { tool, canFail: false, because: SUCCEEDS };
  if (reports) {
    return script.looks || script.filters
      ? {
          tool,
          canFail: 'unknown',
          because: 'the script around it decides what comes of what it finds',
        }
      : { tool, canFail: false, because: SUCCEEDS };
  }
  const rest = statement.slice(`${statement} `.search(pattern));
  const because = script.lostBecause(at, rest);
  return { tool, canFail: !because, ...(because && { because }) };
}

const ORDER: Array<SecurityCommand['canFail']> = [true, 'unknown', false];

/** The security tool that a script runs, and whether what it finds can fail the step: of several the one that can. */
export function securityToolIn(text: string): SecurityCommand | undefined {
  const script = new Script(text);
  const found = script.statements.flatMap((statement, at) =>
    COMMANDS.filter(({ pattern }) => pattern.test(`${statement} `)).map(each =>
      judge(each, at, script),
    ),
  );
  return ORDER.map(wanted => found.find(each => each.canFail === wanted)).find(
    each => each,
  );
}
