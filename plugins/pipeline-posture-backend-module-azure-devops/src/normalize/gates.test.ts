import { checkConfiguration } from '../client/wire';
import { decorativeBecause, gatesFrom } from './gates';

const BROAD = new Set(['contributors']);
const APPROVAL = '8c6f20a7-a545-4486-9777-f762fafe0d4d';
const TASK = 'fe1de3ee-a436-41b4-bb20-f6eb4cb879a7';

const gate = (typeId: string, settings?: object, rest: object = {}) =>
  gatesFrom(
    [
      checkConfiguration.parse({
        id: 1,
        type: { id: typeId, name: 'x' },
        resource: { type: 'environment', id: '1' },
        settings,
        ...rest,
      }),
    ],
    { title: 'environment shop' },
    BROAD,
  )[0];

describe('checks as gates', () => {
  it('reads an approval with its approvers', () => {
    const settings = {
      approvers: [
        { displayName: '[Shop]\\Contributors', id: '1' },
        { displayName: 'Rae Release', id: '2' },
      ],
      requesterCannotBeApprover: true,
    };
    expect(gate(APPROVAL, settings)).toMatchObject({
      kind: 'approval',
      effective: true,
      approvers: [
        { kind: 'group', broad: true },
        { kind: 'user', broad: false },
      ],
      requesterCanApprove: { value: false },
    });
  });

  it('lets the requester approve when nothing is said', () => {
    expect(
      gate(APPROVAL, { approvers: [{ displayName: 'Rae' }] }),
    ).toMatchObject({ requesterCanApprove: { value: true } });
  });

  it.each([
    [
      'it is disabled',
      { approvers: [{ displayName: 'Rae' }] },
      { isDisabled: true },
    ],
    [
      'Azure DevOps reports that it does not work',
      { approvers: [{ displayName: 'Rae' }] },
      { issue: { type: 'error' } },
    ],
    ['it has no approver', { approvers: [] }, {}],
  ])('has no effect when %s', (because, settings, rest) => {
    expect(gate(APPROVAL, settings, rest)).toMatchObject({
      effective: false,
      ineffectiveBecause: because,
    });
  });

  it('tells task checks apart by what is behind them, not by their name', () => {
    const branch = {
      displayName: 'My check',
      definitionRef: { id: '86B05A0C-73E6-4F7D-B3CF-E38F3B39A75B' },
      inputs: {},
    };
    expect(gate(TASK, branch)).toMatchObject({
      kind: 'branch-control',
      name: 'My check',
    });
    expect(
      gate(TASK, { displayName: 'Branch control', definitionRef: { id: 'x' } }),
    ).toMatchObject({ kind: 'other' });
    expect(gate(TASK, undefined)).toMatchObject({ kind: 'other' });
  });

  it('takes a lock for no gate', () => {
    expect(gate('2ef31ad6-baa0-403a-8b45-2cbc9b4e5563')).toBeUndefined();
  });

  it.each([
    [
      {
        allowedBranches: 'refs/heads/main',
        ensureProtectionOfBranch: 'true',
        allowUnknownStatusBranch: 'false',
      },
      undefined,
    ],
    [
      {
        allowedBranches: 'refs/heads/main, refs/heads/release/*',
        ensureProtectionOfBranch: 'True',
      },
      undefined,
    ],
    [
      { allowedBranches: '', ensureProtectionOfBranch: 'true' },
      'names no branch',
    ],
    [{ allowedBranches: '*', ensureProtectionOfBranch: 'true' }, 'allows *'],
    [
      { allowedBranches: 'refs/heads/*', ensureProtectionOfBranch: 'true' },
      'allows refs/heads/*',
    ],
    ...['**', 'refs/heads/**', 'refs/h*', 'refs/heads/?*', 'REFS/HEADS/*'].map(
      (allowedBranches): [Record<string, string>, string] => [
        { allowedBranches, ensureProtectionOfBranch: 'true' },
        `allows ${allowedBranches}`,
      ],
    ),
    ...['refs/tags/*', 'refs/heads/main, refs/tags/v1', 'refs/t*'].map(
      (allowedBranches): [Record<string, string>, string] => [
        { allowedBranches, ensureProtectionOfBranch: 'true' },
        'a tag may stand on any commit',
      ],
    ),
    [
      { allowedBranches: 'main', ensureProtectionOfBranch: 'true' },
      'not a full name',
    ],
    [
      { allowedBranches: 'refs/heads/main', ensureProtectionOfBranch: 'false' },
      'does not verify',
    ],
    [
      {
        allowedBranches: 'refs/heads/main',
        ensureProtectionOfBranch: 'true',
        allowUnknownStatusBranch: 'true',
      },
      'not known',
    ],
    [undefined, 'names no branch'],
  ])(
    'sees whether branch control %j lets everything through',
    (inputs, because) => {
      const found = decorativeBecause(inputs);
      expect(found === undefined ? found : found.includes(because ?? '—')).toBe(
        because === undefined ? undefined : true,
      );
    },
  );
});
