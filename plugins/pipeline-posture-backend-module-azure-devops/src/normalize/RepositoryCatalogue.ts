import {
  Fact,
  known,
  mapFact,
  PipelineSource,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import {
  BranchAddress,
  BranchRules,
} from 'backstage-plugin-pipeline-posture-node';
import { Policy, Repository } from '../client/wire';
import { PermissionTable } from '../collect/readPermissions';
import { branchKey } from './branchElsewhere';
import {
  blocksCredentials,
  bypassersOf,
  externalProtection,
  protectionOf,
} from './protection';

/** What is known of the repositories of one project. */
export interface RepositoriesOfProject {
  projectName: string;
  projectId: string;
  repositories: Fact<Repository[]>;
  policies: Fact<Policy[]>;
  permissions: Fact<PermissionTable>;
}

const shortBranch = (ref: string) => ref.replace(/^refs\/(heads|tags)\//, '');

/** Branches may come without `refs/heads/`. */
export const fullRef = (branch: string) =>
  branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;

/** Nothing can be said of a repository that is not among those that the reader sees. */
export const hiddenRepository = (title: string): UnknownReason => ({
  code: 'not-found',
  message: `The repository ${title} does not exist, or the reader may not see it.`,
  permission: 'Code (Read) (vso.code) and Read on the repository',
  actor: 'platform-team',
  action: 'Give the reader the permission Read on the repository.',
});

const HOSTS: Record<string, string> = {
  github: 'github',
  githubenterprise: 'github-enterprise',
  bitbucket: 'bitbucket',
};

/** Describes the repositories that pipelines are built from, in this project and in others. */
export class RepositoryCatalogue {
  readonly #projects: ReadonlyMap<string, RepositoriesOfProject>;
  readonly #baseUrl: string;

  readonly #elsewhere: ReadonlyMap<string, BranchRules>;
  readonly #guarded: Fact<ReadonlySet<string>>;

  /**
   * @param elsewhere - rules of branches on other hosts, by `branchKey`
   * @param guarded - ids of repositories whose pushes Advanced Security looks through
   */
  constructor(
    projects: RepositoriesOfProject[],
    baseUrl: string,
    {
      elsewhere = new Map(),
      guarded = known(new Set()),
    }: {
      elsewhere?: ReadonlyMap<string, BranchRules>;
      guarded?: Fact<ReadonlySet<string>>;
    } = {},
  ) {
    this.#guarded = guarded;
    this.#elsewhere = elsewhere;
    this.#projects = new Map(
      projects.flatMap(each => [
        [each.projectName.toLowerCase(), each] as const,
        [each.projectId.toLowerCase(), each] as const,
      ]),
    );
    this.#baseUrl = baseUrl;
  }

  find(project: string, nameOrId: string): Repository | undefined {
    const found = this.#projects.get(project.toLowerCase());
    const wanted = nameOrId.toLowerCase();
    return found?.repositories.known
      ? found.repositories.value.find(
          ({ id, name }) =>
            id.toLowerCase() === wanted || name.toLowerCase() === wanted,
        )
      : undefined;
  }

  /** Why the repositories of a project are not known, if they are not. */
  unread(project: string): UnknownReason | undefined {
    const found = this.#projects.get(project.toLowerCase());
    return found && !found.repositories.known
      ? found.repositories.reason
      : undefined;
  }

  /** GUID of a project by its name. */
  projectId(project: string): string | undefined {
    return this.#projects.get(project.toLowerCase())?.projectId;
  }

  /** A branch of a repository in Azure Repos, with what protects it. */
  azureRepos(options: {
    id: string;
    project: string;
    repository: string;
    /** Full ref name; empty for the default branch. */
    ref: string;
    role: PipelineSource['role'];
    file?: string;
  }): PipelineSource {
    const { id, project, repository: name, role, file } = options;
    const owner = this.#projects.get(project.toLowerCase());
    const repository = this.find(project, name);
    const ref = options.ref || repository?.defaultBranch || '';
    const title = `${owner?.projectName ?? project}/${
      repository?.name ?? name
    }`;
    const base = {
      id,
      kind: 'repository' as const,
      host: 'azure-repos',
      name: title,
      url:
        repository?.webUrl ??
        `${this.#baseUrl}/${encodeURIComponent(
          project,
        )}/_git/${encodeURIComponent(name)}`,
      ...(ref && { branch: shortBranch(ref) }),
      role,
    };
    if (!owner || !repository) {
      const reason =
        owner && !owner.repositories.known
          ? owner.repositories.reason
          : hiddenRepository(title);
      return {
        ...base,
        protection: unknown(reason),
        bypassers: unknown(reason),
      };
    }
    // A tag or a commit does not move by itself, but whoever may push tags can move a tag.
    const branch = {
      repositoryId: repository.id,
      ref,
      isDefaultBranch: ref === repository.defaultBranch,
    };
    return {
      ...base,
      protection: protectionOf(owner.policies, branch, file),
      bypassers: bypassersOf(owner.permissions, owner.projectId, branch),
    };
  }

  /** What the host of a branch says of it, if somebody asked. */
  rulesElsewhere(address: BranchAddress | undefined): BranchRules | undefined {
    return address && this.#elsewhere.get(branchKey(address));
  }

  /** A repository on another host, whose rules Azure DevOps does not know. */
  elsewhere(options: {
    id: string;
    type: string;
    name: string;
    url?: string;
    branch?: string;
    role: PipelineSource['role'];
    /** Under which its host was asked for its rules. */
    address?: BranchAddress;
  }): PipelineSource {
    const { id, type, name, url, branch, role, address } = options;
    const rules = this.rulesElsewhere(address);
    const host = HOSTS[type.toLowerCase()] ?? type.toLowerCase();
    return {
      id,
      kind: 'repository',
      host,
      name,
      ...(url && { url }),
      ...(branch && { branch: shortBranch(branch) }),
      role,
      ...(host === 'tfsversioncontrol'
        ? { protection: known('not-applicable'), bypassers: known([]) }
        : {
            ...externalProtection(host, name),
            ...(rules && {
              protection: rules.protection,
              bypassers: rules.bypassers,
            }),
          }),
    };
  }

  /** Whether pushes with credentials are turned away from a repository. */
  blocksCredentials(project: string, nameOrId: string): Fact<boolean> {
    const owner = this.#projects.get(project.toLowerCase());
    const repository = this.find(project, nameOrId);
    if (owner && repository) {
      const byPolicy = blocksCredentials(owner.policies, repository.id);
      if (byPolicy.known && byPolicy.value) return byPolicy;
      const guarded = mapFact(this.#guarded, all =>
        all.has(repository.id.toLowerCase()),
      );
      if (guarded.known && guarded.value) return guarded;
      // One way is enough, so a way that is not known leaves it open.
      return byPolicy.known ? guarded : byPolicy;
    }
    return owner && !owner.repositories.known
      ? owner.repositories
      : unknown(hiddenRepository(`${project}/${nameOrId}`));
  }
}
