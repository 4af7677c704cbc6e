import { Gate, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { JobReading, ManualStep, StageReading } from '../reading/types';
import { comesBefore, heedsEndOf, Part } from './failures';
import { principalFrom } from './gates';

const ANYBODY = {
  name: 'whoever may queue the pipeline',
  kind: 'group' as const,
  broad: true,
};

const MANUAL = 'manual-';

/** True for a gate that is a step of the pipeline itself. */
export const isManual = ({ id }: Gate) => id.startsWith(MANUAL);

const ORIGIN_UNKNOWN = {
  code: 'unresolved' as const,
  message:
    'In which file the step that asks somebody really stands is not told by the expansion of the pipeline.',
  actor: 'service-owner' as const,
  action: 'Look it up in the code of the pipeline.',
};

/** Whether a job may put something out. */
export type Deploys = (job: JobReading) => boolean;

/** Jobs of a stage that must wait for an answer: who only tells of it or cleans up need not. */
export function waitingJobs(
  stage: StageReading,
  deploys: Deploys,
): JobReading[] {
  const others = stage.jobs.filter(
    job => !job.steps.some(({ manual }) => manual),
  );
  const deploying = others.filter(deploys);
  // Where none is known to deploy, each may.
  return deploying.length > 0 ? deploying : others;
}

/** Jobs of a stage that must have finished before it deploys anything. */
function jobsBefore(stage: StageReading, deploys: Deploys): JobReading[] {
  const ids = new Set<string>();
  const visit = (names: string[]) => {
    for (const name of names) {
      if (ids.has(name)) continue;
      ids.add(name);
      visit(stage.jobs.find(({ id }) => id === name)?.dependsOn ?? []);
    }
  };
  // Every job that deploys must wait, or the stage does not.
  const waiting = waitingJobs(stage, deploys).map(({ dependsOn }) => {
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

/** Whether a stage goes on although one of its jobs was skipped; one that did nothing at all is skipped itself. */
const goesOnWithout = (job: JobReading, { jobs }: StageReading) =>
  jobs.some(
    each =>
      each !== job &&
      !(
        comesBefore(job.id, each, jobs) &&
        heedsEndOf(each, { name: job.id, end: 'skipped' }, jobs)
      ),
  );

/** What has to wait for a job, by its own condition. */
interface Waiting {
  parts: Part[];
  failing: string;
  among: Part[];
  /** Set if the parts are told nothing when the job was skipped. */
  untold: boolean;
}

function waitingFor(
  job: JobReading,
  of: StageReading,
  stage: StageReading,
  all: StageReading[],
  deploys: Deploys,
): Waiting {
  return of === stage
    ? {
        parts: waitingJobs(stage, deploys),
        failing: job.id,
        among: stage.jobs,
        untold: false,
      }
    : {
        parts: [stage],
        failing: of.id,
        among: all,
        untold: Boolean(job.sometimes) && goesOnWithout(job, of),
      };
}

/** Why a step that asks somebody holds nobody up; nothing if it does. */
function ineffective(
  manual: ManualStep,
  job: JobReading,
  of: StageReading,
  { parts, failing, among, untold }: Waiting,
): string | undefined {
  if (manual.resumes) return 'the run goes on when nobody answers';
  if (manual.neutralised) return manual.neutralised;
  if (job.failureIgnored) return 'the run goes on when somebody says no';
  if (
    parts.some(
      part => !heedsEndOf(part, { name: failing, end: 'failed' }, among),
    )
  )
    return 'what comes after it has a condition of its own and runs whatever the answer is';
  const sometimes = job.sometimes || of.sometimes;
  const unasked =
    sometimes &&
    (untold ||
      parts.some(
        part => !heedsEndOf(part, { name: failing, end: 'skipped' }, among),
      ));
  return unasked
    ? 'it may be skipped, and what comes after it runs all the same'
    : undefined;
}

/** Approvers of a step; names that only the run knows may stand for anybody. */
function approversOf(
  { approvers }: ManualStep,
  broadGroups: ReadonlySet<string>,
): Pick<Gate, 'approvers' | 'approversUnread'> {
  if (approvers.length === 0) return { approvers: [ANYBODY] };
  const told = approvers.filter(each => !each.includes('$'));
  return {
    approvers: told.map(displayName =>
      principalFrom({ displayName }, broadGroups),
    ),
    ...(told.length < approvers.length && {
      approversUnread: {
        code: 'unresolved' as const,
        message: 'Who approves is only known when the pipeline runs.',
        actor: 'service-owner' as const,
        action: 'Name the approvers in the code of the pipeline.',
      },
    }),
  };
}

/**
 * Steps of the pipeline itself that wait for a person before a stage. They
 * count as approvals, but stand in code: whoever changes it takes them out.
 *
 * @param deploys - whether a job may put something out
 * @param extending - set if the pipeline extends a template, which a check may require
 */
export function manualGates(
  stage: StageReading,
  all: StageReading[],
  url: string,
  broadGroups: ReadonlySet<string>,
  deploys: Deploys,
  extending = false,
): Gate[] {
  const jobs = [
    ...jobsBefore(stage, deploys).map(job => ({ job, of: stage })),
    ...stagesBefore(stage, all).flatMap(of =>
      of.jobs.map(job => ({ job, of })),
    ),
  ];
  return jobs.flatMap(({ job, of }) =>
    job.steps.flatMap(({ manual, name, location, chosen }, index): Gate[] => {
      // A part that may be left out holds nobody up for sure.
      if (!manual || job.conditional || of.conditional) return [];
      const evidence = {
        source: 'pipeline code',
        ...(location && { location }),
      };
      const because = ineffective(
        manual,
        job,
        of,
        waitingFor(job, of, stage, all, deploys),
      );
      const fixed = extending && location?.origin === 'template' && !chosen;
      return [
        {
          id: `${MANUAL}${of.id}-${job.id}-${index}`,
          name,
          kind: 'approval',
          on: `job ${job.name} of stage ${of.name}`,
          effective: because === undefined,
          ...(because && { ineffectiveBecause: because }),
          ...approversOf(manual, broadGroups),
          requesterCanApprove: known(manual.requesterCanApprove, evidence),
          canBeSkipped:
            location?.origin === 'unknown'
              ? unknown(ORIGIN_UNKNOWN)
              : known(!fixed, evidence),
          url,
        },
      ];
    }),
  );
}

/** Unless a check requires the template that they stand in, steps can be taken out with it. */
export const outsideTemplate = (gate: Gate): Gate =>
  isManual(gate) && !(gate.canBeSkipped.known && gate.canBeSkipped.value)
    ? {
        ...gate,
        canBeSkipped: known(true, {
          source: 'pipeline code',
          observed: 'no check requires the template that it stands in',
        }),
      }
    : gate;
