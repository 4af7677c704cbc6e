import { TestDatabases } from '@backstage/backend-test-utils';
import { startContoso } from './__testUtils__/contoso';

const ROLE = 'arn:aws:iam::444455556666:role/orders-infra-deploy';

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('the validation of an identity on request', () => {
  let contoso: Awaited<ReturnType<typeof startContoso>>;
  let path: (pipeline: string) => string;
  beforeAll(async () => {
    contoso = await startContoso({ databases, databaseId: 'SQLITE_3' });
    await contoso.settled();
    const { items } = await contoso.get('/pipelines?size=100');
    path = name =>
      `/pipelines/${encodeURIComponent(
        items.find((p: { name: string }) => p.name === name).id,
      )}/policy-validation`;
  });
  afterAll(() => contoso.stop());

  it('answers with what the source says of each policy', async () => {
    const { status, body } = await contoso.post(path('orders-infra'), {
      identityId: ROLE,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      identityId: ROLE,
      policies: {
        known: true,
        value: [
          {
            name: 'inline policy deploy',
            remarks: [{ code: 'PASS_ROLE_WITH_STAR_IN_RESOURCE' }],
          },
          { name: 'trust policy', remarks: [] },
        ],
      },
    });
  });

  it('looks at no role that the pipeline does not use', async () => {
    const { status } = await contoso.post(path('warehouse-sync'), {
      identityId: ROLE,
    });
    expect(status).toBe(404);
  });

  it('says what to change in a wrong request', async () => {
    const { status, body } = await contoso.post(path('orders-infra'), {
      role: ROLE,
    });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/identityId/);
  });

  it('says that a source cannot do it', async () => {
    const { status, body } = await contoso.post(path('payments-deploy'), {
      identityId: 'anything',
    });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/Azure DevOps cannot/);
  });
});
