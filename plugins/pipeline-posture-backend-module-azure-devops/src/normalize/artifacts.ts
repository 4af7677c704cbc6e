import {
  ArtifactStore,
  Fact,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { Assembled } from './assemble';
import { reasonOfGap } from './names';

const EVIDENCE = { source: 'pipeline code' };

/** Azure Pipelines lets nobody replace an artifact of a run once it is published; on a file share it is a file like any other. */
const STORES: Record<'run' | 'share' | 'unknown', ArtifactStore> = {
  run: { name: 'artifacts of the run', replaceable: known([], EVIDENCE) },
  share: {
    name: 'artifacts on a file share',
    replaceable: known(
      [
        'They are published to a file share, where whoever may write replaces them and nothing records it.',
      ],
      EVIDENCE,
    ),
  },
  unknown: {
    name: 'published artifacts',
    replaceable: unknown({
      code: 'unresolved',
      message:
        'Where artifacts are published is only decided when the pipeline runs.',
      actor: 'service-owner',
      action: 'Write the location into the step, or publish to the run.',
    }),
  },
};

/** Where the pipeline keeps what it builds. */
export function artifactsFact({ stages }: Assembled): Fact<ArtifactStore[]> {
  if (!stages.known) return stages;
  const jobs = stages.value.flatMap(({ reading }) => reading.jobs);
  const places = new Set(
    jobs.flatMap(({ steps }) => steps.flatMap(step => step.publishes ?? [])),
  );
  const [gap] = stages.value.flatMap(({ reading }) => [
    ...reading.gaps,
    ...reading.jobs.flatMap(job => job.gaps),
  ]);
  // A part that is not resolved could publish to a share.
  if (gap && !places.has('share')) return unknown(reasonOfGap(gap));
  return known(
    [...places].map(place => STORES[place]),
    stages.evidence,
  );
}
