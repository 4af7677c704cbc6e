import { Gate, known } from 'backstage-plugin-pipeline-posture-common';
import { JobReading, StageReading } from '../reading/types';
import { principalFrom } from './gates';

const ANYBODY = {
  name: 'whoever may queue the pipeline',
  kind: 'group' as const,
  broad: true,
};

/** Jobs of a stage that must have finished before it deploys anything. */
function jobsBefore(stage: StageReading): JobReading[] {
  const ids = new Set<string>();
  const visit = (names: string[]) => {
    for (const name of names) {
      if (ids.has(name)) continue;
      ids.add(name);
      visit(stage.jobs.find(({ id }) => id === name)?.dependsOn ?? []);
    }
  };
  const others = stage.jobs.filter(
    job => !job.steps.some(({ manual }) => manual),
  );
  // Every job that does something must wait, or the stage does not.
  const waiting = others.map(({ dependsOn }) => {
    ids.clear();
    visit(dependsOn);
    return new Set(ids);
  });
  return stage.jobs.filter(
    ({ id }) => waiting.length > 0 && waiting.every(each => each.has(id)),
  );
}

function stagesBefore(
  stage: StageReading,
  all: StageReading[],
): StageReading[] {
  const found = new Set<StageReading>();
  const visit = (names: string[]) => {
    for (const earlier of all.filter(({ id }) => names.includes(id))) {
      if (earlier === stage || found.has(earlier)) continue;
      found.add(earlier);
      visit(earlier.dependsOn);
    }
  };
  visit(stage.dependsOn);
  return [...found];
}

/**
 * Steps of the pipeline itself that wait for a person before a stage. They
 * count as approvals, but stand in code: whoever changes it takes them out.
 */
export function manualGates(
  stage: StageReading,
  all: StageReading[],
  url: string,
  broadGroups: ReadonlySet<string>,
): Gate[] {
  const jobs = [
    ...jobsBefore(stage).map(job => ({ job, of: stage })),
    ...stagesBefore(stage, all).flatMap(of =>
      of.jobs.map(job => ({ job, of })),
    ),
  ];
  return jobs.flatMap(({ job, of }) =>
    job.steps.flatMap(({ manual, name, location }, index): Gate[] => {
      // A part that may be left out holds nobody up for sure.
      if (!manual || job.conditional || of.conditional) return [];
      const evidence = {
        source: 'pipeline code',
        ...(location && { location }),
      };
      return [
        {
          id: `manual-${of.id}-${job.id}-${index}`,
          name,
          kind: 'approval',
          on: `job ${job.name} of stage ${of.name}`,
          effective: !manual.resumes,
          ...(manual.resumes && {
            ineffectiveBecause: 'the run goes on when nobody answers',
          }),
          approvers:
            manual.approvers.length > 0
              ? manual.approvers.map(displayName =>
                  principalFrom({ displayName }, broadGroups),
                )
              : [ANYBODY],
          requesterCanApprove: known(manual.requesterCanApprove, evidence),
          canBeSkipped: known(location?.origin !== 'template', evidence),
          url,
        },
      ];
    }),
  );
}
