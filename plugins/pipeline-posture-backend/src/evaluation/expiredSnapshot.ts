import {
  known,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';

/**
 * What is left of a snapshot that could not be refreshed for too long: its name, and that nothing is known.
 */
export function expiredSnapshot(
  snapshot: PipelineSnapshot,
  since: string,
): PipelineSnapshot {
  const expired = {
    known: false as const,
    reason: {
      code: 'expired' as const,
      message: `It could not be read since ${since}; older results do not count.`,
      actor: 'platform-team' as const,
      action: 'See Data health for what stops the collector.',
    },
  };
  return {
    ...snapshot,
    // Where the pipeline deploys rarely changes; forgetting it would hide a production pipeline.
    stages: snapshot.stages.known
      ? known(
          snapshot.stages.value.map(stage => ({
            ...stage,
            gates: expired,
            targets: expired,
            units: stage.units.map(unit => ({ ...unit, identityIds: expired })),
          })),
        )
      : expired,
    identities: expired,
    leaks: expired,
    securityTests: expired,
    triggers: expired,
    inputs: expired,
    injections: expired,
    editors: expired,
    runners: expired,
    artifacts: expired,
    alerts: expired,
    audit: expired,
    sources: snapshot.sources.known
      ? known(
          snapshot.sources.value.map(source => ({
            ...source,
            protection: expired,
            bypassers: expired,
          })),
        )
      : expired,
    provider: Object.fromEntries(
      Object.keys(snapshot.provider).map(name => [name, expired]),
    ),
  };
}
