import { Project, ProjectSource } from '@aws-sdk/client-codebuild';
import { Leak } from 'backstage-plugin-pipeline-posture-common';
import { SecretScanner } from 'backstage-plugin-pipeline-posture-node';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { BuildProject, BuildSource } from '../collect/definition';

const scanner = new SecretScanner();

const buildspecShape = z.object({
  env: z.object({ variables: z.record(z.string(), z.unknown()) }),
});

/** A hostile file must not cost memory: YAML with more aliases than this is not followed. */
const YAML = { maxAliasCount: 100, logLevel: 'silent' } as const;

/** Cuts user and password out of an address. */
function withoutUser(location: string): string {
  return location.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^@/]*@/i, '$1');
}

function readSource(source: ProjectSource | undefined): BuildSource {
  return {
    type: source?.type ?? 'NO_SOURCE',
    location: source?.location && withoutUser(source.location),
    authType: source?.auth?.type,
    buildspec: redactBuildspec(source?.buildspec ?? ''),
  };
}

function findLeaks(project: Project, url: string): Leak[] {
  const leaks: Leak[] = [];
  const of = `build project ${project.name}`;
  for (const { name = '', value = '', type } of project.environment
    ?.environmentVariables ?? []) {
    // The default type is PLAINTEXT.
    if (type !== undefined && type !== 'PLAINTEXT') continue;
    const match = scanner.matchSetting(name, value);
    if (match) {
      leaks.push({
        where: `variable ${name} of ${of}`,
        pattern: match.pattern,
        in: 'setting',
        url,
      });
    }
  }
  const sources = [project.source, ...(project.secondarySources ?? [])];
  for (const source of sources) {
    if (source?.location && withoutUser(source.location) !== source.location) {
      leaks.push({
        where: `source address of ${of}`,
        pattern: 'password in an address',
        in: 'setting',
        url,
      });
    }
    leaks.push(
      ...findLeaksInBuildspec(
        source?.buildspec ?? '',
        `buildspec of ${of}`,
        url,
      ),
    );
  }
  return leaks;
}

/** The variables that a buildspec sets in plain text; none if it is no YAML. */
function plainVariables(text: string): Array<[name: string, value: string]> {
  let parsed: unknown;
  try {
    parsed = parse(text, YAML);
  } catch {
    return [];
  }
  const shape = buildspecShape.safeParse(parsed);
  return shape.success
    ? Object.entries(shape.data.env.variables).map(([name, value]) => [
        name,
        typeof value === 'object' ? '' : String(value),
      ])
    : [];
}

/**
 * Where a buildspec holds something that looks like a secret.
 *
 * @param of - in words: `buildspec of build project shop`
 */
export function findLeaksInBuildspec(
  text: string,
  of: string,
  url?: string,
): Leak[] {
  const byShape = scanner.matchText(text);
  const byName = plainVariables(text).flatMap(([name, value]): Leak[] => {
    const match = scanner.matchSetting(name, value);
    return match
      ? [
          {
            where: `variable ${name} of ${of}`,
            pattern: match.pattern,
            in: 'code',
            url,
          },
        ]
      : [];
  });
  return byShape && byName.length === 0
    ? [{ where: of, pattern: byShape.pattern, in: 'code', url }]
    : byName;
}

/** A buildspec without what looks like a secret, be it by its shape or by the name of its variable. */
export function redactBuildspec(text: string): string {
  const telling = plainVariables(text).filter(([name, value]) =>
    scanner.matchSetting(name, value),
  );
  if (telling.length === 0) return scanner.redact(text);
  const without = (_key: string, value: unknown) =>
    typeof value === 'string'
      ? telling.reduce(
          (part, [, secret]) => part.split(secret).join('(removed)'),
          value,
        )
      : value;
  try {
    // Written anew from what it means: anchors, quotes and escapes carry a value to places where its text does not stand.
    const plain: unknown = JSON.parse(
      JSON.stringify(parse(text, YAML), without),
    );
    return scanner.redact(stringify(plain, { lineWidth: 0 }));
  } catch {
    // One that contains itself is no buildspec, and nothing of it is kept.
    return '';
  }
}

/** Reads what BatchGetProjects answered, and leaves out every value of a variable. */
export function readProject(project: Project, url: string): BuildProject {
  const { webhook, logsConfig } = project;
  return {
    name: project.name ?? '',
    arn: project.arn ?? '',
    serviceRole: project.serviceRole ?? '',
    batchRole: project.buildBatchConfig?.serviceRole || undefined,
    source: readSource(project.source),
    secondarySources: (project.secondarySources ?? []).map(readSource),
    image: project.environment?.image ?? '',
    privileged: project.environment?.privilegedMode ?? false,
    variables: (project.environment?.environmentVariables ?? []).map(
      ({ name = '', type = 'PLAINTEXT' }) => ({ name, type }),
    ),
    webhook: webhook && {
      filterGroups: (webhook.filterGroups ?? []).map(group =>
        group.map(
          ({ type = '', pattern = '', excludeMatchedPattern = false }) => ({
            type,
            pattern,
            exclude: excludeMatchedPattern,
          }),
        ),
      ),
      commentApproval:
        webhook.pullRequestBuildPolicy?.requiresCommentApproval ?? 'DISABLED',
    },
    visibility: project.projectVisibility ?? 'PRIVATE',
    inVpc: Boolean(project.vpcConfig?.vpcId),
    logs: {
      // Without a logs configuration CloudWatch logs are on.
      cloudWatch: logsConfig?.cloudWatchLogs?.status !== 'DISABLED',
      s3: logsConfig?.s3Logs?.status === 'ENABLED',
    },
    leaks: findLeaks(project, url),
  };
}
