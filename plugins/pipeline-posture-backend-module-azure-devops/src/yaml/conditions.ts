import { evaluate } from './expression/evaluate';
import {
  ExpressionSyntaxError,
  parseExpression,
} from './expression/parseExpression';
import { truthOf, UNDECIDED, Value } from './expression/values';
import { Directive } from './interpolate';
import { Scope } from './Scope';

/** Whether a part is there: for sure, surely not, or as the run decides. */
export type Decision = 'yes' | 'no' | 'maybe';

/** State of an if / elseif / else chain. */
export interface Chain {
  settled: boolean;
  maybe: boolean;
}

export const newChain = (): Chain => ({ settled: false, maybe: false });

/** What an expression comes to; one that is none comes to nothing that is known. */
export function valueOfExpression(text: string, scope: Scope): Value {
  try {
    return evaluate(parseExpression(text), scope);
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    return UNDECIDED;
  }
}

function decide(condition: string, scope: Scope): Decision {
  const value = valueOfExpression(condition, scope);
  if (!value.decided || value.data === undefined) return 'maybe';
  return truthOf(value.data) ? 'yes' : 'no';
}

/** Whether a branch of a chain is included, and whether for sure. */
export function branchOf(
  directive: Directive & { kind: 'if' | 'elseif' | 'else' },
  scope: Scope,
  chain: Chain,
): Decision {
  if (directive.kind === 'if') {
    chain.settled = false;
    chain.maybe = false;
  }
  if (chain.settled) return 'no';
  const decision =
    directive.kind === 'else' ? 'yes' : decide(directive.condition, scope);
  if (decision === 'no') return 'no';
  const result = chain.maybe ? 'maybe' : decision;
  if (decision === 'yes') chain.settled = true;
  else chain.maybe = true;
  return result;
}
