import { Project, ProjectSource } from '@aws-sdk/client-codebuild';
import { Leak } from 'backstage-plugin-pipeline-posture-common';
import { SecretScanner } from 'backstage-plugin-pipeline-posture-node';
import { BuildProject, BuildSource } from '../collect/definition';

const scanner = new SecretScanner();

/** Cuts user and password out of an address. */
function withoutUser(location: string): string {
  return location.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^@/]*@/i, '$1');
}

function readSource(source: ProjectSource | undefined): BuildSource {
  return {
    type: source?.type ?? 'NO_SOURCE',
    location: source?.location && withoutUser(source.location),
    authType: source?.auth?.type,
    buildspec: scanner.redact(source?.buildspec ?? ''),
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
    const match = source?.buildspec
      ? scanner.matchText(source.buildspec)
      : undefined;
    if (match) {
      leaks.push({
        where: `buildspec of ${of}`,
        pattern: match.pattern,
        in: 'code',
        url,
      });
    }
  }
  return leaks;
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
