import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { AwsConnection } from '../client/AwsConnection';
import { HostConnection, readHostAddress } from '../client/ConnectionsReader';
import { ActionDefinition, PipelineDefinition } from './definition';

/** A branch of a repository that is not in CodeCommit. */
export interface RepositoryBranch {
  /** Address of the repository as people open it. */
  url: string;
  branch: string;
}

/** Addresses of the hosts that AWS runs connections to itself. */
const PUBLIC_HOSTS: Record<string, string> = {
  GitHub: 'https://github.com',
  Bitbucket: 'https://bitbucket.org',
  GitLab: 'https://gitlab.com',
  AzureDevOps: 'https://dev.azure.com',
};

/** Whether an action takes a repository of another host than CodeCommit. */
export const isForeignSource = ({ category, provider }: ActionDefinition) =>
  category === 'Source' &&
  (provider === 'GitHub' || provider === 'CodeStarSourceConnection');

/** What stands for a repository and branch in the readings. */
export function branchKey({ configuration: config }: ActionDefinition): string {
  const repository =
    config.FullRepositoryId ?? `${config.Owner}/${config.Repo}`;
  return `${config.ConnectionArn ?? 'github.com'} ${repository} ${branchOf(
    config,
  )}`;
}

/** The branch that a source action follows. */
export function branchOf(config: ActionDefinition['configuration']): string {
  return config.BranchName ?? config.Branch ?? 'main';
}

/** Whether a pattern of a trigger means more than one branch. */
const isPattern = (branch: string) => /[*?[\]{}]/.test(branch);

/**
 * A source action once for each branch whose code it takes: the one that it names, and those that a trigger names
 * besides, because a push to one of them runs the pipeline with that branch.
 */
export function onEachBranch(
  action: ActionDefinition,
  { triggers }: Pick<PipelineDefinition, 'triggers'>,
): ActionDefinition[] {
  const own = branchOf(action.configuration);
  const others = triggers
    .filter(({ sourceAction }) => sourceAction === action.name)
    .flatMap(({ push }) => push.flatMap(one => one.branches?.includes ?? []))
    .filter(branch => branch !== own && !isPattern(branch));
  return [
    action,
    ...[...new Set(others)].map(BranchName => ({
      ...action,
      configuration: { ...action.configuration, BranchName },
    })),
  ];
}

/** Finds out where the repositories of source actions are. Each host is asked for once. */
export class RepositoryAddresses {
  static create(
    connections: Fact<HostConnection[]>,
    connection: AwsConnection,
  ): RepositoryAddresses {
    return new RepositoryAddresses(connections, connection);
  }

  readonly #hosts = new Map<string, Promise<Fact<string>>>();

  private constructor(
    private readonly connections: Fact<HostConnection[]>,
    private readonly connection: AwsConnection,
  ) {}

  async of({
    configuration: config,
  }: ActionDefinition): Promise<Fact<RepositoryBranch>> {
    const branch = branchOf(config);
    const repository =
      config.FullRepositoryId ?? `${config.Owner}/${config.Repo}`;
    // The source action of GitHub version 1 knows github.com only.
    if (!config.ConnectionArn) {
      return known({ url: `${PUBLIC_HOSTS.GitHub}/${repository}`, branch });
    }
    if (!this.connections.known) return this.connections;
    const found = this.connections.value.find(
      ({ arn }) => arn === config.ConnectionArn,
    );
    const host = found?.hostArn
      ? await this.#selfManaged(found.hostArn)
      : known(
          PUBLIC_HOSTS[found?.providerType ?? ''] ??
            `https://${found?.providerType ?? 'unknown'}`,
        );
    if (!host.known) return host;
    if (found?.providerType !== 'AzureDevOps') {
      return known({ url: `${host.value}/${repository}`, branch });
    }
    const [organisation, project, name, ...more] = repository.split('/');
    if (!name || more.length > 0) {
      return unknown({
        code: 'unresolved',
        message: `It is not known which organisation of Azure DevOps the repository ${repository} is in.`,
        actor: 'service-owner',
        action: `Write FullRepositoryId as organization/project/repository.`,
      });
    }
    return known({
      url: `${host.value}/${organisation}/${project}/_git/${name}`,
      branch,
    });
  }

  #selfManaged(hostArn: string): Promise<Fact<string>> {
    let host = this.#hosts.get(hostArn);
    if (!host) {
      host = readHostAddress(this.connection, hostArn);
      this.#hosts.set(hostArn, host);
    }
    return host;
  }
}
