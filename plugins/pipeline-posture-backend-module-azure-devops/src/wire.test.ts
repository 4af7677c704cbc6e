import {
  AzureDevOpsEstate,
  Behaviour,
  createAzureDevOpsEstate,
  loadContosoAzure,
} from 'pipeline-posture-estate';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  collect,
  MemoryCheckpoints,
  providerFor,
} from './__testUtils__/collecting';

describe('reading over the wire', () => {
  let estate: AzureDevOpsEstate;

  beforeEach(async () => {
    estate = await createAzureDevOpsEstate({ state: loadContosoAzure() });
  });
  afterEach(() => estate.close());

  const ledger = async () => {
    const { snapshots, problems, complete } = await collect(
      providerFor(estate),
      'Payments',
    );
    const snapshot = snapshots.get('ledger-deploy');
    if (!snapshot) throw new Error('ledger-deploy was not collected');
    return { snapshot, problems, complete, snapshots };
  };
  const discovered = async (provider = providerFor(estate)) => {
    const events: string[] = [];
    for await (const event of provider.discover({
      logger: undefined as never,
      signal: new AbortController().signal,
    })) {
      if (event.type === 'scope') events.push(event.scope.id);
      else if (event.type === 'problem')
        events.push(
          `${event.problem.reason.code}: ${event.problem.reason.message}`,
        );
      else events.push(event.type);
    }
    return events;
  };

  it('finds every project, and leaves out those that the configuration leaves out', async () => {
    expect(await discovered()).toEqual([
      'contoso/Logistics',
      'contoso/Payments',
      'contoso/Platform',
      'contoso/Storefront',
    ]);
    const some = providerFor(estate, {
      projects: { include: ['p*', 'Store*'], exclude: ['platform'] },
    });
    expect(await discovered(some)).toEqual([
      'contoso/Payments',
      'contoso/Storefront',
    ]);
  });

  it('reports a project that the configuration names and nobody sees', async () => {
    const some = providerFor(estate, {
      projects: { include: ['Payments', 'Paymentz'] },
    });
    expect(await discovered(some)).toEqual([
      expect.stringMatching(/^not-found: The project Paymentz/),
      'contoso/Payments',
    ]);
  });

  it('takes a 401 right after a request to slow down for throttling, not for a dead token', async () => {
    estate.behaviour.addFault({
      match: { operation: 'build.generalsettings.get' },
      kind: 'slow-down',
      retryAfterSeconds: 0.2,
      times: 1,
    });
    estate.behaviour.addFault({
      match: { operation: 'environments.list' },
      kind: 'unauthenticated',
      times: 1,
    });
    const { problems } = await ledger();
    expect(problems).toEqual([]);
  });

  it.each([
    ['ten megabytes', 'steps:\n'.padEnd(10 * 1024 * 1024, '#'), 'too-large'],
    [
      'an alias bomb',
      'a: &a [x, x]\nb: &b [*a, *a]\nsteps: [*b]\n',
      'malformed',
    ],
    ['two documents', 'steps: []\n---\nsteps: []\n', 'malformed'],
  ])(
    'refuses a pipeline file of %s and reads the others',
    async (_, text, code) => {
      await estate.close();
      const state = loadContosoAzure();
      const repository = state.projects.find(({ name }) => name === 'Payments')
        ?.repositories[0];
      if (repository) repository.files['/azure-pipelines.yml'] = text;
      estate = await createAzureDevOpsEstate({ state });
      const { snapshots } = await collect(providerFor(estate), 'Payments');
      expect(snapshots.get('payments-deploy')?.stages).toMatchObject({
        known: false,
        reason: { code },
      });
      expect(snapshots.get('payments-ci')?.stages.known).toBe(true);
    },
  );

  describe('a pipeline whose code lies on GitHub', () => {
    const withGitHub = async () => {
      await estate.close();
      const state = loadContosoAzure();
      const [first] =
        state.projects.find(({ name }) => name === 'Payments')?.pipelines ?? [];
      Object.assign(first, {
        repositoryType: 'GitHub',
        repository: 'contoso/payments',
        finalYaml:
          'stages:\n- stage: production\n  jobs:\n  - job: a\n    steps:\n    - script: trivy fs --exit-code 1 .\n    - task: AzureCLI@2\n      inputs: { azureSubscription: prod-arm }\n',
      });
      estate = await createAzureDevOpsEstate({ state });
    };

    it('is unknown, and says how that can be changed', async () => {
      await withGitHub();
      const { snapshots } = await collect(providerFor(estate), 'Payments');
      expect(snapshots.get('payments-deploy')?.stages).toMatchObject({
        known: false,
        reason: {
          code: 'not-connected',
          action: expect.stringContaining('preview'),
        },
      });
      expect(estate.calls.count('pipelines.preview')).toBe(0);
    });

    it('is expanded by Azure DevOps where that is switched on', async () => {
      await withGitHub();
      const { snapshots } = await collect(
        providerFor(estate, { preview: true }),
        'Payments',
      );
      const snapshot = snapshots.get('payments-deploy');
      expect(snapshot?.stages).toMatchObject({
        known: true,
        value: [{ id: 'production', tier: { value: 'production' } }],
      });
      // Which file a step came from is lost, so nobody can say who may edit it.
      expect(snapshot?.securityTests).toMatchObject({
        value: [{ editableByBuilders: { known: false } }],
      });
    });
  });

  it('reports a token that the service does not accept, and no project as gone', async () => {
    const events = await discovered(providerFor(estate, {}, 'wrong-token'));
    expect(events).toEqual([
      expect.stringMatching(/^permission-missing: .*sign-in page/),
      'incomplete',
    ]);
  });

  it('reports a source that is dead', async () => {
    const provider = providerFor(estate);
    await estate.close();
    expect(await discovered(provider)).toEqual([
      expect.stringMatching(/^source-unreachable/),
      'incomplete',
    ]);
    estate = await createAzureDevOpsEstate({ state: loadContosoAzure() });
  });

  it.each([
    ['deny', 'permission-missing'],
    ['unauthenticated', 'permission-missing'],
    ['sign-in-page', 'permission-missing'],
    ['html', 'source-unreachable'],
    ['not-found', 'not-found'],
    ['server-error', 'source-unreachable'],
    ['cut-short', 'malformed'],
    ['hang-up', 'source-unreachable'],
  ] as const)(
    'turns %s on policies into unknown (%s), never into unprotected',
    async (kind, code) => {
      estate.behaviour.addFault({
        match: { operation: 'policy.configurations.list' },
        kind,
      });
      const { snapshot, problems, complete } = await ledger();
      const [source] = snapshot.sources.known ? snapshot.sources.value : [];
      expect(source.protection).toMatchObject({
        known: false,
        reason: { code },
      });
      expect(problems.map(each => each.reason.code)).toContain(code);
      // The rest is read.
      expect(snapshot.stages.known).toBe(true);
      expect(complete).toBe(true);
    },
  );

  it('keeps only what depends on a refused connection list unknown', async () => {
    estate.behaviour.addFault({
      match: { operation: 'serviceendpoint.endpoints.list' },
      kind: 'deny',
    });
    const { snapshot } = await ledger();
    const identities = snapshot.identities.known
      ? snapshot.identities.value
      : [];
    expect(identities.length).toBeGreaterThan(0);
    for (const identity of identities) {
      expect(identity.credential).toMatchObject({
        known: false,
        reason: {
          permission: expect.stringContaining('vso.serviceendpoint'),
          actor: 'platform-team',
        },
      });
    }
    expect(snapshot.sources.known).toBe(true);
  });

  it('says that the list of pipelines is incomplete when it is refused', async () => {
    estate.behaviour.addFault({
      match: { operation: 'build.definitions.list' },
      kind: 'deny',
    });
    const { snapshots, complete } = await collect(
      providerFor(estate),
      'Payments',
    );
    expect([...snapshots.keys()]).toEqual(['card-vault-release']);
    expect(complete).toBe(false);
  });

  it('leaves out a pipeline that makes no sense, and does not take it for gone', async () => {
    estate.behaviour.addFault({
      match: { operation: 'release.definitions.list' },
      kind: 'answer',
      answer: {
        status: 200,
        body: '{"count":1,"value":[{"id":"eleven","name":"card-vault-release"}]}',
      },
    });
    const { snapshots, complete } = await collect(
      providerFor(estate),
      'Payments',
    );
    expect(snapshots.has('card-vault-release')).toBe(false);
    expect(complete).toBe(false);
  });

  it('reads lists to their last page', async () => {
    const payments = estate.calls;
    const { snapshots } = await collect(providerFor(estate), 'Payments');
    expect(snapshots.size).toBe(5);
    expect(payments.count('build.definitions.list')).toBe(1);
  });

  it('waits as long as a throttled service asks, and loses nothing', async () => {
    estate.behaviour.addFault({
      match: { operation: 'build.definitions.list' },
      kind: 'throttle',
      retryAfterSeconds: 1,
      times: 1,
    });
    const started = Date.now();
    const { snapshot, problems } = await ledger();
    // A timer may be early by a moment.
    expect(Date.now() - started).toBeGreaterThan(900);
    expect(snapshot.stages.known).toBe(true);
    expect(problems).toEqual([]);
  });

  it('sends nothing while an answer that succeeded asks for a pause', async () => {
    estate.behaviour.addFault({
      match: { operation: 'core.projects.list' },
      kind: 'slow-down',
      retryAfterSeconds: 1,
      times: 1,
    });
    await collect(providerFor(estate), 'Payments');
    const [first, second] = estate.calls.all();
    expect(second.at - first.at).toBeGreaterThanOrEqual(1000);
  });

  it('gives up on a service that asks for longer than a run may wait', async () => {
    estate.behaviour.addFault({
      match: { operation: 'git.repositories.list' },
      kind: 'throttle',
      retryAfterSeconds: 120,
    });
    const provider = providerFor(estate, { maxWaitSeconds: 1 });
    const { snapshots } = await collect(provider, 'Payments');
    const [source] = [...snapshots.values()].flatMap(each =>
      each.sources.known ? each.sources.value : [],
    );
    expect(source?.protection).toMatchObject({
      known: false,
      reason: { code: 'throttled' },
    });
  });

  it('keeps a pipeline whose code cannot be parsed from hurting the others', async () => {
    await estate.close();
    const state = loadContosoAzure();
    const repository = state.projects.find(({ name }) => name === 'Payments')
      ?.repositories[0];
    if (repository)
      repository.files['/azure-pipelines.yml'] =
        'stages:\n  - stage: "broken\n';
    estate = await createAzureDevOpsEstate({ state });
    const { snapshots } = await collect(providerFor(estate), 'Payments');
    const broken = snapshots.get('payments-deploy');
    expect(broken?.stages).toMatchObject({
      known: false,
      reason: {
        code: 'malformed',
        message: expect.stringContaining('/azure-pipelines.yml'),
      },
    });
    expect(snapshots.get('ledger-deploy')?.stages.known).toBe(true);
  });

  it('never follows a redirect, and sends the token to no second host', async () => {
    const seen: Array<string | undefined> = [];
    const thief = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end('{}');
    });
    await new Promise<void>(resolve => thief.listen(0, '127.0.0.1', resolve));
    const { port } = thief.address() as AddressInfo;
    estate.behaviour.addFault({
      match: { operation: 'git.repositories.list' },
      kind: 'answer',
      answer: {
        status: 302,
        headers: { location: `http://localhost:${port}/steal` },
        body: '',
      },
    });
    const { snapshot } = await ledger();
    const [source] = snapshot.sources.known ? snapshot.sources.value : [];
    expect(source.protection).toMatchObject({
      known: false,
      reason: { code: 'source-unreachable' },
    });
    expect(seen).toEqual([]);
    thief.close();
  });

  it('leaves out entries that make no sense and says so', async () => {
    estate.behaviour.addFault({
      match: { operation: 'environments.list' },
      kind: 'answer',
      answer: {
        status: 200,
        body: '{"count":2,"value":[{"id":"abc","name":"x"},{"id":34,"name":"ledger-production"}]}',
      },
    });
    const { snapshot, problems } = await ledger();
    expect(problems.map(each => each.subject)).toEqual([
      expect.stringContaining('1 entries'),
    ]);
    const production = snapshot.stages.known
      ? snapshot.stages.value.find(({ id }) => id === 'production')
      : undefined;
    expect(production?.gates.known).toBe(true);
  });

  it('asks nothing a second time that did not change, and remembers no secret', async () => {
    const checkpoints = new MemoryCheckpoints();
    const provider = providerFor(estate);
    await collect(provider, 'Storefront', { checkpoints });
    const first = estate.calls.count();
    estate.calls.reset();
    const again = await collect(provider, 'Storefront', { checkpoints });
    expect(again.snapshots.size).toBe(3);
    expect(estate.calls.count('release.definitions.get')).toBe(0);
    expect(estate.calls.count('git.blobs.zip')).toBe(0);
    expect(estate.calls.count('git.itemsbatch')).toBe(0);
    expect(estate.calls.count('pipelinepermissions.get')).toBe(0);
    expect(estate.calls.count('security.accesscontrollists.list')).toBe(0);
    expect(estate.calls.count('identities.read')).toBe(0);
    expect(estate.calls.count('graph.memberships.list')).toBe(0);
    expect(estate.calls.count()).toBeLessThan(first);
    const tomorrow = new Date('2026-11-22T09:00:00Z');
    // A new reader, as after a restart: only what is remembered beyond it counts.
    await collect(providerFor(estate), 'Storefront', {
      checkpoints,
      now: tomorrow,
    });
    expect(
      estate.calls.count('security.accesscontrollists.list'),
    ).toBeGreaterThan(0);
    expect(estate.calls.count('graph.memberships.list')).toBeGreaterThan(0);
    expect(checkpoints.text).not.toContain('c0nt0so-npm-publish-2023');
  });

  it('remembers what a release does without the text of its scripts, until its revision or what it uses changes', async () => {
    await estate.close();
    const state = loadContosoAzure();
    const [release] =
      state.projects.find(({ name }) => name === 'Storefront')?.releases ?? [];
    release.stages[0].tasks[0].inputs.inlineScript =
      'login --with hunter22-is-my-word';
    release.variables.DB_PASSWORD = { value: 'letmein-please' };
    estate = await createAzureDevOpsEstate({ state });
    const checkpoints = new MemoryCheckpoints();
    const provider = providerFor(estate);
    await collect(provider, 'Storefront', { checkpoints });
    const { snapshots } = await collect(provider, 'Storefront', {
      checkpoints,
    });
    expect(estate.calls.count('release.definitions.get')).toBe(1);
    expect(snapshots.get('storefront-release')?.leaks).toMatchObject({
      value: [{ where: 'variable DB_PASSWORD' }],
    });
    expect(checkpoints.text).not.toMatch(/hunter22|letmein/);
    expect(snapshots.get('storefront-release')?.identities).toMatchObject({
      value: [{ name: expect.stringMatching(/staging/) }, {}],
    });
    const shop = state.projects.find(({ name }) => name === 'Storefront');
    if (shop) shop.serviceConnections[0].name = 'renamed';
    await collect(provider, 'Storefront', { checkpoints });
    expect(estate.calls.count('release.definitions.get')).toBe(2);
    release.revision += 1;
    await collect(provider, 'Storefront', { checkpoints });
    expect(estate.calls.count('release.definitions.get')).toBe(3);
  });

  it('tells how its calls ended, to those who count them', async () => {
    await estate.close();
    const behaviour = new Behaviour();
    behaviour.addFault({
      match: { operation: 'distributedtask.queues.list' },
      kind: 'deny',
    });
    estate = await createAzureDevOpsEstate({
      state: loadContosoAzure(),
      behaviour,
    });
    const outcomes: string[] = [];
    const provider = providerFor(estate);
    provider.observeCalls(outcome => outcomes.push(outcome));
    await collect(provider, 'Payments');
    expect(outcomes).toHaveLength(estate.calls.count());
    expect(outcomes.filter(each => each === 'refused')).toHaveLength(1);
  });

  it('reads one pipeline anew when asked to', async () => {
    const checkpoints = new MemoryCheckpoints();
    const provider = providerFor(estate);
    await collect(provider, 'Storefront', { checkpoints });
    const only = {
      provider: 'azure-devops',
      scope: 'contoso/Storefront',
      id: 'build-201',
    };
    estate.calls.reset();
    const { snapshots } = await collect(provider, 'Storefront', {
      checkpoints,
      only,
    });
    expect([...snapshots.keys()]).toEqual(['storefront-web']);
    expect(
      estate.calls.count('git.items.get') +
        estate.calls.count('git.itemsbatch'),
    ).toBeGreaterThan(0);
  });

  it('asks nothing but to read', async () => {
    await collect(providerFor(estate), 'Payments');
    const posts = new Set(
      estate.calls
        .all()
        .filter(({ method }) => method !== 'GET')
        .map(({ operation }) => operation),
    );
    expect([...posts].sort()).toEqual([
      'checks.queryconfigurations',
      'git.blobs.zip',
      'git.itemsbatch',
    ]);
  });
});
