import { childOf, MappingNode, textOf, YamlNode } from '../yaml/nodes';
import { isOpen } from './settings';

/** The value of an input by its name in lower case; `$` if the run decides it. */
export type InputOf = (name: string) => string | undefined;

/** An input of a task, whose names are written in any case. */
function inputOf(step: MappingNode, name: string): YamlNode | undefined {
  const inputs = childOf(step, 'inputs');
  return inputs?.kind === 'mapping'
    ? inputs.entries.findLast(
        ({ key }) => String(key.value).toLowerCase() === name,
      )?.value
    : undefined;
}

/** What inputs are set to, for whoever has to rely on it. */
export const inputsOf =
  (step: MappingNode): InputOf =>
  name => {
    const value = inputOf(step, name);
    // What the run decides could be anything.
    return isOpen(value) ? '$' : textOf(value);
  };

/** The text of an input as it is written, parts of which the run may decide. */
export const inputText = (
  step: MappingNode,
  name: string,
): string | undefined => textOf(inputOf(step, name));
