import { PipelineSnapshot } from 'backstage-plugin-pipeline-posture-common';
import { fit } from '../store/fit';

/**
 * The same snapshot with ids of identities that can be kept. Some are made of names that authors of pipelines write,
 * and stages and edges must name an identity as it names itself.
 */
export function boundIds(snapshot: PipelineSnapshot): PipelineSnapshot {
  const { identities, stages } = snapshot;
  return {
    ...snapshot,
    identities: identities.known
      ? {
          ...identities,
          value: identities.value.map(one => ({ ...one, id: fit(one.id) })),
        }
      : identities,
    stages: stages.known
      ? {
          ...stages,
          value: stages.value.map(stage => ({
            ...stage,
            units: stage.units.map(unit => ({
              ...unit,
              identityIds: unit.identityIds.known
                ? {
                    ...unit.identityIds,
                    value: unit.identityIds.value.map(id => fit(id)),
                  }
                : unit.identityIds,
            })),
          })),
        }
      : stages,
  };
}
