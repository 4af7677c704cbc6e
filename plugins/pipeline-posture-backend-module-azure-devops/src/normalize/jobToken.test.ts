import { known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { aReason } from 'backstage-plugin-pipeline-posture-node';
import { Holder } from '../collect/readPermissions';
import { buildServiceFact, jobTokenFact } from './jobToken';
import { PipelineDraft } from './PipelineDraft';
import { RepositoryCatalogue } from './RepositoryCatalogue';
import { Resources } from './Resources';

const token = (settings: object, draft: object) =>
  jobTokenFact(
    draft as PipelineDraft,
    {
      state: { project: {}, settings: known(settings) },
    } as unknown as Resources,
  );

describe('the scope of the job token', () => {
  const classic = { kind: 'azure-classic-build' };
  it.each([
    [{ enforceJobAuthScope: true }, { kind: 'azure-yaml' }, true],
    [{ enforceJobAuthScope: false }, { kind: 'azure-yaml' }, false],
    [{}, { kind: 'azure-yaml' }, undefined],
    [{ enforceJobAuthScope: false }, { ...classic, jobScope: 'project' }, true],
    [
      { enforceJobAuthScope: false },
      { ...classic, jobScope: 'differs' },
      undefined,
    ],
  ])('with %j and %j is the project: %s', (settings, draft, expected) => {
    const fact = token(settings, draft);
    expect(fact.known ? fact.value.projectOnly : undefined).toBe(expected);
  });
});

describe('what builds may do to a repository', () => {
  const service = (...allowed: string[]): Holder => ({
    id: 's',
    principal: { name: 'Build Service', kind: 'service', broad: false },
    allowed: new Set(allowed),
  });
  const group = (name: string, ...allowed: string[]): Holder => ({
    id: name,
    principal: { name, kind: 'group', broad: false },
    allowed: new Set(allowed),
  });
  const rightsOf = (entries: Array<[string, Holder[]]>, isThere = true) => {
    const fact = buildServiceFact(
      {
        sources: known([
          {
            name: 'shop/api',
            host: 'azure-repos',
            role: 'application',
            protection: unknown(aReason),
          },
        ]),
      } as unknown as PipelineDraft,
      {
        state: {
          project: { id: 'P', name: 'shop' },
          gitPermissions: known(new Map(entries)),
        },
      } as unknown as Resources,
      {
        find: () => (isThere ? { id: 'R' } : undefined),
        unread: () => undefined,
      } as unknown as RepositoryCatalogue,
    );
    const [found] = fact.known ? fact.value : [];
    if (!found) return 'no repository';
    return found.holders.known
      ? found.holders.value.flatMap(({ rights }) => rights)
      : 'unknown';
  };

  it('counts what they may do to one branch only', () => {
    expect(
      rightsOf([
        ['repov2/p/r', [service('GenericRead')]],
        ['repov2/p/r/refs/heads/6d00', [service('GenericContribute')]],
        ['repov2/p/other', [service('ForcePush')]],
      ]),
    ).toEqual(['GenericContribute']);
  });

  it('counts the groups that every build is in, and no other', () => {
    expect(
      rightsOf([
        [
          'repov2/p',
          [
            group(
              '[contoso]\\Project Collection Build Service Accounts',
              'ForcePush',
            ),
            group('[shop]\\Contributors', 'GenericContribute'),
          ],
        ],
      ]),
    ).toEqual(['ForcePush']);
  });

  it('is not known of a repository that is hidden from the reader', () => {
    expect(rightsOf([], false)).toBe('unknown');
  });
});
