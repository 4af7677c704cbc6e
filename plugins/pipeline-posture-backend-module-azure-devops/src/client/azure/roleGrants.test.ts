import { grantsOfAssignment } from './roleGrants';
import { RoleDefinition } from './wire';

const SUBSCRIPTION = '/subscriptions/11111111-2222-4333-8444-555555550001';
const GROUP = `${SUBSCRIPTION}/resourceGroups/shop`;
const CONTRIBUTOR_NOT = [
  'Microsoft.Authorization/*/Delete',
  'Microsoft.Authorization/*/Write',
  'Microsoft.Authorization/elevateAccess/Action',
];

const role = (
  actions: string[],
  notActions: string[] = [],
  dataActions: string[] = [],
): RoleDefinition => ({
  name: 'id',
  roleName: 'A role',
  permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
});

const found = (
  given: RoleDefinition,
  scope: string,
  condition?: string,
): string[] =>
  grantsOfAssignment({ scope, condition }, given, { names: new Map() }).map(
    ({ breadth, risk }) => [breadth, risk].filter(Boolean).join(' '),
  );

describe('what a role assignment amounts to', () => {
  it.each<[string, RoleDefinition, string, string[]]>([
    ['Owner of a subscription', role(['*']), SUBSCRIPTION, ['administrator']],
    ['Owner of the tenant', role(['*']), '/', ['administrator']],
    [
      'Contributor of a subscription',
      role(['*'], CONTRIBUTOR_NOT),
      SUBSCRIPTION,
      ['wide whole-service'],
    ],
    [
      'Contributor of a management group',
      role(['*'], CONTRIBUTOR_NOT),
      '/providers/Microsoft.Management/managementGroups/root',
      ['administrator'],
    ],
    [
      'Contributor of a resource group',
      role(['*'], CONTRIBUTOR_NOT),
      GROUP,
      ['narrow'],
    ],
    ['Owner of a resource group', role(['*']), GROUP, ['wide escalation']],
    ['Reader', role(['*/read']), SUBSCRIPTION, ['narrow']],
    [
      'a wildcard in the middle that reaches authorisation',
      role(['Microsoft.Auth*/roleAssignments/*']),
      SUBSCRIPTION,
      ['wide escalation', 'wide whole-service'],
    ],
    [
      'the right to change roles, in other letters',
      role(['MICROSOFT.AUTHORIZATION/ROLEDEFINITIONS/WRITE']),
      SUBSCRIPTION,
      ['wide escalation', 'wide unconstrained-write'],
    ],
    [
      'every change to everything',
      role(['*/write']),
      SUBSCRIPTION,
      ['administrator'],
    ],
    [
      'one service on a subscription',
      role(['Microsoft.Web/*']),
      SUBSCRIPTION,
      ['wide whole-service'],
    ],
    [
      'named actions on a subscription',
      role(['Microsoft.Web/sites/write']),
      SUBSCRIPTION,
      ['wide unconstrained-write'],
    ],
    [
      'secrets of every vault',
      role([], [], ['Microsoft.KeyVault/vaults/secrets/getSecret/action']),
      SUBSCRIPTION,
      ['wide read-every-secret'],
    ],
    [
      'secrets of one vault',
      role([], [], ['Microsoft.KeyVault/vaults/*']),
      `${GROUP}/providers/Microsoft.KeyVault/vaults/shop`,
      ['narrow'],
    ],
    ['nothing at all', role([]), SUBSCRIPTION, ['narrow']],
  ])('%s', (_, given, scope, expected) => {
    expect(found(given, scope)).toEqual(expected);
  });

  it('is no way to more rights where a condition names what may be assigned', () => {
    const condition =
      "(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})";
    const assigning = role(['Microsoft.Authorization/roleAssignments/write']);
    expect(found(assigning, GROUP, condition)).toEqual(['narrow']);
    expect(
      found(
        assigning,
        GROUP,
        "@Resource[Microsoft.Storage/x:name] StringEquals 'a'",
      ),
    ).toEqual(['wide escalation']);
  });

  it.each([
    [
      'taking assignments away',
      "(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})",
    ],
    [
      'assigning, with a role that assigns in turn',
      '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7, 18D7D88D-d35e-4fb5-a5c3-7773c20a72d9}',
    ],
    [
      'assigning, with all roles but one',
      '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals {8e3af657-a8ff-443c-a75c-2fe8c4bcb635}',
    ],
  ])('is a way to more rights with a condition on %s', (_, condition) => {
    const assigning = role(['Microsoft.Authorization/roleAssignments/write']);
    expect(found(assigning, GROUP, condition)).toEqual(['wide escalation']);
  });

  it('counts each set of actions by itself: one does not take away from another', () => {
    const given: RoleDefinition = {
      name: 'id',
      roleName: 'Two sets',
      permissions: [
        { actions: ['*'], notActions: ['Microsoft.Authorization/*'] },
        { actions: ['Microsoft.Authorization/roleAssignments/write'] },
      ],
    };
    expect(found(given, SUBSCRIPTION)).toEqual(['administrator']);
  });
});
