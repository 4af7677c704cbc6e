import * as wire from '../client/wire';
import { CodeReading, JobReading } from './types';
import { EMPTY, notesOf } from './classicDefaults';
import {
  ClassicReadOptions,
  fromStep,
  named,
  readTasks,
  unresolvedGroups,
} from './readClassicTasks';
import { isConditional } from './settings';

/** What a classic build pipeline does, in the words that are used for YAML. */
export function readClassicBuild(
  definition: wire.Definition,
  options: ClassicReadOptions,
): CodeReading {
  const jobs = (definition.process?.phases ?? []).map(
    (phase, index): JobReading => {
      const steps = readTasks((phase.steps ?? []).map(fromStep), options);
      const name = phase.name ?? `Job ${index + 1}`;
      if (phase.target?.allowScriptsAuthAccessOption) {
        steps.push({
          name: 'all scripts',
          kinds: [],
          connections: [],
          exposesToken: `job ${name} lets scripts use the job token`,
        });
      }
      const queue = phase.target?.queue?.id ?? definition.queue?.id;
      return {
        id: phase.refName ?? `Job_${index + 1}`,
        name,
        dependsOn: [],
        deployment: false,
        pool: queue === undefined ? {} : { queueId: queue },
        groups: [],
        steps,
        gaps: unresolvedGroups(steps, options),
        conditional: false,
        ...(isConditional(phase.condition) && { sometimes: true }),
      };
    },
  );
  // Without phases nobody knows what it does: a definition that was not read whole, or of a kind that is not known.
  const gaps: CodeReading['gaps'] =
    definition.process?.phases === undefined
      ? [{ because: 'its definition tells no phases', code: 'unresolved' }]
      : [];
  return {
    ...EMPTY,
    gaps,
    stages: [
      {
        id: '__default',
        name: definition.name,
        dependsOn: [],
        groups: [],
        jobs,
        gaps: [],
        conditional: false,
      },
    ],
    groups: (definition.variableGroups ?? []).map(({ id }) =>
      named(String(id)),
    ),
    ...notesOf(options.reader),
  };
}
