import {
  Fact,
  Gate,
  known,
  mapFact,
} from 'backstage-plugin-pipeline-posture-common';
import { holdersOf, unseenAmong } from '../collect/readPermissions';
import { JobReading, ManualStep, StageReading } from '../reading/types';
import { editorsFact } from './editors';
import { Deploys, waitingJobs } from './manualGates';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';
import { mayDeploy } from './units';

/** Why a step that asks somebody holds nobody up; nothing if it does. */
function ineffective(
  manual: ManualStep,
  job: JobReading,
  stage: StageReading,
  deploys: Deploys,
): string | undefined {
  if (manual.resumes) return 'the deployment goes on when nobody answers';
  if (manual.neutralised) return manual.neutralised;
  if (job.sometimes) return 'its job only runs under a condition';
  const waiting = waitingJobs(stage, deploys);
  const at = stage.jobs.indexOf(job);
  if (stage.jobs.slice(0, at).some(each => waiting.includes(each)))
    return 'a job before it may have deployed already';
  return waiting.some(({ heeds }) => heeds)
    ? 'a job after it has a condition of its own and runs whatever the answer is'
    : undefined;
}

/** Whoever may manage the deployments of a stage resumes those that wait. */
function approversOf(
  { environmentId }: StageReading,
  { securityToken }: PipelineDraft,
  { state }: Resources,
): Pick<Gate, 'approvers' | 'approversUnread'> {
  const { releasePermissions } = state;
  if (!releasePermissions.known)
    return { approvers: [], approversUnread: releasePermissions.reason };
  const approvers = holdersOf(
    releasePermissions.value,
    `${securityToken}/Environment/${environmentId}`,
  )
    .filter(({ allowed }) => allowed.has('ManageDeployments'))
    .map(({ principal }) => principal);
  const unread = unseenAmong(approvers.filter(each => each.kind !== 'service'));
  return { approvers, ...(unread && { approversUnread: unread }) };
}

/** A task is taken out by whoever edits the release. */
const canBeTakenOut = (
  draft: PipelineDraft,
  resources: Resources,
): Fact<boolean> =>
  mapFact(editorsFact(draft, resources), editors =>
    editors.some(({ principal }) => principal.broad),
  );

/**
 * Tasks ManualIntervention that wait for a person before a stage of a release
 * deploys. They count as approvals: the deployment pauses until somebody
 * resumes or rejects it. What they lack shows in the facts of the gate: anybody
 * who may deploy may resume, the one who started it as well.
 *
 * Those of earlier stages count for nothing here. After which stage another
 * starts is said of its automatic start only, and by hand it is deployed
 * without them, as
 * https://learn.microsoft.com/azure/devops/pipelines/release/triggers has it.
 * Approvals of a stage hold up both.
 */
export function interventionGates(
  stage: StageReading,
  draft: PipelineDraft,
  resources: Resources,
): Gate[] {
  // That a job of a release deploys is only assumed; where others are known to, they are what must wait.
  const deploys = (job: JobReading) =>
    mayDeploy({ ...job, deployment: false }, resources);
  return stage.jobs.flatMap(job =>
    job.steps.flatMap(({ manual, name }, index): Gate[] => {
      if (!manual) return [];
      const because = ineffective(manual, job, stage, deploys);
      return [
        {
          id: `intervention-${job.id}-${index}`,
          name,
          kind: 'approval',
          on: `job ${job.name} of stage ${stage.name}`,
          effective: because === undefined,
          ...(because && { ineffectiveBecause: because }),
          ...approversOf(stage, draft, resources),
          requesterCanApprove: known(manual.requesterCanApprove, {
            source: 'GET {project}/_apis/release/definitions/{id}',
            observed: 'whoever may manage deployments resumes',
            url: draft.url,
          }),
          canBeSkipped: canBeTakenOut(draft, resources),
          url: draft.url,
        },
      ];
    }),
  );
}
