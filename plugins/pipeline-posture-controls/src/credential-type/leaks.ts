import {
  FindingInstance,
  Leak,
  UnsearchedPlace,
} from 'backstage-plugin-pipeline-posture-common';
import { cannotTell, fail, pass } from 'backstage-plugin-pipeline-posture-node';

/**
 * One instance for each readable secret of a kind and for each place that nobody
 * could search; a pass only if every place was searched and nothing was found.
 */
export function judgeLeaks(
  places: ReadonlyArray<Leak | UnsearchedPlace>,
  options: {
    in: Leak['in'];
    expected: string;
    /** What is seen where a secret stands. */
    observed: (leak: Leak) => string;
    /** What is seen if there is none. */
    clean: { subject: string; observed: string };
  },
): FindingInstance[] {
  const { expected, observed, clean } = options;
  const judged = places
    .filter(place => place.in === options.in)
    .map(place =>
      'unsearched' in place
        ? cannotTell(place.where, expected, place.unsearched)
        : fail({
            subject: place.where,
            observed: observed(place),
            expected,
            evidence: [
              {
                source: place.where,
                observed: place.pattern,
                location: place.location,
                url: place.url,
              },
            ],
            url: place.url,
          }),
    );
  return judged.length > 0 ? judged : [pass({ ...clean, expected })];
}
