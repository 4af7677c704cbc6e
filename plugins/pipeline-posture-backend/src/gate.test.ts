import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { known, Leak } from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { parse } from 'yaml';
import { startPosture } from './__testUtils__/backend';
import { TestProvider } from './__testUtils__/TestProvider';

const run = promisify(execFile);
const guide = readFileSync(join(__dirname, '../../../docs/gate.md'), 'utf8');
const leak: Leak = {
  where: 'variable PASSWORD',
  pattern: 'name',
  in: 'setting',
};

/** The only match of a pattern in the guide. */
function inGuide(pattern: RegExp): string {
  const matches = [...guide.matchAll(pattern)].map(match => match[1]);
  expect(matches).toHaveLength(1);
  return matches[0];
}

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('the gate, asked as its guide says', () => {
  async function start(
    providerId: string,
    scope: string,
    good: string,
    bad: string,
  ) {
    const provider = new TestProvider();
    provider.id = providerId;
    const pipeline = (id: string, part = {}) =>
      aSnapshot({ ref: { provider: '', scope: '', id }, name: id, ...part });
    provider.has(
      scope,
      pipeline(good),
      pipeline(bad, { leaks: known([leak]) }),
    );
    const posture = await startPosture({
      databases,
      databaseId: 'SQLITE_3',
      provider,
      entities: [],
    });
    await posture.collected(2);
    const address = posture.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return { ...posture, base: `http://localhost:${port}` };
  }

  const token = mockCredentials.service.header().replace('Bearer ', '');

  it('lets an environment check of Azure Pipelines decide by its success criteria', async () => {
    const { base } = await start(
      'azure-devops',
      'contoso/Payments',
      'build-101',
      'build-102',
    );
    const suffix = inGuide(/URL suffix `(.+?)`/g);
    const [, field, wanted] = /^eq\(root\['(\w+)'\], '(\w+)'\)$/.exec(
      inGuide(/success criteria `(.+?)`/g),
    ) as RegExpExecArray;
    expect(inGuide(/- Method `(.+?)`/g)).toBe('GET');
    const ask = async (
      definition: string,
      authorization = `Bearer ${token}`,
    ) => {
      const url = `${base}${suffix.replace(
        '$(System.DefinitionId)',
        definition,
      )}`;
      const response = await fetch(url, { headers: { authorization } });
      return { status: response.status, body: await response.json() };
    };
    const good = await ask('101');
    expect([good.status, good.body[field] === wanted]).toEqual([200, true]);
    const bad = await ask('102');
    expect([bad.status, bad.body[field] === wanted]).toEqual([200, false]);
    expect(bad.body.reasons).not.toEqual([]);
    expect((await ask('999')).status).toBe(404);
    expect((await ask('101', 'Bearer wrong')).status).toBe(401);
  });

  it('lets a build in a condition of CodePipeline fail where the gate says stop', async () => {
    const { base } = await start(
      'aws-codepipeline',
      '111122223333/eu-west-1',
      'orders-api',
      'shipment-tracker',
    );
    const buildspec = parse(inGuide(/```yaml\n(version: 0\.2\n[\s\S]+?)```/g));
    const commands: string[] = buildspec.phases.build.commands;
    expect(Object.keys(buildspec.env['secrets-manager'])).toEqual(['TOKEN']);
    const id = inGuide(/`PIPELINE` is `(.+?)`/g);
    const folder = mkdtempSync(join(tmpdir(), 'gate-'));
    /** As CodeBuild runs a phase: command by command, until one fails. */
    const build = async (pipeline: string, secret = token) => {
      for (const command of commands) {
        const env = {
          ...process.env,
          BACKSTAGE: base,
          PIPELINE: pipeline,
          TOKEN: secret,
        };
        try {
          await run('sh', ['-c', command], { cwd: folder, env });
        } catch {
          return 'failed';
        }
      }
      return 'succeeded';
    };
    try {
      expect(await build(id)).toBe('succeeded');
      expect(await build(id.replace('orders-api', 'shipment-tracker'))).toBe(
        'failed',
      );
      expect(await build(id.replace('orders-api', 'nothing'))).toBe('failed');
      expect(await build(id, 'wrong')).toBe('failed');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('answers what the guide shows', async () => {
    const { get } = await start(
      'azure-devops',
      'contoso/Payments',
      'build-101',
      'build-102',
    );
    const shown = JSON.parse(inGuide(/```json\n(\{[\s\S]+?\n\})\n```/g));
    const id = encodeURIComponent('azure-devops~contoso%2FPayments~build-102');
    const { body } = await get(`/gate?pipeline=${id}`);
    expect(Object.keys(body).sort()).toEqual(Object.keys(shown).sort());
    expect(Object.keys(body.reasons[0]).sort()).toEqual(
      Object.keys(shown.reasons[0]).sort(),
    );
  });
});
