import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ClientSecretCredential } from '@azure/identity';
import { get } from 'node:https';
import {
  AzureEstate,
  CONTOSO_AZURE_READER,
  createAzureEstate,
  loadContosoTenant,
} from '.';
import { groupId } from './directory';

const SUBSCRIPTION = '11111111-2222-4333-8444-555555550003';
const AUTHORIZATION = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization`;

interface Raw {
  status: number;
  body: {
    value?: Array<{
      properties: Record<string, unknown>;
      [key: string]: unknown;
    }>;
    error?: { code: string; innerError?: object };
    [key: string]: unknown;
  };
}

describe('the local Azure', () => {
  let azure: AzureEstate;
  const tenant = loadContosoTenant();
  // Something for every list.
  tenant.subscriptions[2].roleAssignments.push({
    principal: 'Platform operators',
    role: 'Owner',
    until: '2026-12-01T08:00:00Z',
    condition: "@Resource[Microsoft.Storage/x:name] StringEquals 'a'",
    eligible: false,
  });
  tenant.subscriptions[2].roleAssignments.push({
    principal: 'Platform operators',
    role: 'Reader',
    eligible: true,
  });

  beforeAll(async () => {
    azure = await createAzureEstate({ tenant, pageSize: 2 });
  });
  afterAll(() => azure.close());

  const credential = (secret: string = CONTOSO_AZURE_READER.clientSecret) =>
    new ClientSecretCredential(
      CONTOSO_AZURE_READER.tenantId,
      CONTOSO_AZURE_READER.clientId,
      secret,
      {
        authorityHost: azure.urls.authority,
        disableInstanceDiscovery: true,
        tlsOptions: { ca: azure.certificate },
        retryOptions: { maxRetries: 0 },
      },
    );
  const client = () =>
    new AuthorizationManagementClient(credential(), SUBSCRIPTION, {
      endpoint: azure.urls.resourceManager,
      $host: azure.urls.resourceManager,
      tlsOptions: { ca: azure.certificate },
      retryOptions: { maxRetries: 0 },
    });
  const raw = async (
    host: 'resourceManager' | 'graph',
    path: string,
    audience: 'resourceManager' | 'graph' = host,
  ): Promise<Raw> => {
    const { token } = await credential().getToken(
      `${azure.urls[audience]}/.default`,
    );
    return new Promise((resolve, reject) => {
      get(
        `${azure.urls[host]}${path}`,
        {
          ca: azure.certificate,
          headers: { authorization: `Bearer ${token}` },
        },
        response => {
          let text = '';
          response.on('data', part => {
            text += part;
          });
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: JSON.parse(text),
            }),
          );
        },
      ).on('error', reject);
    });
  };
  const all = async <T>(pages: AsyncIterable<T>): Promise<T[]> => {
    const entries: T[] = [];
    for await (const each of pages) entries.push(each);
    return entries;
  };

  it.each([
    ['roleAssignments', 'api-version=2022-04-01'],
    ['roleDefinitions', 'api-version=2022-04-01'],
    ['roleAssignmentScheduleInstances', 'api-version=2020-10-01'],
    ['roleEligibilityScheduleInstances', 'api-version=2020-10-01'],
  ] as const)(
    'sends %s such that the library knows every member of them, over all pages',
    async (kind, version) => {
      const scope = `subscriptions/${SUBSCRIPTION}`;
      const lists = {
        roleAssignments: () => client().roleAssignments.listForScope(scope),
        roleDefinitions: () => client().roleDefinitions.list(scope),
        roleAssignmentScheduleInstances: () =>
          client().roleAssignmentScheduleInstances.listForScope(scope),
        roleEligibilityScheduleInstances: () =>
          client().roleEligibilityScheduleInstances.listForScope(scope),
      };
      const read = (await all<object>(lists[kind]())) as Array<
        Record<string, unknown>
      >;
      expect(read.length).toBeGreaterThan(0);
      const { body } = await raw(
        'resourceManager',
        `${AUTHORIZATION}/${kind}?${version}`,
      );
      const [sent] = body.value ?? [];
      const [first] = read;
      const names = Object.keys({ ...sent, ...sent.properties })
        .filter(name => name !== 'properties')
        // The library calls the type of a role differently from the type of the resource.
        .map(name =>
          kind === 'roleDefinitions' && name === 'type' ? 'roleType' : name,
        );
      const unknown = names.filter(name => !(name in first));
      expect(unknown).toEqual([]);
      const times = Object.entries(first).filter(
        ([name, value]) => /(On|DateTime)$/.test(name) && value !== null,
      );
      expect(times.every(([, value]) => value instanceof Date)).toBe(true);
    },
  );

  it('refuses a wrong secret as Microsoft Entra does', async () => {
    await expect(
      credential('wrong').getToken(`${azure.urls.graph}/.default`),
    ).rejects.toThrow(/AADSTS7000215/);
  });

  it('takes a token for the audience that it was issued for only', async () => {
    const { status, body } = await raw(
      'graph',
      '/v1.0/applications',
      'resourceManager',
    );
    expect([status, body.error?.code]).toEqual([
      401,
      'InvalidAuthenticationToken',
    ]);
  });

  it('words refusals as Azure does', async () => {
    const refused = await raw(
      'resourceManager',
      '/subscriptions/11111111-2222-4333-8444-555555550005/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01',
    );
    expect([refused.status, refused.body.error?.code]).toEqual([
      403,
      'AuthorizationFailed',
    ]);
    const versionless = await raw(
      'resourceManager',
      `${AUTHORIZATION}/roleAssignments`,
    );
    expect(versionless.body.error?.code).toBe('MissingApiVersionParameter');
  });

  it('pages what Graph lists, and answers for at most fifteen ids at once', async () => {
    const first = await raw('graph', '/v1.0/applications?$select=id,appId');
    expect(first.body['@odata.nextLink']).toMatch(/skiptoken/i);
    const ids = Array.from({ length: 16 }, (_, at) => `'${at}'`).join(',');
    const many = await raw(
      'graph',
      `/v1.0/applications?$filter=${encodeURIComponent(`appId in (${ids})`)}`,
    );
    expect([many.status, many.body.error?.code]).toEqual([
      400,
      'Request_UnsupportedQuery',
    ]);
    expect(many.body.error?.innerError).toBeDefined();
  });

  describe('asked about groups', () => {
    const [reader] = tenant.clients;
    const granted = [...reader.graphPermissions];
    const PIM = '/v1.0/identityGovernance/privilegedAccess/group';
    const id = groupId('Payments Admins (PIM)');
    const filter = `$filter=${encodeURIComponent(`groupId eq '${id}'`)}`;
    afterEach(() => {
      reader.graphPermissions = [...granted];
      tenant.hasPimLicence = true;
    });

    it('tells people and groups among the members, and applications only by the cast', async () => {
      const group = tenant.groups.find(({ name }) => name.startsWith('Search'));
      group?.members.push('Sue Stock', 'Payments Admins (PIM)');
      const members = `/v1.0/groups/${groupId('Search deployers')}/members`;
      const { body } = await raw('graph', members);
      const types = (body.value ?? []).map(each => each['@odata.type']);
      expect(types).toEqual([
        '#microsoft.graph.user',
        '#microsoft.graph.group',
      ]);
      const cast = await raw(
        'graph',
        `${members}/microsoft.graph.servicePrincipal`,
      );
      expect(cast.body.value).toHaveLength(1);
    });

    it('tells nobody of a group that hides its members, but that it does', async () => {
      const [group] = tenant.groups.filter(({ name }) => groupId(name) === id);
      group.hidesMembers = true;
      const members = await raw('graph', `/v1.0/groups/${id}/members`);
      const groups = await raw(
        'graph',
        `/v1.0/groups?$filter=${encodeURIComponent(`id eq '${id}'`)}`,
      );
      delete group.hidesMembers;
      expect(members.body.value).toEqual([]);
      expect(groups.body.value).toEqual([
        { id, visibility: 'HiddenMembership' },
      ]);
    });

    it('tells who activated membership, and who may', async () => {
      const active = await raw(
        'graph',
        `${PIM}/assignmentScheduleInstances?${filter}`,
      );
      expect(active.body.value).toEqual([
        expect.objectContaining({
          accessId: 'member',
          groupId: id,
          assignmentType: 'Activated',
          memberType: 'Direct',
          endDateTime: expect.any(String),
        }),
      ]);
      const eligible = await raw(
        'graph',
        `${PIM}/eligibilityScheduleInstances?${filter}`,
      );
      expect(eligible.body.value).toHaveLength(2);
    });

    it('wants to know of which group, and whether there is a licence', async () => {
      const whole = await raw('graph', `${PIM}/assignmentScheduleInstances`);
      expect([whole.status, whole.body.error?.code]).toEqual([
        400,
        'MissingParameter',
      ]);
      tenant.hasPimLicence = false;
      const without = await raw(
        'graph',
        `${PIM}/assignmentScheduleInstances?${filter}`,
      );
      expect(without.status).toBe(400);
      expect(JSON.stringify(without.body)).toContain(
        'AadPremiumLicenseRequired',
      );
    });

    it.each([
      ['GroupMember.Read.All', `/v1.0/groups/${id}/members`],
      [
        'PrivilegedAssignmentSchedule.Read.AzureADGroup',
        `${PIM}/assignmentScheduleInstances?${filter}`,
      ],
      [
        'PrivilegedEligibilitySchedule.Read.AzureADGroup',
        `${PIM}/eligibilityScheduleInstances?${filter}`,
      ],
    ])('refuses without %s, and only then', async (permission, path) => {
      expect((await raw('graph', path)).status).toBe(200);
      reader.graphPermissions = granted.filter(each => each !== permission);
      expect((await raw('graph', path)).status).toBe(403);
    });
  });
});
