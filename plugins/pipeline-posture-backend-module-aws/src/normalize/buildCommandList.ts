import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import {
  decidingTool,
  Ending,
  runsProgram,
  SecurityCommand,
  securityToolIn,
} from 'backstage-plugin-pipeline-posture-node';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  ActionDefinition,
  BuildProject,
  PipelineDefinition,
} from '../collect/definition';
import { ScopeReadings } from '../collect/readings';
import { buildCommands, effectiveBuildspec } from './buildspecs';

/** One command of a build, which may be a script of several lines. */
export interface BuildCommand {
  script: string;
  /** What stands for a failure that ends nothing: a phase that is to go on, a build of a batch that may fail. */
  goesOn?: string;
}

/** The commands of a build in their order. CodeBuild ends a phase with the first one that fails. */
export interface BuildCommandList {
  commands: BuildCommand[];
  ending: Ending;
}

const list = z
  .union([z.string(), z.array(z.unknown())])
  .nullish()
  .transform(all =>
    [all ?? []].flat().flatMap(each => (typeof each === 'string' ? each : [])),
  );

const phase = z.object({
  commands: list,
  finally: list,
  'on-failure': z.string().nullish(),
});

const buildspec = z.object({
  env: z.object({ shell: z.string().nullish() }).nullish(),
  phases: z.record(z.string(), phase.nullable()),
});

/** A file with more aliases than this is not followed: it must not cost memory. */
const YAML = { maxAliasCount: 100, logLevel: 'silent' } as const;

/** As a key, on a line of its own or in a list in one line; not in a comment or a command. */
const IGNORES_BUILDS =
  /(?:^|[{,-])[ \t]*["']?ignore-failure["']?\s*:\s*["']?true/im;

/**
 * The commands in the text of a buildspec.
 *
 * @param image - in which they run: that of Windows has another shell unless the buildspec names one
 * @returns nothing if it has no phases that can be read
 */
export function commandsIn(
  text: string,
  image: string,
): BuildCommandList | undefined {
  let parsed: unknown;
  try {
    parsed = parse(text, YAML);
  } catch {
    return undefined;
  }
  const spec = buildspec.safeParse(parsed);
  if (!spec.success) return undefined;
  const ignored = IGNORES_BUILDS.test(text)
    ? 'a build of its batch may fail'
    : undefined;
  const commands = Object.values(spec.data.phases).flatMap(each => {
    const goesOn = /^continue$/i.test(each?.['on-failure'] ?? '')
      ? 'its phase goes on after a failure'
      : ignored;
    return [...(each?.commands ?? []), ...(each?.finally ?? [])].map(
      script => ({ script, goesOn }),
    );
  });
  // Whether a program that fails fails a command of PowerShell is not told.
  const isPowerShell = /powershell|pwsh|windows/i.test(
    spec.data.env?.shell ?? image,
  );
  return {
    commands,
    ending: isPowerShell ? 'last statement' : 'last command',
  };
}

/** The commands of a build: none where its file does not exist. */
export function commandListOf(
  action: ActionDefinition,
  project: BuildProject,
  definition: PipelineDefinition,
  readings: ScopeReadings,
): Fact<BuildCommandList> {
  const text = buildCommands(action, project, definition, readings);
  if (!text.known) return text;
  if (text.value === null)
    return known({ commands: [], ending: 'last command' }, text.evidence);
  const commands = commandsIn(text.value, project.image);
  if (commands) return known(commands, text.evidence);
  const { description } = effectiveBuildspec(action, project);
  return unknown({
    code: 'unresolved',
    message: `The ${description} has no phases that can be read.`,
    actor: 'service-owner',
    action: `Check the ${description} against the reference of AWS CodeBuild.`,
  });
}

/** The security tool that a build runs, and whether what it finds fails the build: of several the one that does. */
export function securityToolOf({
  commands,
  ending,
}: BuildCommandList): SecurityCommand | undefined {
  const found = commands.flatMap(({ script, goesOn }) => {
    const tool = securityToolIn(script, ending);
    if (!tool) return [];
    return goesOn && tool.canFail !== false
      ? { tool: tool.tool, canFail: false as const, because: goesOn }
      : tool;
  });
  return decidingTool(found);
}

/** Tools that make a bill of materials or sign, and options that make others do it. */
const PROVENANCE = new RegExp(
  [
    '\\b(syft|cdxgen|in-toto(?!-verify)|slsa(?!-verifier)|cyclonedx[-:]|spdx-|inspector-sbomgen)\\S{0,100}\\s',
    '\\bcosign\\S{0,100}\\s+(sign|attest)(-blob)?\\s',
    '\\baws\\s+(\\S+\\s+){0,6}signer\\s+(start-signing-job|sign-payload)\\s',
    '\\bdotnet\\s+cyclonedx\\s',
    '\\bsbom-tool\\s+generate\\s',
    '\\bnotation\\s+sign\\s',
    '\\bbuildx\\s+build\\s.{0,500}--(sbom|provenance|attest)\\b(?!=["\']?false)',
    '\\bnpm\\s+(sbom\\s|publish\\s.{0,500}--provenance\\b)',
    '\\btrivy\\s.{0,500}--format[= ](cyclonedx|spdx)',
    '\\bcyclonedxBom\\s',
  ].join('|'),
  'i',
);

/** Whether a build makes a bill of materials or signs what it builds. */
export const emitsProvenance = ({ commands }: BuildCommandList): boolean =>
  commands.some(({ script }) => runsProgram(script, PROVENANCE));
