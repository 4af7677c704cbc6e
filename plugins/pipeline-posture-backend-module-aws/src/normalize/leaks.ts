import {
  Fact,
  known,
  Leak,
  unsearchedPlace,
  UnsearchedPlace,
} from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import { projectOf } from './actions';
import { actionsOf, PipelineModel } from './pipelineModel';

/** Secret-looking values in the definition and in the build projects that it uses. */
export function leaksOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<Array<Leak | UnsearchedPlace>> {
  const leaks: Array<Leak | UnsearchedPlace> = [...model.definition.leaks];
  for (const { action } of actionsOf(model)) {
    const project = projectOf(action, readings);
    if (!project) continue;
    leaks.push(
      ...(project.known
        ? project.value.leaks
        : unsearchedPlace(
            `build project ${action.configuration.ProjectName}`,
            project.reason,
          )),
    );
  }
  const unique = new Map(leaks.map(leak => [`${leak.in} ${leak.where}`, leak]));
  return known([...unique.values()], { source: 'codepipeline:GetPipeline' });
}
