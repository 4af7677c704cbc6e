import { Fact, known } from 'backstage-plugin-pipeline-posture-common';
import {
  BranchAddress,
  BranchRules,
  SourceHosts,
  unreadBranch,
} from 'backstage-plugin-pipeline-posture-node';
import { AwsConnection } from '../client/AwsConnection';
import { HostConnection, readHostAddress } from '../client/ConnectionsReader';
import { readEach } from '../client/readEach';
import {
  ActionDefinition,
  BuildProject,
  PipelineDefinition,
} from './definition';

/** A repository on another host that a source action reads. */
interface ForeignSource {
  key: string;
  connectionArn?: string;
  repository: string;
  branch: string;
  pipelineFile: string;
}

/** What stands for a repository and branch in the readings. */
export function branchKey({ configuration: config }: ActionDefinition): string {
  const repository =
    config.FullRepositoryId ?? `${config.Owner}/${config.Repo}`;
  const branch = config.BranchName ?? config.Branch ?? 'main';
  return `${config.ConnectionArn ?? 'github.com'} ${repository} ${branch}`;
}

/** The file in the repository that the first build follows. */
function pipelineFileOf(
  { stages }: PipelineDefinition,
  projects: ReadonlyMap<string, Fact<BuildProject>>,
): string {
  for (const { actions } of stages) {
    for (const { configuration } of actions) {
      const project = projects.get(configuration.ProjectName ?? '');
      const spec = project?.known ? project.value.source.buildspec.trim() : '';
      if (spec && !/\n|:/.test(spec)) return spec;
    }
  }
  return 'buildspec.yml';
}

function foreignSources(
  definitions: readonly PipelineDefinition[],
  projects: ReadonlyMap<string, Fact<BuildProject>>,
): ForeignSource[] {
  return definitions.flatMap(definition =>
    definition.stages.flatMap(({ actions }) =>
      actions
        .filter(
          ({ category, provider }) =>
            category === 'Source' &&
            (provider === 'GitHub' || provider === 'CodeStarSourceConnection'),
        )
        .map(action => ({
          key: branchKey(action),
          connectionArn: action.configuration.ConnectionArn,
          repository:
            action.configuration.FullRepositoryId ??
            `${action.configuration.Owner}/${action.configuration.Repo}`,
          branch:
            action.configuration.BranchName ??
            action.configuration.Branch ??
            'main',
          pipelineFile: pipelineFileOf(definition, projects),
        })),
    ),
  );
}

/** Addresses of the hosts that AWS runs connections to itself. */
const PUBLIC_HOSTS: Record<string, string> = {
  GitHub: 'https://github.com',
  Bitbucket: 'https://bitbucket.org',
  GitLab: 'https://gitlab.com',
};

async function hostAddress(
  source: ForeignSource,
  connections: Fact<HostConnection[]>,
  connection: AwsConnection,
): Promise<Fact<string>> {
  // The source action of GitHub version 1 knows github.com only.
  if (!source.connectionArn) return known(PUBLIC_HOSTS.GitHub);
  if (!connections.known) return connections;
  const found = connections.value.find(
    ({ arn }) => arn === source.connectionArn,
  );
  if (found?.hostArn) return readHostAddress(connection, found.hostArn);
  return known(
    PUBLIC_HOSTS[found?.providerType ?? ''] ??
      `https://${found?.providerType ?? 'unknown'}`,
  );
}

/** The branch rules of every repository that is not in CodeCommit. Each repository and branch is asked for once. */
export async function readBranchRules(
  definitions: readonly PipelineDefinition[],
  options: {
    projects: ReadonlyMap<string, Fact<BuildProject>>;
    connections: Fact<HostConnection[]>;
    connection: AwsConnection;
    hosts: SourceHosts;
    signal: AbortSignal;
  },
): Promise<Map<string, BranchRules>> {
  const sources = new Map(
    foreignSources(definitions, options.projects).map(source => [
      source.key,
      source,
    ]),
  );
  return readEach(sources.keys(), async key => {
    const source = sources.get(key) as ForeignSource;
    const host = await hostAddress(
      source,
      options.connections,
      options.connection,
    );
    if (!host.known) return unreadBranch(host.reason);
    const address: BranchAddress = {
      url: `${host.value}/${source.repository}`,
      branch: source.branch,
      pipelineFile: source.pipelineFile,
    };
    return options.hosts.read(address, { signal: options.signal });
  });
}
