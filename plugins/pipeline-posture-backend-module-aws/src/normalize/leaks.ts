import {
  Fact,
  known,
  Leak,
  unsearchedPlace,
  UnsearchedPlace,
} from 'backstage-plugin-pipeline-posture-common';
import { ActionDefinition, BuildProject } from '../collect/definition';
import { ScopeReadings } from '../collect/readings';
import { projectOf } from './actions';
import {
  buildCommands,
  buildFileKey,
  buildFileOf,
  effectiveBuildspec,
} from './buildspecs';
import { actionsOf, PipelineModel } from './pipelineModel';

/** Secrets in the file of a repository that a build follows, or that nobody could look there. */
function inCommands(
  action: ActionDefinition,
  project: BuildProject,
  { definition }: PipelineModel,
  readings: ScopeReadings,
): Array<Leak | UnsearchedPlace> {
  const commands = buildCommands(action, project, definition, readings);
  if (!commands.known) {
    const { description } = effectiveBuildspec(action, project);
    return [{ where: description, in: 'code', unsearched: commands.reason }];
  }
  const site = buildFileOf(action, project, definition);
  const file = site?.known && readings.buildFiles.get(buildFileKey(site.value));
  return file && file.known ? [...(file.value?.leaks ?? [])] : [];
}

/** Secret-looking values in the definition and in the build projects that it uses. */
export function leaksOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<Array<Leak | UnsearchedPlace>> {
  const leaks: Array<Leak | UnsearchedPlace> = [...model.definition.leaks];
  for (const { action } of actionsOf(model)) {
    const project = projectOf(action, readings);
    if (!project) continue;
    if (!project.known) {
      const name = `build project ${action.configuration.ProjectName}`;
      leaks.push(...unsearchedPlace(name, project.reason));
      continue;
    }
    leaks.push(...project.value.leaks);
    leaks.push(...inCommands(action, project.value, model, readings));
  }
  const unique = new Map(leaks.map(leak => [`${leak.in} ${leak.where}`, leak]));
  return known([...unique.values()], { source: 'codepipeline:GetPipeline' });
}
