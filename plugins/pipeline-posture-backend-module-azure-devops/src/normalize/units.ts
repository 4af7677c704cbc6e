import {
  allFacts,
  ExecutionUnit,
  Fact,
  known,
  UnitKind,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { ServiceConnection } from '../client/wire';
import { JobReading, StageReading } from '../reading/types';
import { principalId, purposesOf } from './connections';
import { Resources } from './Resources';
import { ConnectionFact, connectionsOf, reasonOfGap } from './names';

const KINDS: UnitKind[] = [
  'source',
  'build',
  'test',
  'deploy',
  'approval',
  'other',
];

function kindsOf(job: JobReading, connections: ConnectionFact[]): UnitKind[] {
  const kinds = new Set(job.steps.flatMap(step => step.kinds));
  kinds.delete('source');
  const deploys = connections.some(
    each => !each.known || purposesOf(each.value).includes('deploy'),
  );
  if (job.deployment || deploys) kinds.add('deploy');
  // A script in a job that deploys belongs to the deployment unless it plainly builds.
  if (kinds.has('other') && !kinds.has('deploy')) kinds.add('build');
  kinds.delete('other');
  if (kinds.size === 0) kinds.add('other');
  return KINDS.filter(kind => kinds.has(kind));
}

/** Whether a job deploys, as far as anybody can tell: what is not known of it may. */
export const mayDeploy = (job: JobReading, resources: Resources): boolean =>
  job.gaps.length > 0 ||
  kindsOf(job, connectionsOf(job, resources)).includes('deploy');

function idsOf(
  connections: Fact<ServiceConnection[]>,
  job: JobReading,
  organisation: string,
): Fact<string[]> {
  if (!connections.known) return connections;
  const ids = connections.value.map(each => principalId(each, organisation));
  return known([...new Set(ids)], {
    source: job.location ? 'pipeline code' : 'pipeline definition',
    ...(job.location && { location: job.location }),
  });
}

export function unitOf(
  job: JobReading,
  stage: StageReading,
  resources: Resources,
): { unit: ExecutionUnit; connections: ConnectionFact[] } {
  const connections = connectionsOf(job, resources);
  const { organisation } = resources.state;
  const [gap] = [...job.gaps, ...stage.gaps];
  const ids = allFacts(connections);
  const identityIds: Fact<string[]> = gap
    ? unknown(reasonOfGap(gap))
    : idsOf(ids, job, organisation);
  return {
    unit: {
      id: `${stage.id}/${job.id}`,
      name: job.name,
      kinds: kindsOf(job, connections),
      identityIds,
      ...(job.location && { location: job.location }),
    },
    connections,
  };
}
