import { Answer, failure, listOf, one } from '../server/answers';
import { blobId, commitId } from '../server/identifiers';
import { identityRef } from '../server/identities';
import { findRepository, projectId, repositoryId } from '../server/lookup';
import { Route, RouteRequest } from '../server/request';
import { zipOf } from '../server/zip';
import { Repository } from '../state';
import { projectReference } from './projects';

function sentRepository(
  { project, urls }: RouteRequest,
  repository: Repository,
): object {
  const id = repositoryId(project, repository.name);
  const files = Object.values(repository.files);
  return {
    id,
    name: repository.name,
    url: `${urls.core}/${projectId(project)}/_apis/git/repositories/${id}`,
    project: projectReference(project, urls),
    // An empty repository has no default branch.
    ...(files.length > 0 && { defaultBranch: repository.defaultBranch }),
    size: files.reduce((sum, content) => sum + content.length, 0),
    remoteUrl: `${urls.core}/${encodeURIComponent(
      project.name,
    )}/_git/${encodeURIComponent(repository.name)}`,
    sshUrl: `git@ssh.dev.azure.com:v3/contoso/${project.name}/${repository.name}`,
    webUrl: `${urls.core}/${encodeURIComponent(
      project.name,
    )}/_git/${encodeURIComponent(repository.name)}`,
    isDisabled: repository.isDisabled,
    isInMaintenance: false,
    ...(repository.isFork && { isFork: true }),
  };
}

function repositoryNotFound(name: string): Answer {
  return failure(
    404,
    'GitRepositoryNotFoundException',
    `TF401019: The Git repository with name or identifier ${name} does not exist or you do not have permissions for the operation you are attempting.`,
  );
}

// The service takes names and numbers for enumerations.
const VERSION_TYPES = ['branch', 'tag', 'commit'];

function filesAt(
  repository: Repository,
  version?: string | null,
  versionType?: string | number | null,
): Record<string, string> | undefined {
  if (!version) return repository.files;
  const type =
    VERSION_TYPES[Number(versionType)] ?? String(versionType).toLowerCase();
  if (type === 'commit') {
    const trees = [repository.files, ...Object.values(repository.otherRefs)];
    return trees.find(each => commitId(each) === version);
  }
  const kind = type === 'tag' ? 'refs/tags/' : 'refs/heads/';
  const ref = `${kind}${version}`;
  return ref === repository.defaultBranch
    ? repository.files
    : repository.otherRefs[ref];
}

function versionNotFound(version: string): Answer {
  return failure(
    404,
    'GitUnresolvableToCommitException',
    `TF401175: The version descriptor <Branch: ${version} > could not be resolved to a version in the repository.`,
  );
}

function itemNotFound(path: string, repository: Repository): Answer {
  return failure(
    404,
    'GitItemNotFoundException',
    `TF401174: The item '${path}' could not be found in the repository '${repository.name}' at the version specified.`,
  );
}

function sentItem(
  request: RouteRequest,
  repository: Repository,
  files: Record<string, string>,
  path: string,
) {
  const id = repositoryId(request.project, repository.name);
  return {
    objectId: blobId(files[path]),
    gitObjectType: 'blob',
    commitId: commitId(files),
    path,
    contentMetadata: { fileName: path.slice(path.lastIndexOf('/') + 1) },
    url: `${request.urls.core}/${projectId(
      request.project,
    )}/_apis/git/repositories/${id}/items${path}`,
  };
}

interface ItemDescriptor {
  path?: string;
  version?: string;
  versionType?: string | number;
  recursionLevel?: string | number;
}

function itemsBatch(request: RouteRequest, repository: Repository): Answer {
  const { itemDescriptors } = (request.body ?? {}) as {
    itemDescriptors?: ItemDescriptor[];
  };
  if (!Array.isArray(itemDescriptors)) {
    return failure(
      400,
      'InvalidArgumentValueException',
      'itemDescriptors is required.',
    );
  }
  const found: object[] = [];
  for (const {
    path = '/',
    version,
    versionType,
    recursionLevel,
  } of itemDescriptors) {
    const files = filesAt(repository, version, versionType);
    if (!files) return versionNotFound(version ?? '');
    const whole =
      recursionLevel && String(recursionLevel).toLowerCase() !== 'none';
    const paths = whole
      ? Object.keys(files).filter(
          each =>
            each.startsWith(path === '/' ? '/' : `${path}/`) || each === path,
        )
      : [path].filter(each => each in files);
    if (paths.length === 0) return itemNotFound(path, repository);
    found.push(paths.map(each => sentItem(request, repository, files, each)));
  }
  return listOf(found);
}

