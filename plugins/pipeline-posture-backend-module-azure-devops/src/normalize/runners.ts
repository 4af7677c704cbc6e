import {
  chainFact,
  Fact,
  known,
  mapFact,
  Runner,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { JobReading } from '../reading/types';
import { Assembled } from './assemble';
import { reasonOfGap } from './names';
import { PipelineDraft } from './PipelineDraft';
import { ownedQueue, queuesOf } from './pools';
import { Resources } from './Resources';

/** Which pools several projects use, by pool id; unknown if not every project can be read. */
export type PoolSharing = Fact<ReadonlyMap<number, readonly string[]>>;

const hostedRunner = (name: string, image?: string): Runner => ({
  name,
  hosting: 'provider',
  sharedBeyondTeam: known(false),
  openToAllPipelines: known(false),
  privileged: known(false),
  ...(image && { image: known(image) }),
});

/** Whether new projects get a pool: then it is shared, whoever uses it today. */
const givenToAll = (poolId: number, { state: { pools } }: Resources) =>
  chainFact(pools, all => {
    const pool = all.find(({ id }) => id === poolId);
    return pool
      ? known(pool.autoProvision === true)
      : unknown<boolean>({
          code: 'not-found',
          message:
            'The reader does not see the agent pool, so it is not known whether every new project gets it.',
          permission: 'Reader on the agent pool',
          actor: 'platform-team',
          action: 'Give the reader the role Reader on the agent pool.',
        });
  });

function runnerOn(
  wanted: string,
  image: string | undefined,
  resources: Resources,
  sharing: PoolSharing,
): Fact<Runner> {
  return mapFact(
    ownedQueue(resources, wanted),
    ({ queue: { id, name }, poolId, hosted }) => {
      if (hosted) return hostedRunner(name, image);
      const access = resources.access({ type: 'queue', id: String(id) });
      return {
        name,
        hosting: 'own',
        sharedBeyondTeam: chainFact(sharing, projects =>
          (projects.get(poolId)?.length ?? 0) > 1
            ? known(true)
            : givenToAll(poolId, resources),
        ),
        openToAllPipelines: mapFact(access, each => each.allPipelines),
        privileged: unknown({
          code: 'not-supported',
          message: `What the agents of pool ${name} may do on their machines is not told by Azure DevOps.`,
          actor: 'platform-team',
          action: 'Review the machines of the pool.',
        }),
        ...(image && { image: known(image) }),
      };
    },
  );
}

/** The machines that a job may run on. */
function runnersOf(
  job: JobReading,
  draft: PipelineDraft,
  resources: Resources,
  sharing: PoolSharing,
): Array<Fact<Runner>> {
  const { vmImage, image: container } = job.pool;
  const image = container?.name ?? vmImage;
  const queues = queuesOf(job, draft);
  if (!queues.known) return [queues];
  if (queues.value.length === 0) {
    const name = vmImage ? `Azure Pipelines (${vmImage})` : 'Azure Pipelines';
    return [known(hostedRunner(name, image))];
  }
  return queues.value.map(each => runnerOn(each, image, resources, sharing));
}

/** Stands for machines that nobody could tell, so that what is known of others still counts. */
function notKnown(reason: UnknownReason): Runner {
  return {
    name: 'an agent pool that is not known',
    hosting: 'own',
    sharedBeyondTeam: unknown(reason),
    openToAllPipelines: unknown(reason),
    privileged: unknown(reason),
  };
}

/** The machines that run the pipeline. */
export function runnersFact(
  { draft, stages }: Assembled,
  resources: Resources,
  sharing: PoolSharing,
): Fact<Runner[]> {
  return chainFact(stages, all => {
    const runners = new Map<string, Runner>();
    const found = all
      .flatMap(({ reading }) => reading.jobs)
      .flatMap(job => runnersOf(job, draft, resources, sharing));
    for (const runner of found) {
      const settled = runner.known ? runner.value : notKnown(runner.reason);
      runners.set(settled.name, settled);
    }
    // A job that is not known runs on machines that are not known.
    const [gap] = all.flatMap(({ reading }) => reading.gaps);
    if (gap) {
      const somewhere = notKnown(reasonOfGap(gap));
      runners.set(somewhere.name, somewhere);
    }
    return known([...runners.values()]);
  });
}
