import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  loadContosoAws,
  pipelineSchema,
  regionSchema,
} from 'pipeline-posture-estate';
import { Collecting, CONTOSO_CONFIG } from '../__testUtils__/collecting';
import { COLLECTION_PLAN, OperationName } from '../client/plan';
import { ActionIndex } from '../iam/ActionIndex';
import { permissionTable } from './permissionTable';
import { organizationPolicy, policyFiles, readerPolicy } from './readerPolicy';

// The first test of a file loads the clients of a dozen services.
const FOLDER = join(__dirname, '..', '..', 'policy');
const COMMERCE = '111122223333';

const SELF_MANAGED = `arn:aws:codestar-connections:eu-west-1:${COMMERCE}:connection/2`;
const HOST = `arn:aws:codestar-connections:eu-west-1:${COMMERCE}:host/git-1`;

/** A pipeline that uses what those of the demo do not. */
const everyProvider = pipelineSchema.parse({
  pipeline: {
    name: 'every-provider',
    roleArn: `arn:aws:iam::${COMMERCE}:role/service-role/orders-api-pipeline`,
    artifactStore: { type: 'S3', location: 'contoso-orders-artifacts' },
    stages: [
      {
        name: 'Source',
        actions: [
          {
            name: 'SelfManaged',
            actionTypeId: {
              category: 'Source',
              owner: 'AWS',
              provider: 'CodeStarSourceConnection',
              version: '1',
            },
            configuration: {
              ConnectionArn: SELF_MANAGED,
              FullRepositoryId: 'contoso/shop',
              BranchName: 'main',
            },
          },
          {
            name: 'Image',
            actionTypeId: {
              category: 'Source',
              owner: 'AWS',
              provider: 'ECR',
              version: '1',
            },
            configuration: { RepositoryName: 'orders', ImageTag: 'latest' },
          },
        ],
      },
      {
        name: 'Check',
        actions: [
          {
            name: 'Function',
            actionTypeId: {
              category: 'Invoke',
              owner: 'AWS',
              provider: 'Lambda',
              version: '1',
            },
            configuration: { FunctionName: 'check' },
          },
          {
            name: 'Flow',
            actionTypeId: {
              category: 'Invoke',
              owner: 'AWS',
              provider: 'StepFunctions',
              version: '1',
            },
            configuration: {
              StateMachineArn: `arn:aws:states:eu-west-1:${COMMERCE}:stateMachine:flow`,
            },
          },
        ],
      },
    ],
  },
});

async function calledOperations(): Promise<Set<string>> {
  const state = loadContosoAws();
  const [commerce] = state.accounts;
  const region = commerce.regions['eu-west-1'] ?? regionSchema.parse({});
  region.pipelines.push(everyProvider);
  region.connections.push({
    arn: SELF_MANAGED,
    name: 'git',
    providerType: 'GitHubEnterpriseServer',
    status: 'AVAILABLE',
    hostArn: HOST,
  });
  region.hosts.push({
    arn: HOST,
    providerEndpoint: 'https://git.contoso.example',
    providerType: 'GitHubEnterpriseServer',
  });
  commerce.organization = {
    members: state.accounts.map(({ id }) => id),
    policies: [
      {
        name: 'p-guard',
        document: { Version: '2012-10-17', Statement: [] },
        targets: ['r-root'],
      },
    ],
    units: {},
  };
  const collecting = await Collecting.start({
    state,
    config: {
      ...CONTOSO_CONFIG,
      pipelinePosture: {
        aws: [
          {
            id: 'contoso',
            organization: { managementAccount: COMMERCE },
            regions: ['eu-west-1'],
          },
        ],
      },
    },
  });
  try {
    for (const event of await collecting.discover()) {
      if (event.type === 'scope') await collecting.run(event.scope);
    }
    await collecting.provider.validateIdentity(
      collecting.scope(COMMERCE),
      `arn:aws:iam::${COMMERCE}:role/orders-api-deploy-test`,
      { signal: new AbortController().signal },
    );
    return new Set(Object.keys(collecting.calls.byOperation()));
  } finally {
    await collecting.close();
  }
}

describe('the policy of the reader', () => {
  let called: Set<string>;
  beforeAll(async () => {
    called = await calledOperations();
  });
  const allowed = [readerPolicy(), organizationPolicy()].flatMap(
    ({ Statement }) => Statement.flatMap(({ Action }) => Action),
  );

  it('allows nothing that no run calls', () => {
    const used = [...called]
      .filter((name): name is OperationName =>
        Object.hasOwn(COLLECTION_PLAN, name),
      )
      .flatMap(name => [...COLLECTION_PLAN[name].permissions]);
    expect([...new Set(used)].sort()).toEqual([...allowed].sort());
  });

  it('is all that a run calls, beside entering the account', () => {
    const outside = [...called].filter(
      name => !Object.hasOwn(COLLECTION_PLAN, name),
    );
    expect(outside).toEqual(['sts:AssumeRole']);
  });

  it('has no wildcard, and nothing that writes', () => {
    const index = ActionIndex.shared();
    expect(allowed.filter(action => action.includes('*'))).toEqual([]);
    // AWS counts asking for a credential report as reading.
    expect(index.names(index.set(allowed).intersect(index.changing))).toEqual(
      [],
    );
  });

  it('names only actions that AWS has', () => {
    const index = ActionIndex.shared();
    expect(allowed.filter(action => index.expand(action).length === 0)).toEqual(
      [],
    );
  });

  it.each(Object.entries(policyFiles()))(
    'stands in policy/%s as it is generated',
    (name, content) => {
      if (process.env.UPDATE_POLICY_FILES) {
        mkdirSync(FOLDER, { recursive: true });
        writeFileSync(join(FOLDER, name), content);
      }
      expect(readFileSync(join(FOLDER, name), 'utf8')).toBe(content);
    },
  );

  it('stands in the documentation as it is planned', () => {
    const file = join(__dirname, '..', '..', '..', '..', 'docs', 'aws.md');
    const between =
      /(<!-- permissions: [^>]* -->\n)[^]*?(<!-- \/permissions -->)/;
    const text = readFileSync(file, 'utf8');
    if (process.env.UPDATE_POLICY_FILES) {
      writeFileSync(
        file,
        text.replace(
          between,
          (_, open, close) => `${open}\n${permissionTable()}\n\n${close}`,
        ),
      );
    }
    const cells = (table: string) =>
      table
        .split('\n')
        .filter(line => line.startsWith('|'))
        .map(line =>
          line.split('|').map(cell => cell.trim().replace(/^-+$/, '---')),
        );
    const written = between.exec(readFileSync(file, 'utf8'))?.[0] ?? '';
    expect(cells(written)).toEqual(cells(permissionTable()));
  });
});
