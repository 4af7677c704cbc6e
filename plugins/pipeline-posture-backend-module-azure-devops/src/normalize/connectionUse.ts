import {
  Fact,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ServiceConnection } from '../client/wire';
import { Assembled } from './assemble';
import { purposesOf } from './connections';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

const DAY_MS = 86_400_000;

/** After this many days without a use, a right that is still there was not reviewed. */
const UNUSED_DAYS = 90;

const daysSince = (at: string, now: Date) =>
  (now.getTime() - Date.parse(at)) / DAY_MS;

/** True if a pipeline was permitted by name to use a connection. */
function isPermitted(
  { definitionId }: PipelineDraft,
  { id }: ServiceConnection,
  resources: Resources,
): boolean {
  const access = resources.access({ type: 'endpoint', id });
  return (
    definitionId !== undefined &&
    access.known &&
    access.value.pipelines.includes(definitionId)
  );
}

/** Connections that deploy, that pipelines may use, and of which no recent run tells whether they do. */
export function connectionsInQuestion(
  pipelines: Assembled[],
  resources: Resources,
  now: Date,
): ServiceConnection[] {
  const { connections } = resources.state;
  const explained = new Set<string>();
  for (const { draft, stages, connections: ofResources } of pipelines) {
    const last = draft.lastRunAt.known ? draft.lastRunAt.value : null;
    if (!stages.known || last === null || daysSince(last, now) > UNUSED_DAYS)
      continue;
    for (const stage of stages.value)
      for (const { id } of stage.connections) explained.add(id);
    for (const { connection } of ofResources)
      if (connection.known) explained.add(connection.value.id);
  }
  return (connections.known ? connections.value : []).filter(
    connection =>
      connection.isDisabled !== true &&
      purposesOf(connection).includes('deploy') &&
      !explained.has(connection.id) &&
      (!connection.creationDate ||
        daysSince(connection.creationDate, now) > UNUSED_DAYS) &&
      pipelines.some(({ draft }) => isPermitted(draft, connection, resources)),
  );
}

/** Whether the pipeline may use a connection that nobody has used for long. */
export function keepsUnusedConnection(
  draft: PipelineDraft,
  resources: Resources,
  now: Date,
): Fact<boolean> {
  const { connections } = resources.state;
  if (!connections.known) return connections;
  let gap: UnknownReason | undefined;
  for (const connection of connections.value) {
    const access = resources.access({ type: 'endpoint', id: connection.id });
    if (!access.known) {
      if (connection.isDisabled !== true) gap ??= access.reason;
      continue;
    }
    const last = resources.lastUse(connection);
    if (!last || !isPermitted(draft, connection, resources)) continue;
    if (!last.known) {
      gap = last.reason;
      continue;
    }
    if (last.value !== null && daysSince(last.value, now) <= UNUSED_DAYS)
      continue;
    return known(true, {
      source: 'GET {project}/_apis/serviceendpoint/{id}/executionhistory',
      observed: `service connection ${connection.name} ${
        last.value === null
          ? 'was never used'
          : `was last used on ${last.value.slice(0, 10)}`
      }`,
      url: resources.connectionUrl(connection),
    });
  }
  return gap ? unknown(gap) : known(false);
}
