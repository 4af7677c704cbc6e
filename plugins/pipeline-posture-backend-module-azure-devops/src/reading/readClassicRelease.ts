import * as wire from '../client/wire';
import { taskNameById } from '../tasks/catalogue';
import { CodeReading, JobReading } from './types';
import { EMPTY, notesOf } from './classicDefaults';
import { heedsOfCondition } from './heeds';
import {
  ClassicReadOptions,
  named,
  readTasks,
  unresolvedGroups,
} from './readClassicTasks';
import { isConditional } from './settings';

// Bits of the states of an earlier stage after which a stage starts.
const CANCELED = 8;
const REJECTED = 16;

const startsAfterFailure = (states: string | undefined): boolean =>
  (Number(states ?? 0) & (CANCELED | REJECTED)) !== 0;

/** What a classic release pipeline does, in the words that are used for YAML. */
export function readClassicRelease(
  release: wire.Release,
  options: ClassicReadOptions,
): CodeReading {
  const stages = (release.environments ?? []).map(
    (environment): CodeReading['stages'][number] => {
      // Jobs run one after the other, in the order of their ranks.
      const phases = [...(environment.deployPhases ?? [])].sort(
        (one, other) => (one.rank ?? 0) - (other.rank ?? 0),
      );
      const jobs = phases.map((phase, index): JobReading => {
        const steps = readTasks(
          (phase.workflowTasks ?? []).map(task => ({
            id: task.taskId,
            name: task.name ?? taskNameById(task.taskId) ?? task.taskId,
            isTaskGroup: task.definitionType === 'metaTask',
            enabled: task.enabled !== false,
            continueOnError: task.continueOnError === true,
            condition: task.condition,
            inputs: task.inputs ?? {},
            environment: task.environment ?? {},
          })),
          options,
        );
        const name = phase.name ?? `Job ${index + 1}`;
        if (phase.deploymentInput?.enableAccessToken) {
          steps.push({
            name: 'all scripts',
            kinds: [],
            connections: [],
            exposesToken: `job ${name} of stage ${environment.name} lets scripts use the job token`,
          });
        }
        const queue = phase.deploymentInput?.queueId;
        const condition = phase.deploymentInput?.condition;
        return {
          id: `${environment.id}-${index + 1}`,
          name,
          // A release deploys: that is what it is for.
          dependsOn: [],
          deployment: true,
          pool: queue ? { queueId: queue } : {},
          groups: [],
          steps,
          gaps: unresolvedGroups(steps, options),
          conditional: false,
          ...(isConditional(condition) && { sometimes: true }),
          ...heedsOfCondition(condition),
        };
      });
      const waits = (environment.conditions ?? []).filter(
        ({ conditionType }) =>
          conditionType === 'environmentState' || conditionType === 2,
      );
      const after = waits.flatMap(({ name }) => name ?? []);
      const heeds = waits
        .filter(({ value }) => !startsAfterFailure(value))
        .flatMap(({ name }) => name ?? []);
      return {
        id: environment.name,
        name: environment.name,
        environmentId: environment.id,
        dependsOn: after,
        groups: (environment.variableGroups ?? []).map(id => named(String(id))),
        jobs,
        gaps: [],
        conditional: false,
        ...(heeds.length < after.length && { heeds }),
      };
    },
  );
  return {
    ...EMPTY,
    stages,
    groups: (release.variableGroups ?? []).map(id => named(String(id))),
    ...notesOf(options.reader),
  };
}
