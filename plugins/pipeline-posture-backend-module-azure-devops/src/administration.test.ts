import { Editor } from 'backstage-plugin-pipeline-posture-common';
import {
  AzureDevOpsEstate,
  AzureEstate,
  createAzureDevOpsEstate,
  createAzureEstate,
  loadContosoAzure,
  loadContosoTenant,
} from 'pipeline-posture-estate';
import { azureSource } from './__testUtils__/azure';
import {
  collect,
  MemoryCheckpoints,
  providerFor,
} from './__testUtils__/collecting';

const PROJECT = '[Payments]\\Project Administrators';
const COLLECTION = '[contoso]\\Project Collection Administrators';
const SERVICE = '[contoso]\\Project Collection Service Accounts';

describe('who administers pipelines, over the wire', () => {
  let state: ReturnType<typeof loadContosoAzure>;
  let tenant: ReturnType<typeof loadContosoTenant>;
  let devops: AzureDevOpsEstate;
  let azure: AzureEstate;

  beforeEach(async () => {
    state = loadContosoAzure();
    tenant = loadContosoTenant();
    devops = await createAzureDevOpsEstate({ state });
    // Small pages, so that every list is read over several of them.
    azure = await createAzureEstate({ tenant, pageSize: 2 });
  });
  afterEach(() => Promise.all([devops.close(), azure.close()]));

  const groupOf = (name: string, project?: string) =>
    state.groups.find(each => each.name === name && each.project === project)!;
  const entraGroup = (name: string) =>
    tenant.groups.find(each => each.name === name)!;

  const editorsOf = async (
    source: Record<string, unknown> = azureSource(azure),
  ): Promise<Editor[]> => {
    const { snapshots } = await collect(
      providerFor(devops, source),
      'Payments',
    );
    const editors = snapshots.get('payments-deploy')?.editors;
    return editors?.known ? editors.value : [];
  };
  const administrationOf = async (
    name: string,
    source?: Record<string, unknown>,
  ) => {
    const editors = await editorsOf(source);
    const found = editors.find(each => each.principal.name === name);
    const fact = found?.administration;
    if (!fact) return 'not listed';
    return fact.known ? fact.value : fact.reason;
  };

  it('is time-bound where people activate membership of groups of Microsoft Entra', async () => {
    expect(await administrationOf(PROJECT)).toBe('time-bound');
    expect(await administrationOf(COLLECTION)).toBe('time-bound');
    expect(await administrationOf(SERVICE)).toBe('not listed');
  });

  it('is standing if one person is in such a group without activating it', async () => {
    entraGroup('Payments Admins (PIM)').members.push('Pete Permanent');
    entraGroup('Org Admins (PIM)').assigned.push({
      principal: 'Tess Temporary',
      until: '2026-12-24T08:00:00Z',
    });
    expect(await administrationOf(PROJECT)).toBe('standing');
    expect(await administrationOf(COLLECTION)).toBe('standing');
  });

  it('is standing if an application is in such a group, which the list of its members leaves out', async () => {
    entraGroup('Org Admins (PIM)').eligible = [];
    entraGroup('Org Admins (PIM)').members.push('maintenance');
    expect(await administrationOf(COLLECTION)).toBe('standing');
  });

  it('is standing if people are in a group of Microsoft Entra within it, or in one that is not managed at all', async () => {
    tenant.groups.push({
      name: 'Leads',
      members: ['Lea Lead'],
      activated: [],
      assigned: [],
      eligible: [],
    });
    entraGroup('Payments Admins (PIM)').members.push('Leads');
    expect(await administrationOf(PROJECT)).toBe('standing');
    tenant.hasPimLicence = false;
    entraGroup('Payments Admins (PIM)').members = [];
    expect(await administrationOf(PROJECT)).toBe('standing');
  });

  it('follows groups of Azure DevOps that are in it', async () => {
    state.groups.push({
      name: 'Leads',
      project: 'Payments',
      members: [{ name: 'Lea Lead', kind: 'user' }],
    });
    for (const group of [
      groupOf('Project Administrators', 'Payments'),
      groupOf('Project Collection Administrators'),
    ])
      group.members = [{ name: '[Payments]\\Leads', kind: 'group' }];
    const editors = await editorsOf();
    expect(await administrationOf(PROJECT)).toBe('standing');
    expect(
      editors.find(({ principal }) => principal.name === COLLECTION),
    ).toMatchObject({
      rights: ['1 accounts in it may do everything'],
      administration: { value: 'standing' },
    });
  });

  it('counts in the group of service accounts whoever comes from Microsoft Entra, and not what is of the service itself', async () => {
    const { members } = groupOf('Project Collection Service Accounts');
    state.groups.push({
      name: 'Enterprise Service Accounts',
      members: [{ name: 'Ella Enterprise', kind: 'user' }],
    });
    members.push({
      name: '[contoso]\\Enterprise Service Accounts',
      kind: 'group',
    });
    expect(await administrationOf(SERVICE)).toBe('not listed');
    members.push({ name: 'Org Admins (PIM)', kind: 'entra-group' });
    expect(await administrationOf(SERVICE)).toBe('time-bound');
    entraGroup('Org Admins (PIM)').members.push('Pete Permanent');
    expect(await administrationOf(SERVICE)).toBe('standing');
  });

  it('is unknown in both groups where Microsoft Graph is not connected, and asks nothing in vain', async () => {
    for (const name of [PROJECT, 'Project Collection Administrators']) {
      expect(await administrationOf(name, {})).toMatchObject({
        code: 'not-connected',
        message: expect.stringContaining('has only groups as members'),
        action: expect.stringContaining('azureResourceManager'),
      });
    }
    expect(devops.calls.count('graph.groups.get')).toBe(0);
  });

  it.each([
    'GroupMember.Read.All',
    'PrivilegedAssignmentSchedule.Read.AzureADGroup',
  ])('is unknown without %s, and says who gives it', async permission => {
    const [reader] = tenant.clients;
    reader.graphPermissions = reader.graphPermissions.filter(
      each => each !== permission,
    );
    expect(await administrationOf(PROJECT)).toMatchObject({
      code: 'permission-missing',
      permission: expect.stringContaining(permission),
      message: expect.stringContaining('the group Payments Admins (PIM)'),
      actor: 'platform-team',
    });
  });

  it('needs no permission to see who may activate membership', async () => {
    const [reader] = tenant.clients;
    reader.graphPermissions = reader.graphPermissions.filter(
      each => !each.startsWith('PrivilegedEligibility'),
    );
    expect(await administrationOf(COLLECTION)).toBe('time-bound');
  });

  it('is unknown where a group of Microsoft Entra hides its members, which look like none', async () => {
    const group = entraGroup('Payments Admins (PIM)');
    group.members.push('Pete Permanent');
    group.activated = [];
    group.hidesMembers = true;
    tenant.hasPimLicence = false;
    expect(await administrationOf(PROJECT)).toMatchObject({
      code: 'permission-missing',
      permission: expect.stringContaining('Member.Read.Hidden'),
    });
  });

  it('is unknown where the connected tenant does not know the group', async () => {
    tenant.groups = [];
    expect(await administrationOf(PROJECT)).toMatchObject({
      code: 'not-found',
      action: expect.stringContaining('is in the tenant'),
    });
  });

  it('is asked for once for all projects, and again when that is too old', async () => {
    const provider = providerFor(devops, azureSource(azure));
    const counts = () => [
      devops.calls.count('graph.groups.get'),
      azure.calls.count('graph.members'),
      azure.calls.count('graph.memberApplications'),
      azure.calls.count('graph.groups'),
      azure.calls.count('graph.pim.assignmentScheduleInstances'),
      azure.calls.count('graph.pim.eligibilityScheduleInstances'),
    ];
    const checkpoints = new MemoryCheckpoints();
    const at = (now: string) => ({ checkpoints, now: new Date(now) });
    await collect(provider, 'Payments', at('2026-11-21T08:00:00Z'));
    // Of the group that somebody is in, nobody asks who else may be, or whether it hides them.
    expect(counts()).toEqual([2, 2, 2, 1, 2, 1]);
    await collect(provider, 'Storefront', at('2026-11-21T08:00:00Z'));
    await collect(provider, 'Payments', at('2026-11-21T20:00:00Z'));
    expect(counts()).toEqual([2, 2, 2, 1, 2, 1]);
    const later = providerFor(devops, azureSource(azure));
    await collect(later, 'Payments', at('2026-11-22T20:00:00Z'));
    expect(counts()).toEqual([4, 4, 4, 2, 4, 2]);
    expect(checkpoints.text).not.toContain('contoso-demo-reader');
  });
});
