import { Fact, known, Runner } from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import { projectOf } from './actions';
import { actionsOf, PipelineModel } from './pipelineModel';

/** The containers that builds of a pipeline run in. AWS gives each build a machine of its own. */
export function runnersOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<Runner[]> {
  const runners = new Map<string, Runner>();
  for (const { action } of actionsOf(model)) {
    const project = projectOf(action, readings);
    if (!project) continue;
    if (!project.known) return project;
    const { name, privileged, image } = project.value;
    runners.set(name, {
      name: `build project ${name}`,
      hosting: 'provider',
      sharedBeyondTeam: known(false, project.evidence),
      openToAllPipelines: known(false, project.evidence),
      privileged: known(privileged, project.evidence),
      image,
    });
  }
  return known([...runners.values()], { source: 'codebuild:BatchGetProjects' });
}
