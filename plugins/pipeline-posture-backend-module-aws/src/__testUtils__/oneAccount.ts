import {
  AwsAccount,
  emptyAccount,
  pipelineSchema,
  projectSchema,
  RegionState,
  regionSchema,
  roleSchema,
  userSchema,
} from 'pipeline-posture-estate';
import { Collecting, Run } from './collecting';

/** The account of these tests. */
export const SHOP = '222233334444';

/** ARN of a role of that account. */
export const shopRole = (name: string) => `arn:aws:iam::${SHOP}:role/${name}`;

/** A trust policy for a service or a principal. */
export const trusting = (Principal: object, Condition?: object) => ({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal,
    Action: 'sts:AssumeRole',
    ...(Condition && { Condition }),
  },
});

/** A policy with one Allow statement. */
export const allowing = (
  Action: string | string[],
  Resource: string | string[] = '*',
) => ({
  run: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource }],
  },
});

/** An action of AWS. */
export const anAction = (
  name: string,
  category: string,
  provider: string,
  part: object = {},
) => ({
  name,
  actionTypeId: { category, owner: 'AWS', provider, version: '1' },
  ...part,
});

/** What the account of a test holds beside the pipeline role. */
export interface OneAccount {
  stages: object[];
  pipeline?: object;
  roles?: object[];
  users?: object[];
  projects?: object[];
  region?: Partial<RegionState>;
}

function accountOf({
  stages,
  pipeline,
  roles = [],
  users = [],
  projects = [],
  region = {},
}: OneAccount): AwsAccount {
  const account = emptyAccount({ id: SHOP, alias: 'shop' });
  account.iam.users = [
    userSchema.parse({
      name: 'reader',
      keys: [{ id: 'SHOPKEY', secret: 'shop-secret' }],
    }),
    ...users.map(user => userSchema.parse(user)),
  ];
  account.iam.roles = [
    roleSchema.parse({
      name: 'pipeline',
      trust: trusting({ Service: 'codepipeline.amazonaws.com' }),
    }),
    ...roles.map(role => roleSchema.parse(role)),
  ];
  account.regions['eu-west-1'] = regionSchema.parse({
    ...region,
    projects: projects.map(project => projectSchema.parse(project)),
    pipelines: [
      pipelineSchema.parse({
        pipeline: {
          name: 'shop',
          roleArn: shopRole('pipeline'),
          artifactStore: { type: 'S3', location: 'shop-artifacts' },
          stages,
          ...pipeline,
        },
      }),
    ],
  });
  return account;
}

/** Configuration that reads the account with the access key of its reader. */
export const SHOP_CONFIG = {
  pipelinePosture: {
    aws: [{ id: 'shop', accounts: [SHOP], regions: ['eu-west-1'] }],
  },
  aws: {
    mainAccount: { accessKeyId: 'SHOPKEY', secretAccessKey: 'shop-secret' },
  },
};

/** Reads an account with one pipeline, over the wire. */
export async function readOne(account: OneAccount): Promise<Run> {
  const collecting = await Collecting.start({
    state: { accounts: [accountOf(account)] },
    config: SHOP_CONFIG,
  });
  try {
    return await collecting.run(collecting.scope(SHOP, 'eu-west-1', 'shop'));
  } finally {
    await collecting.close();
  }
}
