import { Editor, known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { peopleHoldNoStandingAdmin } from './people-hold-no-standing-admin';

const editor = (
  administration: Editor['administration'],
  name = 'release-managers',
): Editor => ({
  principal: { name, kind: 'group', broad: false },
  rights: ['EditBuildDefinition'],
  administration,
});

describe('people-hold-no-standing-admin', () => {
  it.each<ControlRow>([
    ['pass', 'nobody can change the pipeline', { editors: known([]) }],
    [
      'pass',
      'those who can change it do not administer it',
      { editors: known([editor(known('none'))]) },
    ],
    [
      'pass',
      'administration has to be activated',
      { editors: known([editor(known('time-bound'))]) },
      'for a limited time',
    ],
    [
      'fail',
      'somebody administers it all the time',
      {
        editors: known([
          editor(known('none')),
          editor(known('standing'), 'admins'),
        ]),
      },
      'admins can do everything',
    ],
    [
      'fail',
      'one administers it and of another it is not known',
      { editors: known([editor(notRead()), editor(known('standing'))]) },
    ],
    [
      'unknown',
      'it cannot be read of one',
      { editors: known([editor(known('none')), editor(notRead())]) },
    ],
    [
      'unknown',
      'the reader of the source does not tell',
      { editors: known([editor(undefined)]) },
      'release-managers',
    ],
    [
      'unknown',
      'those who can change it cannot be listed',
      { editors: notRead() },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(peopleHoldNoStandingAdmin, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
