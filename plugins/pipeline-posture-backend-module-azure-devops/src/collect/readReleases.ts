import { Fact, known } from 'backstage-plugin-pipeline-posture-common';
import {
  Checkpoints,
  SecretScanner,
} from 'backstage-plugin-pipeline-posture-node';
import { Source } from '../client/Source';
import * as wire from '../client/wire';
import { isScriptInput } from '../tasks/catalogue';

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

/**
 * Whether a definition may be remembered. Scripts and values of tasks can hold
 * secrets that no pattern finds, so a release with any is read each time.
 */
function mayBeRemembered({ environments = [] }: wire.Release): boolean {
  return environments
    .flatMap(({ deployPhases = [] }) => deployPhases)
    .flatMap(({ workflowTasks = [] }) => workflowTasks)
    .every(({ inputs = {}, environment = {} }) => {
      const values = Object.entries({ ...inputs, ...environment });
      return (
        Object.keys(environment).length === 0 &&
        values.every(
          ([name, value]) =>
            !value ||
            (!isScriptInput(name) && !scanner.matchSetting(name, value)),
        )
      );
    });
}

/** Reads the definitions of releases one by one, since the list is shallow; what did not change is remembered. */
export async function readReleases(
  references: wire.ReleaseReference[],
  options: {
    source: Source;
    project: string;
    checkpoints: Checkpoints;
    fresh?: number;
  },
): Promise<Map<number, Fact<wire.Release>>> {
  const { source, project, checkpoints, fresh } = options;
  const entries = await Promise.all(
    references.map(
      async ({
        id,
        revision,
        modifiedOn,
      }): Promise<[number, Fact<wire.Release>]> => {
        const key = `release/${project}/${id}`;
        const marker = `${revision}/${modifiedOn}`;
        const earlier =
          fresh === id
            ? undefined
            : await checkpoints.get<wire.Release>(key, marker);
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
        const clean = withoutSecrets(answer.value);
        if (revision !== undefined && mayBeRemembered(clean)) {
          await checkpoints.set(key, marker, clean);
        }
        return [id, known(clean, answer.evidence)];
      },
    ),
  );
  return new Map(entries);
}
