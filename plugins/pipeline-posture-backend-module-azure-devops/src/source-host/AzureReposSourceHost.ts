import {
  Fact,
  known,
  mapFact,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import {
  BranchAddress,
  BranchRules,
  FileAddress,
  SourceHost,
  unreadBranch,
} from 'backstage-plugin-pipeline-posture-node';
import { Organisation, Organisations } from '../client/Organisations';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { Cadence } from '../collect/cadence';
import { readProjects } from '../collect/otherProjects';
import { readPermissions } from '../collect/readPermissions';
import { readPolicies, readRepositories } from '../collect/readProject';
import { broadGroupsOf } from '../config/AzureDevOpsConfig';
import { RepositoryCatalogue } from '../normalize/RepositoryCatalogue';
import { AzureRepository, repositoryAt } from './repositoryAddress';

const notOurs = (url: string) => ({
  code: 'not-connected' as const,
  message: `${url} is in no organisation of Azure DevOps that is configured.`,
  actor: 'platform-team' as const,
  action: 'Add its organisation to pipelinePosture.azureDevOps.',
});

const notText = (path: string) => ({
  code: 'malformed' as const,
  message: `${path} is no text.`,
  actor: 'service-owner' as const,
  action: 'Check which file the pipeline names.',
});

/** Nothing is kept between runs for others; what is read serves for ten minutes. */
const NOT_REMEMBERED: Cadence = {
  checkpoints: {
    get: async () => undefined,
    list: async () => new Map(),
    set: async () => undefined,
  },
  now: new Date(0),
  maxAgeMs: 0,
};

interface Found {
  organisation: Organisation;
  repository: AzureRepository;
}

/** Tells other sources of pipelines what protects a branch in Azure Repos, and what its files say. */
export class AzureReposSourceHost implements SourceHost {
  readonly id = 'azure-repos';
  readonly #organisations: Organisations;

  static create(options: {
    organisations: Organisations;
  }): AzureReposSourceHost {
    return new AzureReposSourceHost(options.organisations);
  }

  private constructor(organisations: Organisations) {
    this.#organisations = organisations;
  }

  #find(url: string): Found | undefined {
    for (const organisation of this.#organisations.all) {
      const repository = repositoryAt(url, {
        organisation: organisation.config.organisation,
        url: organisation.config.urls.core,
      });
      if (repository) return { organisation, repository };
    }
    return undefined;
  }

  handles(url: string): boolean {
    return this.#find(url) !== undefined;
  }

  async read(
    { url, branch, pipelineFile }: BranchAddress,
    { signal }: { signal: AbortSignal },
  ): Promise<BranchRules> {
    const found = this.#find(url);
    if (!found) return unreadBranch(notOurs(url));
    const { organisation, repository } = found;
    const source = this.#organisations.open(organisation, signal);
    const project = await projectOf(source, organisation, repository.project);
    if (!project.known) return unreadBranch(project.reason);
    const catalogue = await this.#catalogue(
      source,
      organisation,
      project.value,
    );
    const { protection, bypassers } = catalogue.azureRepos({
      id: 'source',
      project: repository.project,
      repository: repository.repository,
      ref: branch ? `refs/heads/${branch.replace(/^refs\/heads\//, '')}` : '',
      role: 'application',
      ...(pipelineFile && { file: `/${pipelineFile.replace(/^\/+/, '')}` }),
    });
    return {
      protection: mapFact(protection, rules => {
        if (rules === 'not-applicable')
          throw new Error('A branch of Azure Repos always has rules');
        return rules;
      }),
      bypassers,
      isPublic: known(project.value.visibility === 'public', {
        source: 'GET _apis/projects',
        field: 'visibility',
        observed: project.value.visibility ?? 'private',
      }),
      forkable: unknown({
        code: 'not-supported',
        message: `Whether ${repository.project}/${repository.repository} may be forked is not told by any documented call of Azure DevOps.`,
        actor: 'platform-team',
        action:
          'Look it up in the project settings under Repositories > Settings > Forks.',
      }),
    };
  }

  async readFile(
    { url, branch, path }: FileAddress,
    { signal }: { signal: AbortSignal },
  ): Promise<Fact<string | null>> {
    const found = this.#find(url);
    if (!found) return unknown(notOurs(url));
    const { organisation, repository } = found;
    const source = this.#organisations.open(organisation, signal);
    const read = await source.get('item', wire.item, {
      path: { project: repository.project, repository: repository.repository },
      query: {
        path: `/${path.replace(/^\/+/, '')}`,
        includeContent: 'true',
        $format: 'json',
        'versionDescriptor.version': branch.replace(/^refs\/heads\//, ''),
        'versionDescriptor.versionType': 'branch',
      },
    });
    if (read.known) {
      const { content } = read.value;
      return content === undefined
        ? unknown(notText(path))
        : known(content, read.evidence);
    }
    if (read.reason.code !== 'not-found') return read;
    // A repository that is hidden answers like a file that is not there.
    const repositories = await readRepositories(
      source,
      organisation.remembered,
      repository.project,
    );
    if (!repositories.known) return repositories;
    const wanted = repository.repository.toLowerCase();
    return repositories.value.some(
      ({ id, name }) =>
        name.toLowerCase() === wanted || id.toLowerCase() === wanted,
    )
      ? known(null, repositories.evidence)
      : read;
  }

  async #catalogue(
    source: Source,
    { config, remembered }: Organisation,
    project: wire.Project,
  ): Promise<RepositoryCatalogue> {
    const [repositories, policies, permissions] = await Promise.all([
      readRepositories(source, remembered, project.name),
      readPolicies(source, remembered, project.name),
      remembered.get(`permissions/git/${project.id}`, async () => {
        const { git } = await readPermissions(['git'], {
          source,
          remembered,
          projectId: project.id,
          broadGroups: broadGroupsOf(config),
          cadence: NOT_REMEMBERED,
        });
        return git;
      }),
    ]);
    return new RepositoryCatalogue(
      [
        {
          projectName: project.name,
          projectId: project.id,
          repositories,
          policies,
          permissions,
        },
      ],
      config.urls.core,
    );
  }
}

async function projectOf(
  source: Source,
  { remembered }: Organisation,
  name: string,
): Promise<Fact<wire.Project>> {
  const projects = await readProjects({ source, remembered });
  if (!projects.known) return projects;
  const wanted = name.toLowerCase();
  const found = projects.value.find(
    each =>
      each.name.toLowerCase() === wanted || each.id.toLowerCase() === wanted,
  );
  return found
    ? known(found, projects.evidence)
    : unknown({
        code: 'not-found',
        message: `The project ${name} does not exist, or the reader may not see it.`,
        permission: 'Project and Team (Read) (vso.project)',
        actor: 'platform-team',
        action: `Add the reader to the group Readers of ${name}.`,
      });
}
