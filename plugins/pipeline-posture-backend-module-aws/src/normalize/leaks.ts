import { Fact, known, Leak } from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import { projectOf } from './actions';
import { actionsOf, PipelineModel } from './pipelineModel';

/** Secret-looking values in the definition and in the build projects that it uses. */
export function leaksOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<Leak[]> {
  const leaks: Leak[] = [...model.definition.leaks];
  for (const { action } of actionsOf(model)) {
    const project = projectOf(action, readings);
    if (!project) continue;
    if (!project.known) return project;
    leaks.push(...project.value.leaks);
  }
  const unique = new Map(leaks.map(leak => [leak.where, leak]));
  return known([...unique.values()], { source: 'codepipeline:GetPipeline' });
}
