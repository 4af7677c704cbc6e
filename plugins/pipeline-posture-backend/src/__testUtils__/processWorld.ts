import { Entity } from '@backstage/catalog-model';
import { Knex } from 'knex';
import {
  CallLog,
  createAzureDevOpsEstate,
  generateAzureOrganisation,
  GENERATED_AZURE_TOKEN,
} from 'pipeline-posture-estate';
import { ReplicaProcesses } from './ReplicaProcess';

export const soon = (ms: number) => new Promise(done => setTimeout(done, ms));

/** Tells when a number of calls came, whatever they were for. */
class WatchedCalls extends CallLog {
  #told: { after: number; done: () => void } | undefined;

  override record(call: Parameters<CallLog['record']>[0]): void {
    super.record(call);
    if (this.#told && this.count() >= this.#told.after) this.#told.done();
  }

  after(more: number): Promise<void> {
    const after = this.count() + more;
    return new Promise(done => (this.#told = { after, done }));
  }
}

/** A local Azure DevOps, and what replicas need to read it. */
export async function processWorld(projects: number, pipelines: number) {
  const state = generateAzureOrganisation({
    seed: 7,
    projects,
    pipelines,
    repositories: projects * 4,
    connections: projects * 3,
    environments: projects * 2,
    releases: projects,
  });
  // One scope is written in two batches; the others are small.
  for (const project of state.projects.slice(1)) project.pipelines.splice(8);
  const calls = new WatchedCalls();
  const estate = await createAzureDevOpsEstate({ state, calls });
  const { core, release, graph, audit } = estate.urls;
  const config = {
    integrations: {
      azure: [
        {
          host: new URL(core).host,
          credentials: [{ personalAccessToken: GENERATED_AZURE_TOKEN }],
        },
      ],
    },
    pipelinePosture: {
      collector: { collectEvery: { hours: 1 }, lease: { minutes: 5 } },
      azureDevOps: [
        {
          id: 'generated',
          url: core,
          areaUrls: { release, graph, audit },
          maxScopesAtOnce: 20,
        },
      ],
    },
  };
  const entities: Entity[] = state.projects.flatMap(({ name, repositories }) =>
    repositories.map(repository => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: `${name}-${repository.name}`.toLowerCase(),
        namespace: 'default',
        annotations: {
          'dev.azure.com/project-repo': `${name}/${repository.name}`,
        },
      },
      relations: [{ type: 'ownedBy', targetRef: `group:default/${name}` }],
    })),
  );
  /** Puts a secret into every pipeline, or takes it out. */
  const change = (version: number) => {
    for (const pipeline of state.projects.flatMap(p => p.pipelines)) {
      pipeline.revision += 1;
      pipeline.variables =
        version % 2 === 1
          ? { PASSWORD: { value: 'Tr0ub4dor&3', isSecret: false } }
          : {};
    }
  };
  const processes = new ReplicaProcesses(2);
  return {
    calls,
    change,
    processes,
    order: { config, entities },
    projects,
    async end() {
      await processes.end();
      await estate.close();
    },
  };
}

/** What {@link processWorld} gives. */
export type ProcessWorld = Awaited<ReturnType<typeof processWorld>>;

/** Waits until every scope was read whole, by a run that ended at a time or later, and nothing is left to do. */
export async function settled(
  { knex }: { knex: Knex },
  world: ProcessWorld,
  since: number,
  goesOn = () => true,
) {
  for (let look = 0; look < 3000; look++) {
    await soon(20);
    if (!goesOn()) return;
    world.processes.mustLive();
    const rows = await knex('runs')
      .where({ status: 'succeeded' })
      // One that was going on while the clock was moved is not followed by another before the next interval.
      .where('finished_at', '>=', new Date(since).toISOString())
      .distinct('scope_key')
      .catch(() => []);
    if (rows.length < world.projects) continue;
    const [{ n: dirty }] = await knex('entities')
      .where({ dirty: true })
      .count({ n: '*' });
    if (Number(dirty) === 0) return;
  }
  const scopes = await knex('scopes').select('next_run_at', 'lease_until');
  const runs = await knex('runs')
    .where('started_at', '>=', new Date(since).toISOString())
    .select('status', 'started_at', 'error');
  throw new Error(
    `The collection did not end: ${JSON.stringify(
      { since, scopes, runs, said: world.processes.complaints() },
      null,
      1,
    )}`,
  );
}
