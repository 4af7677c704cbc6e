import {
  Alert,
  AuditTrail,
  chainFact,
  Fact,
  known,
  mapFact,
} from 'backstage-plugin-pipeline-posture-common';
import { keepsUnusedConnection } from './connectionUse';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

const EVENTS =
  /^(build\.complete|ms\.vss-pipelines\.(run|stage|job)-state-changed-event|ms\.vss-release\.(deployment-completed|deployment-approval-pending)-event)$/;

/** Service hooks that hear of this pipeline's runs. */
export function alertsFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<Alert[]> {
  const { hooks, project } = resources.state;
  return mapFact(hooks, all =>
    all
      .filter(({ eventType, publisherInputs }) => {
        if (!eventType || !EVENTS.test(eventType)) return false;
        const release = eventType.startsWith('ms.vss-release');
        if (release !== (draft.kind === 'azure-classic-release')) return false;
        const inProject =
          !publisherInputs?.projectId ||
          publisherInputs.projectId === project.id;
        const definition =
          publisherInputs?.definitionName || publisherInputs?.pipelineId || '';
        return (
          inProject &&
          (definition === '' ||
            definition === draft.name ||
            definition === String(draft.definitionId))
        );
      })
      .map(({ eventType = '', status }) => ({
        name: `service hook on ${eventType}`,
        on: eventType.includes('approval')
          ? ['approval-needed' as const]
          : ['any-state' as const],
        effective: known(status === 'enabled'),
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
        if (authorised) return known(false);
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
