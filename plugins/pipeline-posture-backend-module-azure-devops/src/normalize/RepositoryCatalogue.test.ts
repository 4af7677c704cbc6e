import { known } from 'backstage-plugin-pipeline-posture-common';
import { RepositoryCatalogue } from './RepositoryCatalogue';

describe('a repository that is hidden from the reader', () => {
  const catalogue = new RepositoryCatalogue(
    [
      {
        projectName: 'shop',
        projectId: 'P',
        repositories: known([]),
        policies: known([]),
        permissions: known(new Map()),
      },
    ],
    'https://example.test',
  );

  it('may turn away credentials', () => {
    expect(catalogue.blocksCredentials('shop', 'api')).toMatchObject({
      known: false,
      reason: { code: 'not-found' },
    });
  });
});
