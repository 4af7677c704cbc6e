import { release } from '../client/wire';
import { branchFilterGate } from './releaseApprovals';

const condition = (name: string, value: object) => ({
  name,
  conditionType: 'artifact',
  value: JSON.stringify({ tags: [], ...value }),
});

function filterOf(conditions: object[], aliases = ['_shop']) {
  const { environments = [], artifacts = [] } = release.parse({
    id: 1,
    name: 'Shop',
    environments: [{ id: 2, name: 'Production', conditions }],
    artifacts: aliases.map(alias => ({ alias, type: 'Build' })),
  });
  return branchFilterGate(environments[0], 'https://example.com', artifacts)[0];
}

describe('filters on the branches of artifacts', () => {
  it('keep other branches out', () => {
    expect(
      filterOf([condition('_shop', { sourceBranch: 'main' })]),
    ).toMatchObject({ kind: 'branch-control', effective: true });
    expect(
      filterOf([
        condition('_shop', {
          sourceBranch: '',
          useBuildDefinitionBranch: true,
        }),
      ]),
    ).toMatchObject({ effective: true });
  });

  it.each(['*', 'refs/heads/*', '**'])('keep none out with %s', branch => {
    expect(
      filterOf([condition('_shop', { sourceBranch: branch })]),
    ).toMatchObject({
      effective: false,
      ineffectiveBecause: `it allows ${branch}`,
    });
  });

  it('keep nothing out by tags, which stand on any commit', () => {
    expect(
      filterOf([condition('_shop', { sourceBranch: 'refs/tags/v*' })]),
    ).toMatchObject({
      effective: false,
      ineffectiveBecause:
        'it allows refs/tags/v*, and a tag may stand on any commit',
    });
  });

  it('let all others in when they only leave some out', () => {
    expect(
      filterOf([condition('_shop', { sourceBranch: '-feature/*' })]),
    ).toMatchObject({
      effective: false,
      ineffectiveBecause: 'it only leaves out feature/*',
    });
  });

  it('guard nothing while another artifact has none', () => {
    const filters = [condition('_shop', { sourceBranch: 'main' })];
    expect(filterOf(filters, ['_shop', '_tools'])).toMatchObject({
      effective: false,
      ineffectiveBecause: 'the artifact _tools may come from any branch',
    });
    expect(
      filterOf(
        [...filters, condition('_TOOLS', { sourceBranch: 'release/*' })],
        ['_shop', '_tools'],
      ),
    ).toMatchObject({ effective: true });
  });

  it('are none when they only name tags', () => {
    expect(
      filterOf([condition('_shop', { sourceBranch: '' })]),
    ).toBeUndefined();
  });
});
