import {
  Expression,
  ExpressionSyntaxError,
  parseExpression,
} from '../yaml/expression/parseExpression';
import { expressionsIn } from '../yaml/interpolate';

/** Variables that hold text of whoever pushes or proposes a change. */
export const UNTRUSTED: ReadonlySet<string> = new Set([
  'build.sourcebranchname',
  'build.sourcebranch',
  'build.sourceversionmessage',
  'build.sourceversionauthor',
  'system.pullrequest.sourcebranch',
]);
const NAMED =
  /\b(?:Build\.SourceBranchName|Build\.SourceBranch|Build\.SourceVersionMessage|Build\.SourceVersionAuthor|System\.PullRequest\.SourceBranch)\b/i;

/** What these say of a text is true, false or a number, and no part of the text. */
const ANSWERS = new Set(
  'eq ne in notin and or not xor startswith endswith contains containsvalue gt ge lt le length counter'.split(
    ' ',
  ),
);

/** `variables['Build.SourceBranch']` and `variables.Build.SourceBranch` as one name. */
function pathOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'index' || expression.by.kind !== 'literal')
    return undefined;
  const of = pathOf(expression.of);
  return of && `${of}.${expression.by.value}`.toLowerCase();
}

/** Whether text of others may become a part of the result of an expression that names some. */
function mayGive(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
    case 'name':
      return false;
    case 'wildcard':
      return true;
    case 'index': {
      const path = pathOf(expression);
      // A member that is worked out may be any.
      if (path === undefined) return true;
      return UNTRUSTED.has(path.replace(/^variables\./, ''));
    }
    default: {
      if (ANSWERS.has(expression.name)) return false;
      const [, ...results] = expression.args;
      return (expression.name === 'iif' ? results : expression.args).some(
        mayGive,
      );
    }
  }
}

function pastes(expression: string): boolean {
  if (!NAMED.test(expression)) return false;
  try {
    return mayGive(parseExpression(expression.slice(3, -2)));
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return true;
    throw error;
  }
}

/** The expressions in a text that put text of others into it before the pipeline runs. */
export const pastedInto = (text: string): string[] =>
  expressionsIn(text)
    .map(({ start, end }) => text.slice(start, end))
    .filter(pastes);
