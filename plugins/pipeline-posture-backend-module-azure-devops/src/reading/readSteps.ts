import { UnitKind } from 'backstage-plugin-pipeline-posture-common';
import {
  deploysByScript,
  Ending,
  securityToolIn,
} from 'backstage-plugin-pipeline-posture-node';
import {
  connectionInput,
  isScriptInput,
  knowTask,
  publishesTo,
} from '../tasks/catalogue';
import { endingOf } from '../tasks/endings';
import {
  childOf,
  MappingNode,
  ScalarNode,
  textOf,
  YamlNode,
} from '../yaml/nodes';
import { CodeReader } from './CodeReader';
import { readManualStep } from './readManualStep';
import { stopsByTask } from './securityTools';
import { neutralised, switchOf } from './settings';
import {
  inputsOf,
  inputText,
  ranBy,
  secureFilesIn,
  settingsOf,
} from './taskInputs';
import { ConnectionUse, SecurityStep, StepReading } from './types';

const SHELLS = ['script', 'bash', 'pwsh', 'powershell'];
const TOKEN = /\$\(System\.AccessToken\)/i;

function scalarOf(node: YamlNode | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' ? node : undefined;
}

function securityOfTask(
  step: MappingNode,
  task: string,
  tool: string,
): SecurityStep {
  const because = neutralised(step);
  return because
    ? { tool, canFail: false, because }
    : stopsByTask(tool, task, inputsOf(step));
}

function securityOfScript(
  step: MappingNode,
  script: string,
  ending: Ending,
): SecurityStep | undefined {
  const found = securityToolIn(script, ending);
  if (!found) return undefined;
  const because = neutralised(step);
  return because ? { tool: found.tool, canFail: false, because } : found;
}

function readEnvironment(
  step: MappingNode,
  name: string,
  reader: CodeReader,
): string | undefined {
  const env = childOf(step, 'env');
  if (env?.kind !== 'mapping') return undefined;
  let exposed: string | undefined;
  for (const { key, value } of env.entries) {
    const text = textOf(value);
    if (text === undefined) continue;
    reader.setting(
      String(key.value),
      text,
      `environment variable ${String(key.value)} of step ${name}`,
      'code',
      reader.location(value),
    );
    if (TOKEN.test(text))
      exposed = `the job token is put into the environment variable ${String(
        key.value,
      )}`;
  }
  return exposed;
}

function readInputs(
  step: MappingNode,
  name: string,
  reader: CodeReader,
): ConnectionUse[] {
  const inputs = childOf(step, 'inputs');
  if (inputs?.kind !== 'mapping') return [];
  const connections: ConnectionUse[] = [];
  for (const { key, value } of inputs.entries) {
    const input = String(key.value);
    const scalar = scalarOf(value);
    const text = textOf(value);
    if (!scalar || text === undefined) continue;
    const location = reader.location(scalar);
    const where = `input ${input} of step ${name}`;
    const kind = connectionInput(input);
    if (isScriptInput(input)) reader.script(text, where, location, scalar.uses);
    else if (kind === 'no') {
      reader.setting(input, text, where, 'code', location);
      if (/url|uri|host|address/i.test(input))
        reader.reaches('address', text, where, location, scalar.uses);
    }
    if (kind === 'surely')
      reader.reaches('identity', text, where, location, scalar.uses);
    if (kind !== 'no' && text.length <= 256) {
      connections.push({
        ...reader.use(scalar, location),
        certain: kind === 'surely',
      });
    }
  }
  return connections;
}

const BUILDS =
  /\b(build|compile|make|mvn|gradle|msbuild|dotnet\s+(build|publish|pack|restore)|npm|yarn|pnpm|go\s+build|cargo|docker\s+build|bazel|webpack|tsc)\b/i;
const TESTS = /\b(test|pytest|jest|vitest|mocha|tox|ctest)\b/i;
function kindsOfScript(script: string): UnitKind[] {
  const kinds: UnitKind[] = [];
  if (deploysByScript(script)) kinds.push('deploy');
  if (BUILDS.test(script)) kinds.push('build');
  if (TESTS.test(script)) kinds.push('test');
  return kinds.length > 0 ? kinds : ['other'];
}

