import {
  Fact,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { Queue } from '../client/wire';
import { JobReading } from '../reading/types';
import { namesOf, undecided } from './names';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

/** The name of the pool that is Microsoft's own, and of the place where jobs without an agent run. */
const NOT_OURS = new Set(['azure pipelines', 'server']);

const NO_DEFAULT: UnknownReason = {
  code: 'not-found',
  message:
    'The code names no agent pool, and Azure DevOps does not tell the default pool of the pipeline.',
  actor: 'service-owner',
  action: 'Name the pool in the pipeline code.',
};

/**
 * The queues that a job may run on, by name or id; none if it runs on machines
 * of the provider. A pool that a parameter chooses may be each of its values.
 */
export function queuesOf(
  { pool }: JobReading,
  { kind, defaultQueue }: PipelineDraft,
): Fact<string[]> {
  const { name, queueId, vmImage } = pool;
  if (name) {
    const names = namesOf(name);
    return names
      ? known(names.filter(each => !NOT_OURS.has(each.toLowerCase())))
      : unknown(undecided('agent pool', name));
  }
  if (vmImage !== undefined) return known([]);
  if (queueId !== undefined) return known([String(queueId)]);
  // Without a pool in the code, that of the definition is taken, which may have been changed to one of your own.
  if (defaultQueue) {
    return known(defaultQueue.hosted ? [] : [String(defaultQueue.id)]);
  }
  return kind === 'azure-yaml' ? unknown(NO_DEFAULT) : known([]);
}

/** A queue whose machines are known to be the provider's or one's own. */
export function ownedQueue(
  resources: Resources,
  nameOrId: string,
): Fact<{ queue: Queue; poolId: number; hosted: boolean }> {
  const found = resources.queue(nameOrId);
  if (!found.known) return found;
  const { pool, name } = found.value;
  if (pool?.isHosted === undefined) {
    return unknown({
      code: 'malformed',
      message: `Azure DevOps does not tell whose machines the agent queue ${name} leads to.`,
      actor: 'platform-team',
      action: `Look at the pool of the queue ${name} in the project settings.`,
    });
  }
  return known(
    { queue: found.value, poolId: pool.id, hosted: pool.isHosted },
    found.evidence,
  );
}
