/** These leave the result of the program before them as it is. */
const LEAVES =
  /^(write-(host|output|verbose|debug|warning|information)|out-(file|host|null|string)|(get|set|clear)-(content|item|location|variable|childitem|date)|(new|remove|copy|move|rename)-item|test-path|(join|split|resolve)-path|import-module|convert(to|from)-(json|csv)|add-content|tee-object|(select|where|sort|measure|foreach)-object|format-(table|list)|(compress|expand)-archive|(push|pop)-location|start-sleep|set-strictmode|echo|cd|pushd|popd)\b(?!.*[({&])/i;
/** `$name = "text"`, and the words around blocks that test nothing. */
const NO_PROGRAM =
  /^(\$[\w:.]+\s*\+?=\s*(\$[\w:.]+|[\d.]+|"_*"|'_*')?|(else|try|finally|catch)\b[^(]*|[{}()"'\s]*)$/i;
/** Words of the language, and names that are programs on some systems only. */
const MAY_BE =
  /^(if|elseif|for|foreach|while|do|switch|function|param|return|break|continue|throw|else|try|finally|catch|begin|process|end|ls|dir|cat|type|rm|del|cp|copy|mv|move|mkdir|md|sort|tee|curl|wget|iex|icm|ps|kill|man|sleep|clear)\b/i;
/** A condition of values alone, up to what it decides about. */
const TESTS =
  /^(?:else)?(?:if|while)\s*\((?:\$[\w:.]+(?![\w:.])|-\w+(?!\w)|"_*"|'_*'|[\d\s!()])*\)\s*\{?/i;
const PROGRAM = /^[a-z_][\w.]*(\s|$)/i;

/** Whether a command of PowerShell sets another result than the program before it. */
export function setsResult(bare: string): boolean | 'unknown' {
  const command = bare.replace(/^[\s{}]+/, '').trim();
  const decided = TESTS.test(command) && command.replace(TESTS, '').trim();
  if (decided === '' || LEAVES.test(command) || NO_PROGRAM.test(command))
    return false;
  return PROGRAM.test(command) && !MAY_BE.test(command) ? true : 'unknown';
}
