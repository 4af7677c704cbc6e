import { ActionIndex } from '../../plugins/pipeline-posture-backend-module-aws/src/iam/ActionIndex';
import {
  IamAccount,
  RawPrincipal,
} from '../../plugins/pipeline-posture-backend-module-aws/src/iam/IamAccount';
import { roleRisks } from '../../plugins/pipeline-posture-backend-module-aws/src/iam/roleRisks';
import { generateAwsAccount } from '../../packages/estate/src';
import { BenchRow } from '../azure-devops/row';

const ROLES = 10_000;
const PASSES = 3;
const ACCOUNT = '111122223333';

const ADMINISTRATOR = {
  name: 'AdministratorAccess',
  document: JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
  }),
};

/** Roles of realistic breadth with all their statements: about 45,000 action patterns. */
function principals(): RawPrincipal[] {
  const { iam } = generateAwsAccount({
    seed: 4,
    id: ACCOUNT,
    pipelines: 0,
    projects: 0,
    roles: ROLES,
  });
  return iam.roles.map(role => ({
    kind: 'role' as const,
    arn: `arn:aws:iam::${ACCOUNT}:role/${role.name}`,
    name: role.name,
    inline: Object.entries(role.inline).map(([name, document]) => ({
      name,
      document: JSON.stringify(document),
    })),
    managed: role.managed,
    groups: [],
    trust: JSON.stringify(role.trust),
    tags: {},
  }));
}

const mebibytes = (bytes: number) => bytes / 2 ** 20;

/** Milliseconds that each role takes in an account of which nothing was analysed before. */
function analyse(index: ActionIndex): number[] {
  const account = IamAccount.create({
    accountId: ACCOUNT,
    authorization: {
      principals: principals(),
      managedPolicies: new Map([
        ['arn:aws:iam::aws:policy/AdministratorAccess', ADMINISTRATOR],
      ]),
    },
    index,
  });
  const [warmUp, ...roles] = account.principals;
  roleRisks(account, warmUp);
  return roles.map(role => {
    const from = performance.now();
    roleRisks(account, role);
    return performance.now() - from;
  });
}

/** IAM policies analysed per second, all questions of the controls. */
export async function benchB4(): Promise<BenchRow[]> {
  global.gc?.();
  const before = process.memoryUsage();
  const index = ActionIndex.shared();
  global.gc?.();
  const after = process.memoryUsage();
  const passes = Array.from({ length: PASSES }, () => analyse(index));
  // The machine does other things too: each policy counts with its best time of all passes.
  const times = passes[0].map((_, i) =>
    Math.min(...passes.map(pass => pass[i])),
  );
  const slowest = times.reduce((most, time) => Math.max(most, time), 0);
  const seconds = times.reduce((sum, time) => sum + time, 0) / 1000;
  const held =
    after.heapUsed -
    before.heapUsed +
    (after.arrayBuffers - before.arrayBuffers);
  const notes = `${ROLES} generated roles, all questions of the controls, best of ${PASSES} passes`;
  return [
    {
      row: 'B4',
      what: 'IAM policies analysed',
      figure: times.length / seconds,
      bar: 5000,
      must: 'at least',
      unit: 'per second',
      notes,
    },
    {
      row: 'B4',
      what: 'slowest policy',
      figure: slowest,
      bar: 20,
      must: 'at most',
      unit: 'ms',
      notes,
    },
    {
      row: 'B4',
      what: 'memory of the action index',
      figure: mebibytes(held),
      bar: 60,
      must: 'at most',
      unit: 'MiB',
      notes,
    },
  ];
}