/** Where a task publishes to. */
function publishing(
  step: MappingNode,
  task: string,
): Pick<StepReading, 'publishes'> {
  const publishes = publishesTo(task, inputsOf(step));
  return publishes ? { publishes } : {};
}

/** A script that looks for security problems may still deploy. */
const kindsOfTest = (script: string): UnitKind[] =>
  deploysByScript(script) ? ['test', 'deploy'] : ['test'];

function secureFilesOf(step: MappingNode): string[] {
  const inputs = childOf(step, 'inputs');
  if (inputs?.kind !== 'mapping') return [];
  return secureFilesIn(
    inputs.entries.map(({ key, value }) => [String(key.value), textOf(value)]),
  );
}

/** The input of a task that hands the job token to a script, in words. */
function givesTokenAway(step: MappingNode): string | undefined {
  const inputs = childOf(step, 'inputs');
  const found =
    inputs?.kind === 'mapping' &&
    inputs.entries.find(
      ({ key, value }) =>
        isScriptInput(String(key.value)) && TOKEN.test(textOf(value) ?? ''),
    );
  return found
    ? `the job token is written into the input ${String(found.key.value)}`
    : undefined;
}

function kindsOfTask(
  kinds: UnitKind[],
  inline: string | undefined,
): UnitKind[] {
  const deploys = inline !== undefined && deploysByScript(inline);
  return deploys && !kinds.includes('deploy') ? [...kinds, 'deploy'] : kinds;
}

/** Reads one step of any form. */
export function readStep(
  step: YamlNode,
  reader: CodeReader,
): StepReading | undefined {
  const reading = readAny(step, reader);
  return reading && step.kind === 'mapping' && step.chosen
    ? { ...reading, chosen: true }
    : reading;
}

function readAny(step: YamlNode, reader: CodeReader): StepReading | undefined {
  if (step.kind !== 'mapping' || step.entries.length === 0) return undefined;
  const location = reader.location(step);
  const shell = SHELLS.find(each => childOf(step, each));
  const script = shell && scalarOf(childOf(step, shell));
  const task = textOf(childOf(step, 'task'));
  const first = String(step.entries[0].key.value);
  const name = textOf(childOf(step, 'displayName')) ?? task ?? first;
  const exposed = readEnvironment(step, name, reader);
  if (script) {
    const text = String(script.value ?? '');
    reader.script(
      text,
      `script of step ${name}`,
      reader.location(script),
      script.uses,
    );
    const ending = endingOf(shell, settingsOf(step));
    const security = securityOfScript(step, text, ending);
    const direct = TOKEN.test(text)
      ? 'the job token is written into the script'
      : exposed;
    return {
      name,
      kinds: security ? kindsOfTest(text) : kindsOfScript(text),
      connections: [],
      ...(security && { security }),
      ...(direct && { exposesToken: direct }),
      location,
    };
  }
  if (task !== undefined) {
    const known = knowTask(task, inputsOf(step));
    const inline = ranBy(task, each => inputText(step, each));
    const tokenInInput = givesTokenAway(step);
    const security = known.securityTool
      ? securityOfTask(step, task, known.securityTool)
      : inline !== undefined &&
        securityOfScript(step, inline, endingOf(task, inputsOf(step)));
    const secureFiles = secureFilesOf(step);
    return {
      name,
      kinds: kindsOfTask(known.kinds, inline),
      connections: readInputs(step, name, reader),
      ...(secureFiles.length > 0 && { secureFiles }),
      ...publishing(step, task),
      ...readManualStep(step, task),
      ...(security && { security }),
      ...((tokenInInput ?? exposed) && {
        exposesToken: tokenInInput ?? exposed,
      }),
      location,
    };
  }
  if (childOf(step, 'checkout') !== undefined) {
    // What the run may decide counts: the token may be left behind.
    const keeps = [true, 'open'].includes(
      switchOf(step, 'persistCredentials') ?? false,
    );
    return {
      name,
      kinds: ['source'],
      connections: [],
      ...(keeps && {
        exposesToken:
          'checkout leaves the job token on the disk (persistCredentials)',
      }),
      location,
    };
  }
  const publishes = childOf(step, 'publish') !== undefined;
  return {
    name,
    kinds: publishes ? ['build'] : [],
    connections: [],
    ...(publishes && { publishes: 'run' as const }),
    location,
  };
}
