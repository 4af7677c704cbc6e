import { bareTaskName } from '../tasks/catalogue';
import { childOf, MappingNode, textOf, YamlNode } from '../yaml/nodes';
import { isOpen } from './settings';

/** The value of an input by its name in lower case; `$` if the run decides it. */
export type InputOf = (name: string) => string | undefined;

/** An entry by its name in lower case: inputs are written in any case. */
const entryOf = (
  node: YamlNode | undefined,
  name: string,
): YamlNode | undefined =>
  node?.kind === 'mapping'
    ? node.entries.findLast(
        ({ key }) => String(key.value).toLowerCase() === name,
      )?.value
    : undefined;

const inputOf = (step: MappingNode, name: string) =>
  entryOf(childOf(step, 'inputs'), name);

const valuesIn =
  (node: YamlNode | undefined): InputOf =>
  name => {
    const value = entryOf(node, name);
    // What the run decides could be anything.
    return isOpen(value) ? '$' : textOf(value);
  };

/** What inputs are set to, for whoever has to rely on it. */
export const inputsOf = (step: MappingNode): InputOf =>
  valuesIn(childOf(step, 'inputs'));

/** What stands beside a shell's name in a step that is short for a task. */
export const settingsOf = (step: MappingNode): InputOf => valuesIn(step);

/** The text of an input as it is written, parts of which the run may decide. */
export const inputText = (
  step: MappingNode,
  name: string,
): string | undefined => textOf(inputOf(step, name));

/** The script that a task runs, where it is written into one of its inputs. */
export const scriptOf = (input: InputOf): string | undefined =>
  input('script') ?? input('inlinescript') ?? input('inline');

/** Tasks that run one command of a program, with the inputs that say the rest of it. */
const COMMANDS: Record<
  string,
  { program: string; inputs: string[]; onlyCustom?: true }
> = {
  npm: { program: 'npm', inputs: ['customcommand'], onlyCustom: true },
  yarn: { program: 'yarn', inputs: ['arguments'] },
  maven: { program: 'mvn', inputs: ['goals', 'options'] },
  gradle: { program: 'gradle', inputs: ['tasks', 'options'] },
  dotnetcorecli: {
    program: 'dotnet',
    inputs: ['custom', 'arguments'],
    onlyCustom: true,
  },
};

/** What a task runs, as a script: one of its inputs, or a command that it puts together. */
export function ranBy(task: string, input: InputOf): string | undefined {
  const script = scriptOf(input);
  const command = COMMANDS[bareTaskName(task).toLowerCase()];
  if (script !== undefined || !command) return script;
  if (command.onlyCustom && !/^custom$/i.test(input('command') ?? ''))
    return undefined;
  const words = command.inputs.map(input);
  return words[0] && [command.program, ...words.filter(Boolean)].join(' ');
}

/** Inputs that name a file of the library: all that say so, and the keys that Android apps are signed with. */
const SECURE_FILE = /(securefile|^(apksigner)?keystorefile)$/i;

/** Secure files that a task is given. */
export const secureFilesIn = (
  inputs: Array<[name: string, value: string | undefined]>,
): string[] =>
  inputs.flatMap(([name, value]) =>
    SECURE_FILE.test(name) && value ? [value] : [],
  );
