import {
  ChangeCause,
  COMPLIANCES,
  GRADES,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
import { PostureChange } from '../announce/PostureChange';
import { AssessedFinding } from '../evaluation/assessment';
import { Known } from '../history/classifyChange';

/** What others are told of a change. */
export function changeOf(
  pipeline: { id: string; name: string },
  change: {
    eventId: string;
    causes: ChangeCause[];
    before?: Known;
    after: Known;
    findings: readonly AssessedFinding[];
  },
): PostureChange {
  const { eventId, causes, before, after, findings } = change;
  const failed = new Set(
    before?.results.filter(r => r.status === 'fail').map(r => r.controlId),
  );
  const markOf = ({ score, grade, compliance }: Known) => ({
    score,
    grade: GRADES[grade],
    compliance: COMPLIANCES[compliance],
  });
  return {
    eventId,
    pipelineId: pipeline.id,
    pipelineName: pipeline.name,
    causes,
    ...(before && { before: markOf(before) }),
    after: markOf(after),
    newCritical: findings
      .filter(
        f =>
          f.status === 'fail' &&
          f.severity === 'critical' &&
          !f.preview &&
          !f.exempt &&
          !failed.has(f.controlId),
      )
      .map(f => f.controlId),
  };
}

/** Tiers of the stages in which each identity is used. */
export function tiersByIdentity(
  snapshot: PipelineSnapshot,
): Map<string, Set<'production' | 'non-production' | 'unknown'>> {
  const tiers = new Map<
    string,
    Set<'production' | 'non-production' | 'unknown'>
  >();
  if (!snapshot.stages.known) return tiers;
  for (const stage of snapshot.stages.value.filter(({ deploys }) => deploys)) {
    const tier = stage.tier.known ? stage.tier.value : 'unknown';
    for (const unit of stage.units) {
      if (!unit.identityIds.known) continue;
      for (const identity of unit.identityIds.value) {
        const seen = tiers.get(identity) ?? new Set();
        tiers.set(identity, seen.add(tier));
      }
    }
  }
  return tiers;
}
