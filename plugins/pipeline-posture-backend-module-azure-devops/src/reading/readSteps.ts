import { UnitKind } from 'backstage-plugin-pipeline-posture-common';
import {
  bareTaskName,
  connectionInput,
  isScriptInput,
  knowTask,
  publishesTo,
  securityToolIn,
} from '../tasks/catalogue';
import {
  childOf,
  MappingNode,
  ScalarNode,
  textOf,
  YamlNode,
} from '../yaml/nodes';
import { CodeReader } from './CodeReader';
import { runsOnlySometimes, switchOf } from './settings';
import { ConnectionUse, SecurityStep, StepReading } from './types';

const SHELLS = ['script', 'bash', 'pwsh', 'powershell'];
const TOKEN = /\$\(System\.AccessToken\)/i;

function scalarOf(node: YamlNode | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' ? node : undefined;
}

/** What keeps a security step from stopping anything. */
function neutralised(step: MappingNode): string | undefined {
  const enabled = switchOf(step, 'enabled');
  if (enabled === false) return 'it is switched off';
  const ignored = switchOf(step, 'continueOnError');
  if (ignored === true) return 'its failures are ignored';
  if (enabled === 'open')
    return 'whether it is switched on is decided by the run';
  if (ignored === 'open')
    return 'whether its failures are ignored is decided by the run';
  if (runsOnlySometimes(step)) return 'it only runs under a condition';
  return step.conditional
    ? 'it is left out under a condition that is decided when the pipeline runs'
    : undefined;
}

function securityOfTask(
  step: MappingNode,
  task: string,
  tool: string,
): SecurityStep {
  const because = neutralised(step);
  if (because) return { tool, canFail: false, because };
  if (tool === 'Microsoft Security DevOps') {
    const inputs = childOf(step, 'inputs');
    const breaks =
      inputs?.kind === 'mapping' && switchOf(inputs, 'break') === true;
    return breaks
      ? { tool, canFail: true }
      : {
          tool,
          canFail: false,
          because: 'it only reports: its input "break" is not true',
        };
  }
  if (tool === 'Sonar') {
    return {
      tool,
      canFail: 'unknown',
      because: `whether ${bareTaskName(
        task,
      )} fails is decided by the quality gate in Sonar`,
    };
  }
  return { tool, canFail: true };
}

function securityOfScript(
  step: MappingNode,
  script: string,
): SecurityStep | undefined {
  const found = securityToolIn(script);
  if (!found) return undefined;
  const because =
    neutralised(step) ??
    (found.canFail ? undefined : 'it succeeds whatever it finds');
  return { tool: found.tool, canFail: !because, ...(because && { because }) };
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
const DEPLOYS =
  /\b(kubectl\s+(apply|set|rollout|create|replace)|helm\s+(upgrade|install)|terraform\s+(apply|destroy)|cdk\s+deploy|pulumi\s+up|serverless\s+deploy|sam\s+deploy|aws\s+cloudformation\s+deploy)\b/i;

/** `az webapp deploy`, `az deployment group create`, `az webapp up`: looked for line by line, since one pattern for all takes the square of a line's length. */
const deploysByAz = (script: string) =>
  script.split('\n').some(line => {
    const at = line.search(/\baz\s/i);
    return at >= 0 && /\b(deploy|deployment|up)\b/i.test(line.slice(at));
  });

function kindsOfScript(script: string): UnitKind[] {
  const kinds: UnitKind[] = [];
  if (DEPLOYS.test(script) || deploysByAz(script)) kinds.push('deploy');
  if (BUILDS.test(script)) kinds.push('build');
  if (TESTS.test(script)) kinds.push('test');
  return kinds.length > 0 ? kinds : ['other'];
}

/** A task that waits for a person, with its documented defaults. */
function manualStep(
  step: MappingNode,
  task: string,
): Pick<StepReading, 'manual'> {
  if (!/^ManualValidation$/i.test(bareTaskName(task))) return {};
  const inputs = childOf(step, 'inputs');
  const input = (name: string) => textOf(childOf(inputs, name)) ?? '';
  return {
    manual: {
      approvers: input('approvers')
        .split(/[\n,;]/)
        .map(each => each.trim())
        .filter(Boolean),
      requesterCanApprove:
        input('allowApproversToApproveTheirOwnRuns').toLowerCase() !== 'false',
      resumes: input('onTimeout').toLowerCase() === 'resume',
    },
  };
}

/** Where a task publishes to; the names of inputs are written in any case. */
function publishing(
  step: MappingNode,
  task: string,
): Pick<StepReading, 'publishes'> {
  const inputs = childOf(step, 'inputs');
  const publishes = publishesTo(task, name => {
    const entry =
      inputs?.kind === 'mapping'
        ? inputs.entries.find(
            ({ key }) => String(key.value).toLowerCase() === name,
          )
        : undefined;
    // What cannot be resolved could be anything.
    return entry && entry.value.kind !== 'scalar' ? '$' : textOf(entry?.value);
  });
  return publishes ? { publishes } : {};
}

/** Reads one step of any form. */
export function readStep(
  step: YamlNode,
  reader: CodeReader,
): StepReading | undefined {
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
    const security = securityOfScript(step, text);
    const direct = TOKEN.test(text)
      ? 'the job token is written into the script'
      : exposed;
    return {
      name,
      kinds: security ? ['test'] : kindsOfScript(text),
      connections: [],
      ...(security && { security }),
      ...(direct && { exposesToken: direct }),
      location,
    };
  }
  if (task !== undefined) {
    const known = knowTask(task);
    const inline =
      textOf(childOf(childOf(step, 'inputs'), 'script')) ??
      textOf(childOf(childOf(step, 'inputs'), 'inlineScript'));
    const security = known.securityTool
      ? securityOfTask(step, task, known.securityTool)
      : inline !== undefined && securityOfScript(step, inline);
    const secureFile = textOf(childOf(childOf(step, 'inputs'), 'secureFile'));
    return {
      name,
      kinds: known.kinds,
      connections: readInputs(step, name, reader),
      ...(secureFile && { secureFiles: [secureFile] }),
      ...publishing(step, task),
      ...manualStep(step, task),
      ...(security && { security }),
      ...(exposed && { exposesToken: exposed }),
      location,
    };
  }
  if (first === 'checkout') {
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
  return {
    name,
    kinds: first === 'publish' ? ['build'] : [],
    connections: [],
    ...(first === 'publish' && { publishes: 'run' as const }),
    location,
  };
}
