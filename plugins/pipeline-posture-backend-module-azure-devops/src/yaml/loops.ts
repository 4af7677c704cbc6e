import { valueOfExpression } from './conditions';
import { hole } from './eitherOf';
import { decided, isCollection, valueOf } from './expression/values';
import { Directive } from './interpolate';
import { HoleNode, MappingNode, YamlNode } from './nodes';
import { Scope } from './Scope';

/** Items of a loop with the scope that each of them is worked out in. */
export interface Loop {
  scopes: Scope[];
  /** Set if the run may choose other items: these are a guess then. */
  open?: HoleNode;
}

/** An item that a condition may leave out takes with it whatever the loop makes of it. */
const mayBeMissing = (item: YamlNode) =>
  item.kind === 'mapping' && Boolean(item.conditional || item.maybe);

/** Why something is left open. */
export const chosenLater = (text: string) =>
  `what ${text} holds is only known when the pipeline runs`;

/** The mapping whose pairs an `each` goes through, if it is one. */
export function pairsOf(
  directive: Directive | undefined,
  scope: Scope,
): MappingNode | undefined {
  if (directive?.kind !== 'each') return undefined;
  const { data } = valueOfExpression(directive.collection, scope);
  return isCollection(data) && data.kind === 'mapping' ? data : undefined;
}

/** The items of an `each`; what may be others when the pipeline runs says so. */
export function loopOf(
  directive: Directive & { kind: 'each' },
  at: YamlNode,
  scope: Scope,
): Loop {
  const name = `"${directive.collection.trim()}"`;
  const collection = valueOfExpression(directive.collection, scope);
  const { data } = collection;
  const open = collection.decided ? undefined : hole(at, chosenLater(name));
  if (!isCollection(data)) return { scopes: [], ...(open && { open }) };
  const inner = scope.asConditional(!collection.decided);
  const loop = (scopes: Scope[]) => ({ scopes, ...(open && { open }) });
  if (data.kind === 'sequence') {
    return loop(
      data.items.map(item =>
        inner
          .asConditional(mayBeMissing(item))
          .withLocal(directive.variable, valueOf(item)),
      ),
    );
  }
  return loop(
    data.entries.map(({ key, value }) => {
      const pair: MappingNode = {
        kind: 'mapping',
        file: key.file,
        line: key.line,
        entries: [
          { key: { ...key, value: 'key' }, value: key },
          { key: { ...key, value: 'value' }, value },
        ],
      };
      return inner.withLocal(directive.variable, decided(pair));
    }),
  );
}
