import { TestDatabases } from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import eventsModule from 'backstage-plugin-events-backend-module-pipeline-posture';
import request from 'supertest';
import { inProcessEvents } from './__testUtils__/inProcessEvents';
import { startContoso } from './__testUtils__/contoso';
import { component } from './__testUtils__/backend';
import { until } from './__testUtils__/until';

const SECRET = 'a-secret-of-20-characters';
const AZURE = [
  'payments-deploy',
  'ledger-deploy',
  'card-vault-release',
  'search-api',
  'developer-portal',
];
const AWS = [
  'payments-infra',
  'orders-api',
  'shipment-tracker',
  'recommendations',
];

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe('the whole path, with real clients against the local clouds', () => {
  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    let contoso: Awaited<ReturnType<typeof startContoso>> | undefined;
    const start = async (
      options: Partial<Parameters<typeof startContoso>[0]> = {},
    ) => {
      contoso = await startContoso({ databases, databaseId, ...options });
      return contoso;
    };
    afterEach(async () => {
      await contoso?.stop();
      contoso = undefined;
    });

    it('reads a pipeline again after events of its cloud', async () => {
      const ingress = {
        azureDevOps: { basic: { username: 'hooks', password: SECRET } },
        aws: { header: { name: 'x-key', value: SECRET } },
      };
      const { settled, get, server } = await start({
        features: [eventsPlugin, eventsModule, inProcessEvents()],
        config: { ingress },
      });
      await settled();
      const [{ id }] = (await get('/pipelines?text=ledger-deploy')).items;
      const [, scope, build] = id.split('~');
      const [, project] = decodeURIComponent(scope).split('/');
      const hook = await request(server)
        .post('/api/events/http/pipeline-posture.azure-devops')
        .auth('hooks', SECRET)
        .send({
          id: 'delivery-1',
          eventType: 'build.complete',
          resource: {
            definition: { id: Number(build.replace('build-', '')) },
            project: { name: project },
          },
        });
      const event = await request(server)
        .post('/api/events/http/pipeline-posture.aws')
        .set('x-key', SECRET)
        .send({
          version: '0',
          id: 'event-1',
          source: 'aws.codepipeline',
          'detail-type': 'CodePipeline Pipeline Execution State Change',
          account: '111122223333',
          region: 'eu-west-1',
          resources: [],
          detail: { pipeline: 'orders-api', state: 'STARTED' },
        });
      expect([hook.status, event.status]).toEqual([202, 202]);
      const readAgain = async () =>
        (await get('/runs?size=100')).items.filter(
          (run: { trigger: string; status: string }) =>
            run.trigger === 'event' && run.status === 'succeeded',
        );
      await until(async () => (await readAgain()).length >= 2);
      expect(await readAgain()).toMatchObject([
        { pipelinesDone: 1 },
        { pipelinesDone: 1 },
      ]);
    });

    it('scores every pipeline of the demo as its character says', async () => {
      const { settled, pipelines, get, knex } = await start({
        entities: [
          component('ledger', {
            'dev.azure.com/project-repo': 'Payments/payments-ledger',
          }),
        ],
      });
      await settled();
      const scored = await pipelines();
      expect(scored.size).toBe(19);
      for (const name of ['ledger-deploy', 'orders-api']) {
        expect([name, scored.get(name)?.compliance]).toEqual([
          name,
          'compliant',
        ]);
      }
      for (const name of [
        'card-vault-release',
        'shipment-tracker',
        'storefront-web',
        'nightly-maintenance',
      ]) {
        expect([name, scored.get(name)?.grade]).toEqual([name, 'F']);
      }
      expect(scored.get('payments-infra')?.grade).toBe('not-graded');
      const { state, summary } = await get(
        '/entities/component/default/ledger',
      );
      expect(state).toBe('scored');
      expect(summary.compliance).toBe('compliant');
      const everything = JSON.stringify([
        await knex('pipelines'),
        await knex('findings'),
        await knex('runs'),
        await knex('checkpoints'),
      ]);
      for (const secret of [
        'contoso-demo-pat',
        'contoso-demo-secret',
        'contoso-posture',
      ]) {
        expect(everything).not.toContain(secret);
      }
    });

    it('changes nothing in any source', async () => {
      const { settled, calls } = await start();
      await settled();
      const reading = /^(GET|OPTIONS|HEAD)$/;
      const mutating = calls
        .all()
        .filter(
          call => call.source === 'azure-devops' && !reading.test(call.method),
        )
        .map(call => call.operation);
      // Those that Azure DevOps only offers as POST, and that read.
      expect(new Set(mutating)).toEqual(
        new Set(mutating.filter(o => /checks|blobs|itemsbatch/i.test(o))),
      );
      const verbs = calls
        .all()
        .filter(call => call.source === 'aws')
        .map(call => call.operation.split(':')[1]);
      expect(
        verbs.filter(
          verb =>
            !/^(Get|List|BatchGet|Describe|AssumeRole|Generate)/.test(verb),
        ),
      ).toEqual([]);
    });

    it('scores AWS when the token of Azure DevOps is refused, and says so', async () => {
      const { settled, pipelines, get } = await start({
        azureToken: 'a-token-that-ended',
      });
      await settled();
      const scored = await pipelines();
      expect(AWS.filter(name => scored.has(name))).toEqual(AWS);
      expect(AZURE.filter(name => scored.has(name))).toEqual([]);
      const { sources } = await get('/scopes');
      const azure = sources.find(
        (s: { provider: string }) => s.provider === 'azure-devops',
      );
      expect(azure.problems).toMatchObject([
        { reason: { action: expect.stringMatching(/./) } },
      ]);
      expect(JSON.stringify(azure)).not.toContain('a-token-that-ended');
    });

    it('scores Azure DevOps when AWS does not answer', async () => {
      const { settled, pipelines } = await start({
        arrange: ({ behaviour }) =>
          behaviour.addFault({ match: { source: 'aws' }, kind: 'hang-up' }),
      });
      await settled();
      const scored = await pipelines();
      expect(AZURE.filter(name => scored.has(name))).toEqual(AZURE);
    });

    it.each(['sign-in-page', 'html', 'cut-short', 'server-error'] as const)(
      'takes nothing for empty when a page of Azure DevOps is %s',
      async kind => {
        const { settled, pipelines } = await start({
          arrange: ({ behaviour }) =>
            behaviour.addFault({
              match: {
                source: 'azure-devops',
                urlIncludes: 'policy/configurations',
              },
              kind,
            }),
        });
        await settled();
        const scored = await pipelines();
        expect(AWS.filter(name => scored.has(name))).toEqual(AWS);
        expect(
          AZURE.filter(
            name =>
              scored.get(name)?.compliance === 'compliant' &&
              name !== 'search-api',
          ),
        ).toEqual([]);
      },
    );

    it('scores the other pipelines when the definition of one cannot be parsed', async () => {
      const { settled, pipelines, get } = await start({
        arrange: ({ azure }) => {
          const project = azure.projects.find(p => p.name === 'Storefront');
          const repository = project?.repositories.find(
            r => r.name === 'search-api',
          );
          if (!repository) throw new Error('The demo has no such repository');
          repository.files['/azure-pipelines.yml'] = 'stages: [ {{{ not yaml';
        },
      });
      await settled();
      const scored = await pipelines();
      expect(scored.size).toBe(19);
      expect(scored.get('search-api')?.compliance).not.toBe('compliant');
      expect(scored.get('ledger-deploy')?.compliance).toBe('compliant');
      const { items } = await get('/pipelines?text=search-api');
      const { findings } = await get(
        `/pipelines/${encodeURIComponent(items[0].id)}`,
      );
      const reasons = findings
        .filter((f: { status: string }) => f.status === 'unknown')
        .map(
          (f: { instances: Array<{ reason: { code: string } }> }) =>
            f.instances[0].reason.code,
        );
      expect(reasons).toContain('malformed');
    });

    it.each([
      [
        { azureDevOps: [{ id: 'x', url: 'not an address' }] },
        /pipelinePosture\.azureDevOps\[0\]\.url/,
      ],
      [
        { azureDevOps: [{ id: 'x', url: 'https://ado.example.com/org' }] },
        /integrations\.azure|ado\.example\.com/,
      ],
      [
        {
          azureDevOps: [
            { id: 'x', url: 'https://dev.azure.com/org', token: 'y' },
          ],
        },
        /pipelinePosture\.azureDevOps\[0\]/,
      ],
      [
        { aws: [{ id: 'x', accounts: ['12'], regions: ['eu-west-1'] }] },
        /pipelinePosture\.aws\[0\]\.accounts/,
      ],
      [
        { aws: [{ id: 'x', accounts: ['111122223333'], regions: [] }] },
        /pipelinePosture\.aws\[0\]\.regions/,
      ],
    ])('does not start with %j, and names the key', async (config, message) => {
      await expect(start({ config })).rejects.toThrow(message);
    });
  });
});
