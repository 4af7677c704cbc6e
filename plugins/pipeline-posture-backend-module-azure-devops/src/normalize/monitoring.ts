import {
  Alert,
  AuditTrail,
  chainFact,
  Fact,
  known,
  mapFact,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { keepsUnusedConnection } from './connectionUse';
import { connectionsOf } from './names';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

const EVENTS =
  /^(build\.complete|ms\.vss-pipelines\.(run|stage|job)-state-changed-event|ms\.vss-release\.(deployment-completed|deployment-approval-pending)-event)$/;

/** Inputs that narrow a hook to one result, and the values among them that are failures. */
const RESULTS =
  /^(buildStatus|runResultId|stageResultId|jobResultId|releaseEnvironmentStatus)$/;
const FAILED = /^(failed|rejected|16)$/i;

/** Inputs that narrow a hook to one state. A run fails when it is completed. */
const STATES = /^(runStateId|stageStateId|jobStateId)$/;

/** Inputs that narrow a hook to one part of the pipeline. */
const PARTS = /^(stageNameId|jobNameId|releaseEnvironmentId)$/;

type Inputs = Record<string, string | undefined>;

/** What a hook is set to for each of some inputs. */
const narrowed = (inputs: Inputs, names: RegExp): string[] =>
  Object.entries(inputs).flatMap(([name, value]) =>
    names.test(name) && value ? [value] : [],
  );

const tellsOfFailures = (inputs: Inputs) =>
  narrowed(inputs, RESULTS).every(each => FAILED.test(each)) &&
  narrowed(inputs, STATES).every(each => /^completed$/i.test(each));

/** Whether a hook hears of this pipeline, and not of another one only. */
function hears(inputs: Inputs, draft: PipelineDraft): boolean {
  const { definitionName, pipelineId, releaseDefinitionId } = inputs;
  if (draft.kind === 'azure-classic-release') {
    return (
      !releaseDefinitionId || draft.ref.id === `release-${releaseDefinitionId}`
    );
  }
  return (
    (!definitionName ||
      definitionName.toLowerCase() === draft.name.toLowerCase()) &&
    (!pipelineId || pipelineId === String(draft.definitionId))
  );
}

/** Whether a hook is switched on, and hears of the whole pipeline. */
function effectOf(status: string | undefined, inputs: Inputs): Fact<boolean> {
  if (/^disabled/i.test(status ?? '')) return known(false);
  const [part] = narrowed(inputs, PARTS);
  if (status === 'enabled' && part === undefined) return known(true);
  return unknown({
    code: 'unresolved',
    message:
      part === undefined
        ? 'Azure DevOps does not say that the service hook is enabled: it may be on probation because it failed.'
        : `The service hook tells only of ${part}. Whether the rest of the pipeline can fail unheard is not known.`,
    call: 'GET _apis/hooks/subscriptions',
    actor: 'service-owner',
    action:
      'Look at the service hook in the project settings, and let it tell of every failed run.',
  });
}

/** Service hooks that hear of this pipeline's runs. */
export function alertsFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<Alert[]> {
  const { hooks, project } = resources.state;
  return mapFact(hooks, all =>
    all
      .filter(({ eventType, publisherInputs: inputs = {} }) => {
        if (!eventType || !EVENTS.test(eventType)) return false;
        const release = eventType.startsWith('ms.vss-release');
        if (release !== (draft.kind === 'azure-classic-release')) return false;
        const { projectId } = inputs;
        return (
          (!projectId ||
            projectId.toLowerCase() === project.id.toLowerCase()) &&
          hears(inputs, draft) &&
          tellsOfFailures(inputs)
        );
      })
      .map(({ eventType = '', status, publisherInputs: inputs = {} }) => ({
        name: `service hook on ${eventType}`,
        on: eventType.includes('approval')
          ? ['approval-needed' as const]
          : [
              narrowed(inputs, RESULTS).length > 0
                ? ('failure' as const)
                : ('any-state' as const),
            ],
        effective: effectOf(status, inputs),
      })),
  );
}

/** After this many days without a run, permissions that are still there were not reviewed. */
const STALE_DAYS = 180;

/** What is recorded of the pipeline and its runs. */
export function auditFact(
  draft: PipelineDraft,
  resources: Resources,
  now: Date,
): Fact<AuditTrail> {
  const { auditStreams, settings, access, connections } = resources.state;
  const authorised = [...access.values()].some(
    each =>
      each.known &&
      draft.definitionId !== undefined &&
      each.value.pipelines.includes(draft.definitionId),
  );
  // A release needs no permission by name: what its stages name it may use.
  const release = draft.kind === 'azure-classic-release';
  const named =
    release && draft.code.known
      ? draft.code.value.stages
          .flatMap(({ jobs }) => jobs)
          .some(job => connectionsOf(job, resources).some(each => each.known))
      : false;
  return known({
    changesRecorded: mapFact(auditStreams, all =>
      all.some(
        ({ status }) => status === 'enabled' || status === 'backfilling',
      ),
    ),
    buildStateEmitted: mapFact(
      settings,
      each => each.publishPipelineMetadata === true,
    ),
    lastRunAt: draft.lastRunAt,
    permissionsReviewed: chainFact(draft.lastRunAt, last => {
      const days =
        last === null
          ? Infinity
          : (now.getTime() - Date.parse(last)) / 86_400_000;
      if (days > STALE_DAYS) {
        if (authorised || named) return known(false);
        if (release && !draft.code.known) return draft.code;
        // A permission that could not be read may name the pipeline.
        const unread = [connections, ...access.values()].find(
          each => !each.known,
        );
        if (unread && !unread.known) return unread;
      }
      return mapFact(
        keepsUnusedConnection(draft, resources, now),
        unused => !unused,
      );
    }),
  });
}