function blobsZip(request: RouteRequest, repository: Repository): Answer {
  if (!Array.isArray(request.body)) {
    return failure(
      400,
      'InvalidArgumentValueException',
      'A list of object ids is needed.',
    );
  }
  const contents = new Map<string, string>();
  for (const files of [
    repository.files,
    ...Object.values(repository.otherRefs),
  ]) {
    for (const content of Object.values(files))
      contents.set(blobId(content), content);
  }
  const files: Array<{ name: string; content: string }> = [];
  for (const id of request.body as string[]) {
    const content = contents.get(id);
    if (content === undefined) {
      return failure(
        404,
        'GitObjectDoesNotExistException',
        `TF401176: Git object ${id} does not exist.`,
      );
    }
    files.push({ name: id, content });
  }
  return { status: 200, body: zipOf(files), contentType: 'application/zip' };
}

/** Wraps a handler of one repository: finds it, or answers as the service does. */
function onRepository(
  handle: (request: RouteRequest, repository: Repository) => Answer,
): Route['handle'] {
  return request => {
    const repository = findRepository(
      request.project,
      request.params.repositoryId,
    );
    if (!repository) return repositoryNotFound(request.params.repositoryId);
    if (repository.isDisabled) {
      return failure(
        404,
        'GitRepositoryNotFoundException',
        `TF401019: The Git repository with name or identifier ${repository.name} does not exist or you do not have permissions for the operation you are attempting. The repository is disabled.`,
      );
    }
    return handle(request, repository);
  };
}

const REPOSITORY = '{project}/_apis/git/repositories/{repositoryId}';

export const gitRoutes: Route[] = [
  {
    host: 'core',
    operation: 'git.repositories.list',
    method: 'GET',
    path: '{project}/_apis/git/repositories',
    handle: request =>
      listOf(
        request.project.repositories.map(each => sentRepository(request, each)),
      ),
  },
  {
    host: 'core',
    operation: 'git.repositories.get',
    method: 'GET',
    path: REPOSITORY,
    handle: request => {
      const repository = findRepository(
        request.project,
        request.params.repositoryId,
      );
      return repository
        ? one(sentRepository(request, repository))
        : repositoryNotFound(request.params.repositoryId);
    },
  },
  {
    host: 'core',
    operation: 'git.itemsbatch',
    method: 'POST',
    path: `${REPOSITORY}/itemsbatch`,
    handle: onRepository(itemsBatch),
  },
  {
    host: 'core',
    operation: 'git.blobs.zip',
    method: 'POST',
    path: `${REPOSITORY}/blobs`,
    handle: onRepository(blobsZip),
  },
  {
    host: 'core',
    operation: 'git.items.get',
    method: 'GET',
    path: `${REPOSITORY}/items`,
    handle: onRepository((request, repository) => {
      const { query } = request;
      const path = query.get('path') ?? query.get('scopePath') ?? '/';
      const version = query.get('versionDescriptor.version');
      const files = filesAt(
        repository,
        version,
        query.get('versionDescriptor.versionType'),
      );
      if (!files) return versionNotFound(version ?? '');
      if (!(path in files)) return itemNotFound(path, repository);
      const item = sentItem(request, repository, files, path);
      return one(
        query.get('includeContent') === 'true'
          ? { ...item, content: files[path] }
          : item,
      );
    }),
  },
  {
    host: 'core',
    operation: 'git.refs.list',
    method: 'GET',
    path: `${REPOSITORY}/refs`,
    handle: onRepository((request, repository) => {
      const filter = request.query.get('filter') ?? '';
      const trees = {
        [repository.defaultBranch]: repository.files,
        ...repository.otherRefs,
      };
      return listOf(
        Object.entries(trees)
          .filter(([name]) => name.startsWith(`refs/${filter}`))
          .map(([name, files]) => ({
            name,
            objectId: commitId(files),
            creator: identityRef('Ada Author'),
            url: `${request.urls.core}/${projectId(
              request.project,
            )}/_apis/git/repositories/${repositoryId(
              request.project,
              repository.name,
            )}/refs?filter=${encodeURIComponent(name.slice(5))}`,
          })),
      );
    }),
  },
];
