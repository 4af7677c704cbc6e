import { Editor, known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { pipelineNotEditableByBuilders } from './pipeline-not-editable-by-builders';

const editor = (name: string, broad: boolean): Editor => ({
  principal: { name, kind: 'group', broad },
  rights: ['EditBuildDefinition'],
});

describe('pipeline-not-editable-by-builders', () => {
  it.each<ControlRow>([
    [
      'pass',
      'only a small group can edit it',
      { editors: known([editor('pipeline-owners', false)]) },
      'and no broad group',
    ],
    ['pass', 'nobody can edit it', { editors: known([]) }],
    [
      'fail',
      'all contributors can edit it',
      {
        editors: known([
          editor('pipeline-owners', false),
          editor('Contributors', true),
        ]),
      },
      'Contributors can change the pipeline: EditBuildDefinition.',
    ],
    ['unknown', 'the permissions cannot be read', { editors: notRead() }],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(pipelineNotEditableByBuilders, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
