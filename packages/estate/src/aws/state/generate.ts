import { AwsAccount, emptyAccount } from './accountSchema';
import { projectSchema } from './buildSchema';
import { roleSchema } from './iamSchema';
import { pipelineSchema } from './pipelineSchema';
import { regionSchema } from './regionSchema';

/** How large a generated account is. */
export interface GenerateAwsAccountOptions {
  /** The same seed gives the same account. */
  seed: number;
  id?: string;
  region?: string;
  pipelines: number;
  projects: number;
  roles: number;
}

/** A small generator of pseudo-random numbers in [0, 1) (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const SERVICES: Array<[service: string, actions: string[], resource: string]> =
  [
    [
      's3',
      ['s3:GetObject', 's3:PutObject', 's3:List*'],
      'arn:aws:s3:::artifacts-N/*',
    ],
    ['logs', ['logs:CreateLogStream', 'logs:PutLogEvents'], '*'],
    [
      'codebuild',
      ['codebuild:StartBuild', 'codebuild:BatchGet*'],
      'arn:aws:codebuild:eu-west-1:ACCOUNT:project/build-N',
    ],
    [
      'ecs',
      ['ecs:UpdateService', 'ecs:Describe*', 'ecs:RegisterTaskDefinition'],
      '*',
    ],
    [
      'lambda',
      ['lambda:Update*', 'lambda:GetFunction'],
      'arn:aws:lambda:eu-west-1:ACCOUNT:function:app-N',
    ],
    [
      'cloudformation',
      ['cloudformation:*'],
      'arn:aws:cloudformation:eu-west-1:ACCOUNT:stack/app-N/*',
    ],
    [
      'secretsmanager',
      ['secretsmanager:GetSecretValue'],
      'arn:aws:secretsmanager:eu-west-1:ACCOUNT:secret:app-N-*',
    ],
    ['iam', ['iam:PassRole'], 'arn:aws:iam::ACCOUNT:role/app-N'],
  ];

/** A large AWS account of realistic shape: V2 pipelines, shared build projects, roles of different breadth. */
export function generateAwsAccount(
  options: GenerateAwsAccountOptions,
): AwsAccount {
  const random = randomFrom(options.seed);
  const account = emptyAccount({
    id: options.id ?? '111122223333',
    alias: `generated-${options.seed}`,
  });
  const region = options.region ?? 'eu-west-1';
  const roleArn = (index: number) =>
    `arn:aws:iam::${account.id}:role/generated-${index % options.roles}`;

  account.iam.roles = Array.from({ length: options.roles }, (_, index) =>
    roleSchema.parse({
      name: `generated-${index}`,
      trust: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: {
            Service: ['codepipeline.amazonaws.com', 'codebuild.amazonaws.com'][
              index % 2
            ],
          },
          Action: 'sts:AssumeRole',
        },
      },
      inline: {
        run: {
          Version: '2012-10-17',
          Statement: SERVICES.filter(() => random() < 0.5).map(
            ([, Action, resource]) => ({
              Effect: 'Allow',
              Action,
              Resource: resource
                .replace('N', String(index))
                .replace('ACCOUNT', account.id),
            }),
          ),
        },
      },
      managed:
        random() < 0.03 ? ['arn:aws:iam::aws:policy/AdministratorAccess'] : [],
    }),
  );

  const projects = Array.from({ length: options.projects }, (_, index) =>
    projectSchema.parse({
      name: `build-${index}`,
      serviceRole: roleArn(index * 2 + 1),
      environment: {
        environmentVariables: [{ name: 'STAGE', value: `stage-${index}` }],
      },
    }),
  );

  const pipelines = Array.from({ length: options.pipelines }, (_, index) =>
    pipelineSchema.parse({
      pipeline: {
        name: `pipeline-${index}`,
        roleArn: roleArn(index * 2),
        artifactStore: { type: 'S3', location: `artifacts-${index % 20}` },
        version: 1 + Math.floor(random() * 20),
        stages: generatedStages(index % options.projects, random() < 0.6),
      },
      tags: { application: `service-${index % 300}` },
    }),
  );
  const buckets = [
    'contoso-sources',
    ...Array.from({ length: 20 }, (_, index) => `artifacts-${index}`),
  ].map(name => ({ name, versioning: 'Enabled', publicAccessBlock: true }));
  account.regions[region] = regionSchema.parse({
    pipelines,
    projects,
    buckets,
  });
  return account;
}

const action = (
  name: string,
  category: string,
  provider: string,
  configuration?: Record<string, string>,
) => ({
  name,
  actionTypeId: { category, owner: 'AWS', provider, version: '1' },
  configuration,
});

function generatedStages(project: number, approved: boolean) {
  const source = {
    S3Bucket: 'contoso-sources',
    S3ObjectKey: `app-${project}.zip`,
    PollForSourceChanges: 'false',
  };
  return [
    { name: 'Source', actions: [action('Source', 'Source', 'S3', source)] },
    {
      name: 'Build',
      actions: [
        action('Build', 'Build', 'CodeBuild', {
          ProjectName: `build-${project}`,
        }),
      ],
    },
    {
      name: 'Test',
      actions: [
        action('Deploy', 'Deploy', 'ECS', {
          ClusterName: 'test',
          ServiceName: `app-${project}`,
        }),
      ],
    },
    ...(approved
      ? [
          {
            name: 'Approve',
            actions: [action('Approve', 'Approval', 'Manual')],
          },
        ]
      : []),
    {
      name: 'Production',
      actions: [
        action('Deploy', 'Deploy', 'ECS', {
          ClusterName: 'production',
          ServiceName: `app-${project}`,
        }),
      ],
    },
  ];
}
