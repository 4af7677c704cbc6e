import { known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { aReason } from 'backstage-plugin-pipeline-posture-node';
import { release } from '../client/wire';
import { PermissionTable } from '../collect/readPermissions';
import { CodeReader } from '../reading/CodeReader';
import { readClassicRelease } from '../reading/readClassicRelease';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';
import { gatesOf } from './stageGates';

const INTERVENTION = 'bcb64569-d51a-4af0-9c01-ea5d05b3b622';
const BASH = '6c731c3c-3c68-459a-a5c9-bde6e6595b5b';

const asks = (task: object = {}, condition = 'succeeded()') => ({
  name: 'Ask',
  deploymentInput: { condition },
  workflowTasks: [{ taskId: INTERVENTION, name: 'Go?', ...task }],
});
const runs = (script: string, condition = '') => ({
  name: 'Run',
  deploymentInput: { condition },
  workflowTasks: [{ taskId: BASH, name: 'Run', inputs: { script } }],
});
const DEPLOYS = runs('kubectl apply -f x');

const contributors = (right: string) => ({
  id: 'c',
  principal: { name: 'Contributors', kind: 'group' as const, broad: true },
  allowed: new Set([right]),
});

function gatesIn(
  phases: object[],
  {
    earlier = [] as object[],
    permissions = known<PermissionTable>(
      new Map(),
    ) as Resources['state']['releasePermissions'],
    taskGroups = new Map(),
  } = {},
) {
  const code = readClassicRelease(
    release.parse({
      id: 3,
      name: 'Shop',
      environments: [
        { id: 4, name: 'Test', deployPhases: earlier },
        {
          id: 5,
          name: 'Production',
          conditions: [
            { name: 'Test', conditionType: 'environmentState', value: '4' },
          ],
          deployPhases: phases,
        },
      ],
    }),
    { reader: new CodeReader(), taskGroups, isConnection: () => false },
  );
  const gates = gatesOf(
    code.stages[1],
    {
      kind: 'azure-classic-release',
      code: known(code),
      ownGates: new Map(),
      securityToken: 'p/3',
      url: 'https://example.com',
    } as unknown as PipelineDraft,
    { names: [], unresolved: [] },
    [],
    {
      state: {
        project: { id: 'p' },
        broadGroups: new Set(),
        releasePermissions: permissions,
        taskGroupPermissions: known(new Map()),
        administration: new Map(),
        collectionEditors: [],
      },
    } as unknown as Resources,
  );
  return gates.known ? gates.value : undefined;
}

describe('a task of a release that waits for a person', () => {
  it('is an approval that anybody who may deploy can give, and the requester too', () => {
    const permissions = known<PermissionTable>(
      new Map([
        ['p', [contributors('ViewReleases')]],
        ['p/3/environment/5', [contributors('ManageDeployments')]],
      ]),
    );
    expect(gatesIn([asks(), DEPLOYS], { permissions })).toMatchObject([
      {
        kind: 'approval',
        effective: true,
        approvers: [{ name: 'Contributors', broad: true }],
        requesterCanApprove: { value: true },
        canBeSkipped: { value: false },
      },
    ]);
  });

  it('can be skipped where practically every builder may take it out', () => {
    const permissions = known<PermissionTable>(
      new Map([['p', [contributors('EditReleaseDefinition')]]]),
    );
    expect(gatesIn([asks(), DEPLOYS], { permissions })).toMatchObject([
      { approvers: [], canBeSkipped: { value: true } },
    ]);
  });

  it('is given by nobody who is known while permissions are not read', () => {
    expect(
      gatesIn([asks(), DEPLOYS], { permissions: unknown(aReason) }),
    ).toMatchObject([
      {
        effective: true,
        approversUnread: aReason,
        canBeSkipped: { known: false },
      },
    ]);
  });

  it('is none for a later stage, which can be deployed by hand without it', () => {
    expect(gatesIn([DEPLOYS], { earlier: [asks(), DEPLOYS] })).toEqual([]);
  });

  it.each([
    ['a job before it', [DEPLOYS, asks()]],
    ['nobody answers', [asks({ inputs: { onTimeout: 'resume' } }), DEPLOYS]],
    ['failures are ignored', [asks({ continueOnError: true }), DEPLOYS]],
    ['switched off', [asks({ enabled: false }), DEPLOYS]],
    ['under a condition', [asks({ condition: 'eq(1, variables.x)' }), DEPLOYS]],
    ['its job only', [asks({}, "eq(variables.x, 'y')"), DEPLOYS]],
    ['whatever the answer', [asks(), runs('kubectl apply -f x', 'always()')]],
    ['whatever the answer', [asks(), runs('./go.sh', 'failed()')]],
  ])('stops nothing where %s', (because, phases) => {
    expect(gatesIn(phases)).toMatchObject([
      { effective: false, ineffectiveBecause: expect.stringMatching(because) },
    ]);
  });

  it('may have jobs around it that put nothing out', () => {
    const phases = [
      runs('./smoke.sh'),
      asks(),
      DEPLOYS,
      runs('curl -d done https://chat.example.com', 'always()'),
    ];
    expect(gatesIn(phases)).toMatchObject([{ effective: true }]);
  });

  it('comes where its rank says', () => {
    const phases = [
      { ...DEPLOYS, rank: 2 },
      { ...asks(), rank: 1 },
    ];
    expect(gatesIn(phases)).toMatchObject([{ effective: true }]);
  });

  it('stops nothing in a task group that is switched off', () => {
    const taskGroups = new Map([
      ['g', { id: 'g', tasks: [{ task: { id: INTERVENTION } }] }],
    ]);
    const group = { taskId: 'g', definitionType: 'metaTask' };
    const gatesWith = (enabled: boolean) =>
      gatesIn([{ workflowTasks: [{ ...group, enabled }] }, DEPLOYS], {
        taskGroups,
      });
    expect(gatesWith(true)).toMatchObject([{ effective: true }]);
    expect(gatesWith(false)).toMatchObject([{ effective: false }]);
  });
});
