import { dirname, join } from 'node:path';
import { GithubState, loadGithubState } from './state';

export * from './githubEstate';
export * from './state';

/** The repositories that Contoso keeps on its own GitHub. */
export function loadContosoGithub(): GithubState {
  const root = dirname(require.resolve('pipeline-posture-estate/package.json'));
  return loadGithubState(join(root, 'contoso', 'github'));
}
