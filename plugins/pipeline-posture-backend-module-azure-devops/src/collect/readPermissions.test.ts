import { known } from 'backstage-plugin-pipeline-posture-common';
import { MemoryCheckpoints } from '../__testUtils__/collecting';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { readPermissions, holdersOf } from './readPermissions';
import { Remembered } from './Remembered';

const GIT = '2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87';
const GROUP = 'Microsoft.TeamFoundation.Identity;S-1-9-1';
const NAMESPACE = {
  namespaceId: GIT.toUpperCase(),
  name: 'Git Repositories',
  actions: [
    { bit: 4, name: 'GenericContribute' },
    { bit: 8, name: 'ForcePush' },
  ],
};

const list = (token: string, aces: Record<string, object>, rest = {}) => ({
  token,
  inheritPermissions: true,
  acesDictionary: Object.fromEntries(
    Object.entries(aces).map(([descriptor, ace]) => [
      descriptor,
      { descriptor, ...ace },
    ]),
  ),
  ...rest,
});

async function read(
  lists: object[],
  { namespaces = [NAMESPACE], identities = [] as object[] } = {},
) {
  const answers: Record<string, unknown[]> = {
    securityNamespaces: namespaces,
    identities,
    accessControlLists: lists.map(each => wire.accessControlList.parse(each)),
  };
  const source = {
    list: async (name: string) => known(answers[name]),
  } as unknown as Source;
  const { git } = await readPermissions(['git'], {
    source,
    remembered: new Remembered(),
    projectId: 'project',
    broadGroups: new Set(),
    cadence: {
      checkpoints: new MemoryCheckpoints(),
      now: new Date(),
      maxAgeMs: 0,
    },
  });
  return git;
}

const at = async (token: string, ...given: Parameters<typeof read>) => {
  const table = await read(...given);
  if (!table.known) throw new Error(table.reason.message);
  return holdersOf(table.value, token).map(({ principal, allowed }) => [
    principal.kind,
    ...allowed,
  ]);
};

describe('permissions', () => {
  it('let a deny beat an allow, inherited or not', async () => {
    const ace = { allow: 12, extendedInfo: { effectiveAllow: 12 } };
    const denied = {
      allow: 12,
      extendedInfo: { effectiveAllow: 12, effectiveDeny: 8 },
    };
    expect(
      await at('repoV2/project', [list('repoV2/project', { [GROUP]: ace })]),
    ).toEqual([['unknown', 'GenericContribute', 'ForcePush']]);
    expect(
      await at('repoV2/project', [list('repoV2/project', { [GROUP]: denied })]),
    ).toEqual([['unknown', 'GenericContribute']]);
  });

  it('count on a token that is written with a slash at its end', async () => {
    const lists = [list('repoV2/project/repo/', { [GROUP]: { allow: 8 } })];
    expect(await at('repoV2/project/repo', lists)).toEqual([
      ['unknown', 'ForcePush'],
    ]);
  });

  it('do not come down to where inheritance is switched off', async () => {
    const lists = [
      list('repoV2/project', { [GROUP]: { allow: 8 } }),
      list('repoV2/project/repo', {}, { inheritPermissions: false }),
    ];
    expect(await at('repoV2/project/repo', lists)).toEqual([['unknown']]);
    expect(await at('repoV2/project/other', lists)).toEqual([
      ['unknown', 'ForcePush'],
    ]);
  });

  it('tell builds and people by their descriptor where nobody knows them', async () => {
    const aces = {
      'Microsoft.TeamFoundation.ServiceIdentity;a:Build:b': { allow: 4 },
      'Microsoft.IdentityModel.Claims.ClaimsIdentity;a': { allow: 8 },
    };
    expect(await at('repoV2/project', [list('repoV2/project', aces)])).toEqual([
      ['service', 'GenericContribute'],
      ['user', 'ForcePush'],
    ]);
  });

  it('are not known where the names of the bits are not', async () => {
    const lists = [list('repoV2/project', { [GROUP]: { allow: 8 } })];
    expect(await read(lists, { namespaces: [] })).toMatchObject({
      known: false,
      reason: { code: 'malformed' },
    });
  });
});
