/**
 * A compile-time expression of Azure Pipelines. It ends before the next one
 * begins, so that a text full of beginnings is read once.
 */
const EXPRESSION = /\$\{\{(?:[^$}]|\}(?!\})|\$(?!\{\{))*\}\}/g;
/** A variable, or a command whose output is taken; the innermost of several. */
const MACRO = /\$\([^()]*\)/g;
/** More than anybody nests. */
const DEEPEST = 3;
const OTHERS = /#\{[^{}]{1,200}\}|\{\{resolve:[^{}]{1,500}\}\}/g;
/** References by the whole text: inside a longer one they may be anything. */
const WHOLE =
  /^(\$\[.*\]|\$\{?[A-Za-z_]\w*\}?|%\w+%|__\w+__)$|^arn:aws|^@Microsoft\.KeyVault/s;

/** Those that the source sets itself hold no secret, but for the job token. */
const HOLDS_VARIABLE =
  /\$\((?!(?:Build|System(?!\.AccessToken\b)|Agent|Release|Environment|Pipeline|Checks|Tokens)\.)[A-Za-z_][\w.-]{0,200}\)|\$\{\{|#\{[^{}]{1,200}\}|\{\{resolve:/i;

/** What stands for a reference in a text without them: it parts words, and is none itself. */
const MARK = '_';

/**
 * A text with a mark in place of each reference. Expressions go first: they
 * stand inside the names of variables as well, `$(${{ parameters.stage }}-key)`.
 */
export function withoutReferences(text: string): string {
  let rest = text.replace(EXPRESSION, MARK).replace(OTHERS, MARK);
  for (let depth = 0; depth < DEEPEST && rest.includes('$('); depth += 1)
    rest = rest.replace(MACRO, MARK);
  return rest;
}

/** True for a text that is nothing but references, and what parts them. */
export const isReference = (text: string) =>
  WHOLE.test(text) ||
  (/[$#{]/.test(text) && !/[A-Za-z0-9]/.test(withoutReferences(text)));

/** True if a text is put together with something that may hold a secret. */
export const holdsVariable = (text: string) => HOLDS_VARIABLE.test(text);

/** One word, and none of a list, an address or a command. */
const ONE_WORD = /^[^\s=;:,/"'<>{}()[\]|\\]+$/;
/** Words with a digit that names are made of: regions, protocols, encodings. */
const OF_NAMES =
  /^(oauth2|base64|sha\d+|[a-z]*(east|west|north|south|central|europe|asia)[a-z]*\d+)$/i;

/** Letters with digits or signs among them, as words of people do not have them. */
const isMixed = (word: string) =>
  /[a-z]/i.test(word) &&
  !OF_NAMES.test(word) &&
  (/[!#^*~]/.test(word) ? word.length >= 4 : word.length >= 6) &&
  /[\d!#^*~]/.test(word);

/** The same, and longer and more mixed than names with a number at their end: `deploy01`. */
const isRandom = (word: string) =>
  word.length >= 10 && isMixed(word) && /\d\D+\d|[a-z]\d+[a-z]/i.test(word);

/**
 * True if what is written beside the references of a text is itself like a
 * secret. Most of what is put together names something (`acr-${{ … }}`), and
 * a longer text has its secrets told by their shape.
 *
 * @param isPassword - whether it is called a password, which no thing is named by
 */
export function hasSecretBeside(text: string, isPassword: boolean): boolean {
  const rest = withoutReferences(text);
  return (
    ONE_WORD.test(rest) &&
    rest.split(/[-_.]/).some(isPassword ? isMixed : isRandom)
  );
}
