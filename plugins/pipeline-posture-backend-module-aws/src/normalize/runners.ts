import {
  Fact,
  known,
  mapFact,
  Runner,
} from 'backstage-plugin-pipeline-posture-common';
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
    const name = action.configuration.ProjectName ?? '';
    runners.set(name, {
      name: `build project ${name}`,
      hosting: 'provider',
      sharedBeyondTeam: mapFact(project, () => false),
      openToAllPipelines: mapFact(project, () => false),
      privileged: mapFact(project, ({ privileged }) => privileged),
      image: mapFact(project, ({ image }) => image),
    });
  }
  return known([...runners.values()], { source: 'codebuild:BatchGetProjects' });
}
