import {
  Editor,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { aReason } from 'backstage-plugin-pipeline-posture-node';
import { Holder, PermissionTable } from '../collect/readPermissions';
import { editorsFact } from './editors';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

const aHolder = (name: string, kind: 'group' | 'unknown', broad = false) =>
  ({
    id: name,
    principal: { name, kind, broad },
    allowed: new Set(['EditBuildDefinition']),
  } satisfies Holder);

const editorsOf = (
  holders: Holder[],
  { draft = {}, collectionEditors = [] as Editor[] } = {},
) =>
  editorsFact(
    {
      kind: 'azure-yaml',
      securityToken: 'project/1',
      code: known({ stages: [] }),
      ...draft,
    } as unknown as PipelineDraft,
    {
      state: {
        project: { id: 'project' },
        buildPermissions: known<PermissionTable>(
          new Map([['project', holders]]),
        ),
        taskGroupPermissions: known(new Map()),
        administration: new Map(),
        collectionEditors,
      },
    } as unknown as Resources,
  );

describe('editors of a pipeline', () => {
  it('are not known while one is a group that cannot be looked up', () => {
    expect(editorsOf([aHolder('?', 'unknown')])).toMatchObject({
      known: false,
      reason: { code: 'not-found' },
    });
  });

  it('are known to be too many whoever the others are', () => {
    const broad = aHolder('Contributors', 'group', true);
    expect(editorsOf([aHolder('?', 'unknown'), broad])).toMatchObject({
      known: true,
    });
  });

  it('are not known of a classic pipeline whose task groups are not', () => {
    const draft = { kind: 'azure-classic-build', code: unknown(aReason) };
    expect(editorsOf([], { draft }).known).toBe(false);
    expect(
      editorsOf([], { draft: { ...draft, kind: 'azure-yaml' } }).known,
    ).toBe(true);
    const broad = aHolder('Contributors', 'group', true);
    expect(editorsOf([broad], { draft }).known).toBe(true);
  });

  it('still are those who administer the organisation if they hold only a part by permissions of their own', () => {
    const administrators: Editor = {
      principal: { name: 'Administrators', kind: 'group', broad: false },
      rights: ['everything'],
      administration: known('standing'),
    };
    const fact = editorsOf([aHolder('Administrators', 'group')], {
      collectionEditors: [administrators],
    });
    expect(
      fact.known && fact.value.map(({ administration }) => administration),
    ).toEqual([known('none'), expect.objectContaining({ value: 'standing' })]);
  });
});
