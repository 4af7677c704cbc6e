import { createHash } from 'node:crypto';
import { Fact, known } from 'backstage-plugin-pipeline-posture-common';
import {
  Checkpoints,
  SecretScanner,
} from 'backstage-plugin-pipeline-posture-node';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { CodeReader } from '../reading/CodeReader';
import { readClassicRelease } from '../reading/readClassicRelease';
import { CodeReading, READING_VERSION } from '../reading/types';

const scanner = new SecretScanner();

/**
 * Takes out what may be a secret, so that a definition can be remembered: values
 * of variables stay only as the pattern that they match.
 */
function withoutSecrets(release: wire.Release): wire.Release {
  const clean = (variables: Record<string, wire.Variable> | undefined) =>
    variables &&
    Object.fromEntries(
      Object.entries(variables).map(([name, variable]) => {
        const match = scanner.matchSetting(name, variable.value);
        return [
          name,
          match
            ? { ...variable, value: undefined, leak: match.pattern }
            : variable,
        ];
      }),
    );
  return {
    ...release,
    variables: clean(release.variables),
    environments: release.environments?.map(each => ({
      ...each,
      variables: clean(each.variables),
    })),
  };
}

/** A classic release pipeline: its definition without its tasks, and what the tasks do. */
export interface ReleaseReading {
  release: wire.Release;
  code: CodeReading;
}

/** What tasks do is told by the reading, which holds no text of scripts; their inputs may hold secrets that no pattern finds. */
function withoutTasks(release: wire.Release): wire.Release {
  return {
    ...release,
    environments: release.environments?.map(each => ({
      ...each,
      deployPhases: undefined,
    })),
  };
}

/** Reads the definitions of releases one by one, since the list is shallow; what did not change is remembered. */
export async function readReleases(
  references: wire.ReleaseReference[],
  options: {
    source: Source;
    project: string;
    checkpoints: Checkpoints;
    fresh?: number;
    /** Names and ids of connections, and task groups, that tasks may use: what a release does changes with them. */
    connections: ReadonlySet<string>;
    taskGroups: ReadonlyMap<string, wire.TaskGroup>;
  },
): Promise<Map<number, Fact<ReleaseReading>>> {
  const { source, project, checkpoints, fresh, connections, taskGroups } =
    options;
  const surroundings = createHash('sha256')
    .update(JSON.stringify([[...connections].sort(), [...taskGroups]]))
    .digest('base64url');
  const entries = await Promise.all(
    references.map(
      async ({
        id,
        revision,
        modifiedOn,
      }): Promise<[number, Fact<ReleaseReading>]> => {
        const key = `release/${project}/${id}`;
        const marker = `${revision}/${modifiedOn}/${surroundings}/${READING_VERSION}`;
        const earlier =
          fresh === id
            ? undefined
            : await checkpoints.get<ReleaseReading>(key, marker);
        if (earlier) {
          return [
            id,
            known(earlier, {
              source: 'GET {project}/_apis/release/definitions/{id}',
              observed: `revision ${revision}`,
            }),
          ];
        }
        const answer = await source.get('release', wire.release, {
          path: { project, id },
        });
        if (!answer.known) return [id, answer];
        const code = readClassicRelease(answer.value, {
          reader: new CodeReader(),
          taskGroups,
          isConnection: name => connections.has(name.trim().toLowerCase()),
        });
        const reading = {
          release: withoutTasks(withoutSecrets(answer.value)),
          code,
        };
        if (revision !== undefined) await checkpoints.set(key, marker, reading);
        return [id, known(reading, answer.evidence)];
      },
    ),
  );
  return new Map(entries);
}
