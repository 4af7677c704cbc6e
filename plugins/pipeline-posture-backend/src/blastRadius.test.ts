import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  known,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import {
  anIdentity,
  aSnapshot,
  aStage,
  aUnit,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { component, startPosture } from './__testUtils__/backend';
import { TestProvider } from './__testUtils__/TestProvider';

const editor = (name: string) => ({
  principal: { name, kind: 'group' as const, broad: false },
  rights: ['EditBuildPipeline'],
});
const using = (id: string, identities: string[], part = {}) =>
  aSnapshot({
    ref: { provider: '', scope: '', id },
    name: id,
    locators: [
      { annotation: 'dev.azure.com/project-repo', value: `Shop/${id}` },
    ],
    editors: known([editor('payments'), editor('everybody')]),
    stages: known([
      aStage({
        name: 'Live',
        environment: `${id}-live`,
        targets: known([]),
        units: [aUnit({ kinds: ['deploy'], identityIds: known(identities) })],
      }),
    ]),
    identities: known(
      identities.map(identity =>
        anIdentity({
          id: identity,
          name: `name of ${identity}`,
          credential: known({
            kind: 'secret',
            longLived: true,
            changedAt: '2025-01-01T00:00:00Z',
          }),
          grants: known([
            { breadth: 'wide', title: 'Contributor on Prod', actions: [] },
          ]),
        }),
      ),
    ),
    ...part,
  });
const idOf = (id: string) =>
  stringifyPipelineRef({ provider: 'azure-devops', scope: 'A', id });
const owned = (name: string) =>
  component(name, { 'dev.azure.com/project-repo': `Shop/${name}` });

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe('blast radius', () => {
  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function start() {
      const provider = new TestProvider().has(
        'A',
        using('one', ['shared']),
        using('two', ['shared', 'arn:aws:iam::111122223333:role/own']),
        using('three', ['shared'], { editors: notRead() }),
      );
      const posture = await startPosture({
        databases,
        databaseId,
        provider,
        entities: [owned('one'), owned('two')],
      });
      await posture.collected(3);
      return {
        ...posture,
        body: async (path: string) => (await posture.get(path)).body,
      };
    }

    it('ranks identities by what they reach in production', async () => {
      const { body } = await start();
      const { items, total } = await body('/identities');
      expect(total).toBe(2);
      expect(items[0]).toEqual({
        id: 'shared',
        name: 'name of shared',
        type: expect.any(String),
        credential: 'secret',
        longLived: true,
        credentialChangedAt: '2025-01-01T00:00:00Z',
        pipelines: 3,
        pipelineShare: 100,
        entities: 2,
        owners: ['group:default/team-a'],
        ownerCount: 1,
        productionPipelines: 3,
        productionTargets: ['one-live', 'three-live', 'two-live'],
        breadth: 'wide',
        changers: { known: 2, complete: false },
      });
      expect((await body('/identities?size=1&page=2')).items).toMatchObject([
        { id: 'arn:aws:iam::111122223333:role/own' },
      ]);
      expect((await body('/identities?text=OWN')).total).toBe(1);
      expect((await body('/identities?owner=group:default/nobody')).total).toBe(
        0,
      );
    });

    it('draws who can change what to act as an identity, and says which change cuts most', async () => {
      const { body } = await start();
      const graph = await body('/identities/shared');
      expect(graph.productionPaths).toBe(2 + 2 + 1);
      expect(graph.shownPipelines).toBe(3);
      const labels = (kind: string) =>
        graph.nodes
          .filter((n: { kind: string }) => n.kind === kind)
          .map((n: { label: string }) => n.label)
          .sort();
      expect(labels('changer')).toEqual(['everybody', 'payments']);
      expect(labels('pipeline')).toEqual(['one', 'three', 'two']);
      expect(labels('target')).toEqual(['one-live', 'three-live', 'two-live']);
      expect(graph.edges).toContainEqual({
        from: 'changer:group:payments',
        to: `pipeline:${idOf('one')}`,
        role: 'can-change',
        words: ['EditBuildPipeline'],
      });
      expect(graph.edges).toContainEqual({
        from: 'identity:shared',
        to: 'target:one-live',
        role: 'reaches',
        words: ['Contributor on Prod'],
      });
      expect(graph.cuts[0]).toMatchObject({ removes: 2, of: 5 });
      expect(graph.cuts).toContainEqual({
        change: 'stop-use',
        nodeId: `pipeline:${idOf('one')}`,
        label: 'one',
        removes: 2,
        of: 5,
      });
      const role = encodeURIComponent('arn:aws:iam::111122223333:role/own');
      expect((await body(`/identities/${role}`)).identity.pipelines).toBe(1);
    });

    it('counts only what the caller may see', async () => {
      const { get, rights } = await start();
      rights.hidden.add('component:default/two');
      rights.denied.add('pipelinePosture.collector.read');
      const header = mockCredentials.user.header('user:default/other');
      const { body } = await get('/identities', header);
      expect(body.items).toMatchObject([
        { id: 'shared', pipelines: 1, productionTargets: ['one-live'] },
      ]);
      const graph = (await get('/identities/shared', header)).body;
      expect(JSON.stringify(graph)).not.toContain('two');
      const role = encodeURIComponent('arn:aws:iam::111122223333:role/own');
      expect((await get(`/identities/${role}`, header)).status).toBe(404);
      expect((await get('/identities/nothing', header)).status).toBe(404);
    });

    it('forgets uses that ended', async () => {
      const provider = new TestProvider().has('A', using('one', ['x']));
      const { collected, get, post } = await startPosture({
        databases,
        databaseId,
        provider,
        entities: [],
      });
      await collected(1);
      expect((await get('/identities')).body.total).toBe(1);
      provider.has('A', using('one', ['y']));
      await post(`/pipelines/${idOf('one')}/check`);
      expect((await get('/identities')).body.items).toMatchObject([
        { id: 'y' },
      ]);
    });
  });
});
