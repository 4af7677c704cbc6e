import { Collecting } from './__testUtils__/collecting';

// The first test of a file loads the clients of a dozen services.
describe('the validation of a role by Access Analyzer', () => {
  const COMMERCE = '111122223333';
  const role = (name: string) => `arn:aws:iam::${COMMERCE}:role/${name}`;
  const signal = new AbortController().signal;

  it('covers every policy that the account has written, and its trust', async () => {
    const collecting = await Collecting.start();
    try {
      const validated = await collecting.provider.validateIdentity(
        collecting.scope('444455556666'),
        'arn:aws:iam::444455556666:role/orders-infra-deploy',
        { signal },
      );
      expect(validated).toMatchObject({
        known: true,
        value: [
          {
            name: 'inline policy deploy',
            remarks: [
              {
                kind: 'security-warning',
                code: 'PASS_ROLE_WITH_STAR_IN_RESOURCE',
              },
            ],
          },
          { name: 'trust policy', remarks: [] },
        ],
      });
    } finally {
      await collecting.close();
    }
  });

  it.each([
    ['a role that is not there', role('nobody'), 'not-found'],
    [
      'a role of an account that is not read',
      'arn:aws:iam::999900001111:role/x',
      'not-connected',
    ],
    ['something that is no role', 'hello', 'not-connected'],
  ])('says why not for %s', async (_what, id, code) => {
    const collecting = await Collecting.start();
    try {
      expect(
        await collecting.provider.validateIdentity(
          collecting.scope(COMMERCE),
          id,
          { signal },
        ),
      ).toMatchObject({ known: false, reason: { code } });
    } finally {
      await collecting.close();
    }
  });

  it('names the permission that is missing', async () => {
    const collecting = await Collecting.start();
    collecting.behaviour.addFault({
      match: { operation: 'access-analyzer:ValidatePolicy' },
      kind: 'deny',
    });
    try {
      expect(
        await collecting.provider.validateIdentity(
          collecting.scope(COMMERCE),
          role('orders-api-deploy-test'),
          { signal },
        ),
      ).toMatchObject({
        reason: { permission: 'access-analyzer:ValidatePolicy' },
      });
    } finally {
      await collecting.close();
    }
  });
});
