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
import { Resources } from './Resources';

const isHosted = (job: JobReading) =>
  job.pool.vmImage !== undefined &&
  (!job.pool.name || job.pool.name.name === 'Azure Pipelines');

/** Which pools several projects use, by pool id; unknown if not every project can be read. */
export type PoolSharing = Fact<ReadonlyMap<number, readonly string[]>>;

function runnerOf(
  job: JobReading,
  resources: Resources,
  sharing: PoolSharing,
): Fact<Runner> {
  const image = job.pool.image?.name ?? job.pool.vmImage;
  const hosted = (name: string): Runner => ({
    name,
    hosting: 'provider',
    sharedBeyondTeam: known(false),
    openToAllPipelines: known(false),
    privileged: known(false),
    ...(image && { image: known(image) }),
  });
  if (isHosted(job))
    return known(hosted(`Azure Pipelines (${job.pool.vmImage})`));
  const { name, queueId } = job.pool;
  if (name?.undecided && !name.alternatives) {
    return unknown({
      code: 'unresolved',
      message: `Which agent pool "${name.name}" means is only known when the pipeline runs.`,
      actor: 'service-owner',
      action: 'Name the pool in the pipeline code.',
    });
  }
  const wanted =
    name?.name ?? (queueId === undefined ? undefined : String(queueId));
  // Without a pool, the one of the definition is taken, which is hosted unless it was changed.
  if (wanted === undefined) return known(hosted('Azure Pipelines'));
  return mapFact(resources.queue(wanted), queue => {
    if (queue.pool?.isHosted !== false) return hosted(queue.name);
    const poolId = queue.pool.id;
    const access = resources.access({ type: 'queue', id: String(queue.id) });
    return {
      name: queue.name,
      hosting: 'own',
      // A pool that every new project gets is shared, whoever uses it today.
      sharedBeyondTeam: chainFact(sharing, projects =>
        mapFact(
          resources.state.pools,
          pools =>
            (projects.get(poolId)?.length ?? 0) > 1 ||
            pools.some(
              ({ id, autoProvision }) =>
                id === poolId && autoProvision === true,
            ),
        ),
      ),
      openToAllPipelines: mapFact(access, each => each.allPipelines),
      privileged: unknown({
        code: 'not-supported',
        message: `What the agents of pool ${queue.name} may do on their machines is not told by Azure DevOps.`,
        actor: 'platform-team',
        action: 'Review the machines of the pool.',
      }),
      ...(image && { image: known(image) }),
    };
  });
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
  { stages }: Assembled,
  resources: Resources,
  sharing: PoolSharing,
): Fact<Runner[]> {
  return chainFact(stages, all => {
    const runners = new Map<string, Runner>();
    for (const job of all.flatMap(({ reading }) => reading.jobs)) {
      const runner = runnerOf(job, resources, sharing);
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
