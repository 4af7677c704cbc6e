import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { secretGroupsAreLinkedWhereUsed } from './secret-groups-are-linked-where-used';

const given = (
  stages: number,
  atRoot: object[],
  linked: string[] = [],
): ControlRow[2] => ({
  provider: {
    groupsForAll: known({ stages, groups: atRoot }),
    secretGroups: known(linked.map(name => ({ name, inKeyVault: true }))),
  },
});

describe('secret-groups-are-linked-where-used', () => {
  it.each<ControlRow>([
    [
      'pass',
      'only a stage links the secrets',
      given(3, [{ name: 'names', hasSecrets: known(false) }], ['shop']),
      'only in stages or jobs',
    ],
    [
      'fail',
      'every stage gets them',
      given(3, [{ name: 'shop', hasSecrets: known(true) }], ['shop']),
      'Every one of the 3 stages',
    ],
    [
      'unknown',
      'a group that all stages get cannot be read',
      given(2, [{ name: 'hidden', hasSecrets: notRead() }]),
    ],
    [
      'unknown',
      'the code cannot be read',
      { provider: { groupsForAll: notRead(), secretGroups: known([]) } },
    ],
    [
      'not-applicable',
      'there is one stage only',
      given(1, [{ name: 'shop', hasSecrets: known(true) }], ['shop']),
    ],
    ['not-applicable', 'no group with secrets is linked', given(2, [])],
  ])('is %s when %s', (status, _when, snapshot, says = '') => {
    expect(resultOf(secretGroupsAreLinkedWhereUsed, snapshot)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
