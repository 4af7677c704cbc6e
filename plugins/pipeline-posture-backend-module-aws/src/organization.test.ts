import { loadContosoAws, roleSchema } from 'pipeline-posture-estate';
import { Collecting, CONTOSO_CONFIG } from './__testUtils__/collecting';

const COMMERCE = '111122223333';
const PARTNER = '999900001111';

async function trustOfDeployRole(members: string[]) {
  const state = loadContosoAws();
  const [commerce] = state.accounts;
  commerce.organization = { members, policies: [], units: {} };
  commerce.iam.roles = commerce.iam.roles.map(role =>
    role.name === 'recommendations-deploy-staging'
      ? roleSchema.parse({
          ...role,
          trust: {
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${PARTNER}:role/releases` },
              Action: 'sts:AssumeRole',
            },
          },
        })
      : role,
  );
  const collecting = await Collecting.start({
    state,
    config: {
      ...CONTOSO_CONFIG,
      pipelinePosture: {
        aws: [
          {
            id: 'contoso',
            organization: {
              managementAccount: COMMERCE,
              exclude: members.filter(id => id !== COMMERCE && id !== PARTNER),
            },
            regions: ['eu-west-1'],
          },
        ],
      },
    },
  });
  try {
    const run = await collecting.run(collecting.scope(COMMERCE));
    return run.status('recommendations', 'identity-trusts-only-its-pipeline');
  } finally {
    await collecting.close();
  }
}

describe('a role that trusts another account', () => {
  it('is as it should be if that account belongs to the organization', async () => {
    expect(await trustOfDeployRole([COMMERCE, PARTNER])).toBe('pass');
  });

  it('is open if that account is a stranger', async () => {
    expect(await trustOfDeployRole([COMMERCE])).toBe('fail');
  });
});
