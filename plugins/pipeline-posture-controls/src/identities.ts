import {
  allFacts,
  chainFact,
  ExecutionUnit,
  Fact,
  Identity,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';

/** `service connection prod-arm`, as people know an identity. */
export const titleOf = ({ type, name }: Identity) => `${type} ${name}`;

/** A connection that only fetches code has no rights over an account or subscription. */
export const onlyReadsSource = ({ purposes }: Identity) =>
  purposes.length > 0 && purposes.every(purpose => purpose === 'source');

/** An identity whose purpose nobody established counts as one that deploys. */
export const mayDeploy = ({ purposes }: Identity) =>
  purposes.length === 0 || purposes.includes('deploy');

/**
 * The identities that a unit can use. An id that the pipeline's identities do not hold makes them unknown:
 * what cannot be looked up cannot be called harmless.
 */
export function identitiesOf(
  unit: ExecutionUnit,
  identities: readonly Identity[],
): Fact<Identity[]> {
  return chainFact(unit.identityIds, ids =>
    allFacts(
      ids.map(id => {
        const identity = identities.find(candidate => candidate.id === id);
        return identity
          ? known(identity)
          : unknown<Identity>({
              code: 'not-found',
              message: `${unit.name} uses the identity "${id}", of which nothing could be read.`,
              actor: 'platform-team',
              action: `Check that "${id}" still exists and that the reader may see it.`,
            });
      }),
    ),
  );
}
