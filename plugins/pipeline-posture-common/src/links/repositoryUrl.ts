/**
 * The repository that an address points into, in one spelling: host and path in lower case, without user, branch, folder, `.git` and query.
 *
 * Knows Azure Repos (`dev.azure.com/org/project/_git/repo`, `org.visualstudio.com`), CodeCommit consoles' clone addresses, and hosts where a repository is two path segments.
 *
 * @returns undefined if it is no http(s) address of a repository
 * @public
 */
export function normaliseRepositoryUrl(address: string): string | undefined {
  let url: URL;
  try {
    url = new URL(address.replace(/^url:/, ''));
  } catch {
    return undefined;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  let segments: string[];
  try {
    segments = url.pathname
      .split('/')
      .filter(segment => segment !== '')
      .map(segment => decodeURIComponent(segment).toLocaleLowerCase('en-US'));
  } catch {
    return undefined;
  }
  let host = url.host.toLocaleLowerCase('en-US');
  const old = /^([^.]+)\.visualstudio\.com$/.exec(host);
  if (old) {
    host = 'dev.azure.com';
    segments = [old[1], ...segments.filter(s => s !== 'defaultcollection')];
  }
  const git = segments.indexOf('_git');
  if (git >= 0) {
    const repository = segments[git + 1];
    if (!repository) return undefined;
    // `org/_git/repo` is short for the project of the same name.
    const before = segments.slice(0, git);
    const project = before.length > 1 ? [] : [repository];
    return [host, ...before, ...project, '_git', repository].join('/');
  }
  if (segments[0] === 'v1' && segments[1] === 'repos' && segments[2]) {
    return [host, ...segments.slice(0, 3)].join('/');
  }
  const [owner, repository] = segments;
  if (!owner || !repository) return undefined;
  const nested = segments.indexOf('-');
  const path = nested > 1 ? segments.slice(0, nested) : [owner, repository];
  return [host, ...path].join('/').replace(/\.git$/, '');
}
