import { hasSecretBeside, holdsVariable, isReference } from './references';

/**
 * Which pattern a value or its name matched.
 *
 * @public
 */
export interface SecretMatch {
  pattern: string;
}

/** What stands in place of a password until somebody, or a tool, puts one there. */
const PLACEHOLDER =
  /#\{|%\w{1,60}%|\{{1,2}[\w .-]{0,60}\}|<[^>]{0,60}>|\*{3}|__\w{1,60}__/
    .source;

/**
 * Shapes that issuers give to their secrets. Each is specific enough to be believed without a telling name.
 * Repetitions that something must follow have an end: without one, a hostile text takes the square of its length.
 */
const VALUE_PATTERNS: Array<{ pattern: string; shape: RegExp }> = [
  { pattern: 'AWS access key id', shape: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { pattern: 'private key', shape: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  {
    pattern: 'GitHub token',
    shape: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})\b/,
  },
  { pattern: 'GitLab token', shape: /\bglpat-[A-Za-z0-9_-]{20,}\b/ },
  {
    pattern: 'Azure DevOps personal access token',
    shape: /\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\b/,
  },
  {
    pattern: 'Azure storage account key',
    shape: /AccountKey=[A-Za-z0-9+/]{60,}={0,2}/i,
  },
  {
    pattern: 'shared access signature',
    shape: /[?&;]sig=[A-Za-z0-9%+/]{30,}/i,
  },
  {
    pattern: 'connection string with password',
    shape: new RegExp(
      `(?:^|;)\\s*(?:password|pwd)\\s*=\\s*(?!${PLACEHOLDER})[^;$\\s][^;]*`,
      'i',
    ),
  },
  { pattern: 'Slack token', shape: /\bxox[abposr]-[A-Za-z0-9-]{10,}\b/ },
  { pattern: 'npm token', shape: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { pattern: 'Google API key', shape: /\bAIza[0-9A-Za-z_-]{35}\b/ },
  { pattern: 'Stripe key', shape: /\b[rs]k_live_[0-9A-Za-z]{20,}\b/ },
  {
    pattern: 'JSON web token',
    shape:
      /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,1000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,}/,
  },
  {
    pattern: 'password in an address',
    shape: new RegExp(
      `\\b[a-z][a-z0-9+.-]{0,30}://[^\\s/:@$]{1,200}:(?!${PLACEHOLDER})[^\\s/@$]{1,500}@`,
      'i',
    ),
  },
];

/** Whole values only: too common inside longer text. */
const WHOLE_VALUE_PATTERNS: Array<{ pattern: string; shape: RegExp }> = [
  { pattern: 'Azure DevOps personal access token', shape: /^[a-z2-7]{52}$/ },
];

const TELLING_NAME =
  /(passw(or)?d|passphrase|\bpwd\b|secret|token|api[-_. ]?key|private[-_. ]?key|access[-_. ]?key|account[-_. ]?key|credential|connection[-_. ]?string|\bsas\b)/i;

const NAME_OF_PASSWORD = /passw(or)?d|passphrase|\bpwd\b/i;

/** Names that only speak about a secret: where it is, how long it lives, what surrounds it. */
const NAME_OF_REFERENCE =
  /(name|url|uri|endpoint|host|id|ids|arn|path|file|dir|folder|version|type|policy|length|enabled|ttl|expir(y|es|ation)|timeout|audience|issuer|scope|provider|header|format|vault|store|ref|reference|filter|\b(prefix|suffix|pattern|regex|mode|kind|group|count|namespace|description|day|hour|minute|second))(e?s)?$/i;

const isHarmless = (value: string) =>
  value === '' ||
  /^(true|false|yes|no|none|null|undefined|\*+|x+|<[^>]*>|\[\s*\]|\{\s*\}|[-.\d]{1,6})$/i.test(
    value,
  ) ||
  /^https?:\/\/[^\s@]*$/i.test(value) ||
  /^[./~][\w./-]*$/.test(value);

/** `dbPassword` → `db Password`, so that word borders are seen. */
const spaced = (name: string) =>
  name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ');

/**
 * Tells values that look like secrets. The one scanner and the one redactor of the product.
 *
 * @public
 */
export class SecretScanner {
  /**
   * Whether a named value looks like a secret.
   *
   * @returns the pattern that it matched, never the value
   */
  matchSetting(
    name: string,
    value: string | null | undefined,
  ): SecretMatch | undefined {
    const text = (value ?? '').trim();
    if (isHarmless(text)) return undefined;
    const byValue = this.matchText(text);
    if (byValue) return byValue;
    if (isReference(text)) return undefined;
    const whole = WHOLE_VALUE_PATTERNS.find(({ shape }) => shape.test(text));
    if (whole) return { pattern: whole.pattern };
    const words = spaced(name);
    // What is put together with a variable has its secret there, unless one is written beside it.
    if (
      holdsVariable(text) &&
      !hasSecretBeside(text, NAME_OF_PASSWORD.test(words))
    )
      return undefined;
    if (TELLING_NAME.test(words) && !NAME_OF_REFERENCE.test(words.trim())) {
      return { pattern: 'name suggests a secret' };
    }
    return undefined;
  }

  /** Whether a text (a script, an address) contains something that has the shape of a secret. */
  matchText(text: string): SecretMatch | undefined {
    const found = VALUE_PATTERNS.find(({ shape }) => shape.test(text));
    return found && { pattern: found.pattern };
  }

  /** Replaces everything in a text that has the shape of a secret. */
  redact(text: string): string {
    return VALUE_PATTERNS.reduce(
      (redacted, { shape }) =>
        redacted.replace(
          new RegExp(shape.source, `${shape.flags.replace('g', '')}g`),
          '•••• (removed)',
        ),
      text,
    );
  }
}
