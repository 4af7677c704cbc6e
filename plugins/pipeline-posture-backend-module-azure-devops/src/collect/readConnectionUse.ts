import { Fact, mapFact } from 'backstage-plugin-pipeline-posture-common';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { Cadence, seldom } from './cadence';

/** When each connection was last used, by its id in lower case; null for one that never was. */
export type LastUses = ReadonlyMap<string, Fact<string | null>>;

/**
 * Reads when connections were last used: one call for each, so only for those
 * that no recent run of a pipeline explains.
 */
export async function readConnectionUse(
  connections: wire.ServiceConnection[],
  options: { source: Source; project: string; cadence: Cadence },
): Promise<LastUses> {
  const { source, project, cadence } = options;
  const entries = await Promise.all(
    connections.map(async ({ id }): Promise<[string, Fact<string | null>]> => {
      const last = await seldom(
        `used/${project}/${id.toLowerCase()}`,
        'GET {project}/_apis/serviceendpoint/{id}/executionhistory',
        cadence,
        async () =>
          mapFact(
            await source.list('connectionHistory', wire.executionRecord, {
              path: { project, id },
              query: { top: '1' },
              firstPageOnly: true,
            }),
            ([newest]) =>
              newest?.data?.finishTime ?? newest?.data?.startTime ?? null,
          ),
      );
      return [id.toLowerCase(), last];
    }),
  );
  return new Map(entries);
}
