import { mockServices } from '@backstage/backend-test-utils';
import { AwsPipelineProvider } from '../../plugins/pipeline-posture-backend-module-aws/src/AwsPipelineProvider';
import { MemoryCheckpoints } from '../../plugins/pipeline-posture-backend-module-aws/src/__testUtils__/collecting';
import {
  CallLog,
  createAwsEstate,
  generateAwsAccount,
  userSchema,
} from '../../packages/estate/src';
import { SourceHosts } from '../../plugins/pipeline-posture-node/src';
import { BenchRow } from '../azure-devops/row';

const PIPELINES = 1000;
const CHANGED = 20;
const ACCOUNT = '111122223333';

/** Operations that ask about one role: none may be called. */
const PER_ROLE =
  /^iam:(Get|List)(Role|Attached|RolePolic|Policy|User|Group|Simulate|GenerateServiceLast)/;

async function collect(
  provider: AwsPipelineProvider,
  checkpoints: MemoryCheckpoints,
  now: Date,
): Promise<number> {
  let snapshots = 0;
  const scope = {
    provider: provider.id,
    id: `${ACCOUNT}/eu-west-1`,
    sourceId: 'bench',
    title: ACCOUNT,
  };
  const { signal } = new AbortController();
  const logger = mockServices.rootLogger();
  for await (const event of provider.collect(scope, {
    checkpoints,
    logger,
    signal,
    now,
  })) {
    if (event.type === 'snapshot') snapshots += 1;
  }
  return snapshots;
}

/** HTTP calls per CodePipeline pipeline: first run, then with 2 % changed. */
export async function benchB3(): Promise<BenchRow[]> {
  const account = generateAwsAccount({
    seed: 3,
    id: ACCOUNT,
    pipelines: PIPELINES,
    projects: 600,
    roles: 400,
  });
  account.iam.users = [
    userSchema.parse({
      name: 'reader',
      keys: [{ id: 'BENCHKEY', secret: 'bench-secret' }],
    }),
  ];
  const calls = new CallLog();
  const estate = await createAwsEstate({
    state: { accounts: [account] },
    calls,
  });
  process.env.AWS_ENDPOINT_URL = estate.url;
  try {
    const provider = AwsPipelineProvider.fromConfig(
      mockServices.rootConfig({
        data: {
          pipelinePosture: {
            aws: [{ id: 'bench', accounts: [ACCOUNT], regions: ['eu-west-1'] }],
          },
          aws: {
            mainAccount: {
              accessKeyId: 'BENCHKEY',
              secretAccessKey: 'bench-secret',
            },
          },
        },
      }),
      { sourceHosts: SourceHosts.create({ hosts: [] }) },
    );
    const checkpoints = new MemoryCheckpoints();
    const start = new Date('2026-11-21T08:00:00Z');
    const read = await collect(provider, checkpoints, start);
    if (read !== PIPELINES)
      throw new Error(`${read} of ${PIPELINES} pipelines were read`);
    const first = calls.count();
    const perRole = Object.keys(calls.byOperation()).filter(name =>
      PER_ROLE.test(name),
    ).length;
    for (const { pipeline } of account.regions['eu-west-1'].pipelines.slice(
      0,
      CHANGED,
    )) {
      pipeline.version += 1;
    }
    calls.reset();
    await collect(
      provider,
      checkpoints,
      new Date(start.getTime() + 60 * 60_000),
    );
    const second = calls.count();
    const row = (
      figure: number,
      what: string,
      bar: number,
      unit: string,
    ): BenchRow => ({
      row: 'B3',
      what,
      figure,
      bar,
      must: 'at most',
      unit,
      notes: `${PIPELINES} pipelines, 600 build projects, 400 roles, one account and region`,
    });
    const perPipeline = 'calls per pipeline';
    return [
      row(first / PIPELINES, 'HTTP calls, first run', 1.15, perPipeline),
      row(second / PIPELINES, 'HTTP calls, 2 % changed', 0.1, perPipeline),
      row(perRole, 'IAM operations about one role', 0, 'operations'),
    ];
  } finally {
    delete process.env.AWS_ENDPOINT_URL;
    await estate.close();
  }
}
