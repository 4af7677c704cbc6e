import { ResultStatus } from 'backstage-plugin-pipeline-posture-common';
import fc from 'fast-check';
import { neutralControls } from '.';
import { anySnapshot } from './__testUtils__/anySnapshot';
import { forget } from './__testUtils__/forget';
import { protections } from './__testUtils__/protections';
import { resultOf } from './__testUtils__/resultOf';

/** From best to worst. Not applicable stands apart. */
const ORDER: ResultStatus[] = ['pass', 'unknown', 'fail'];

/**
 * A protection may make a control apply only if it then passes, and may not take away a pass.
 */
function isNoWorse(before: ResultStatus, after: ResultStatus): boolean {
  if (before === 'not-applicable') return after === before || after === 'pass';
  if (after === 'not-applicable') return before !== 'pass';
  return ORDER.indexOf(after) <= ORDER.indexOf(before);
}

describe.each(neutralControls.map(control => [control.id, control] as const))(
  '%s',
  (_, control) => {
    it('never changes its answer, except to unknown, when less can be read', () => {
      fc.assert(
        fc.property(
          anySnapshot,
          fc.infiniteStream(fc.boolean()),
          (all, picks) => {
            const less = forget(all, () => picks.next().value === true);
            const { status } = resultOf(control, less);
            expect(['unknown', resultOf(control, all).status]).toContain(
              status,
            );
          },
        ),
        { numRuns: 300 },
      );
    });

    it.each(Object.entries(protections))(
      'does not get worse when people %s',
      (_name, protect) => {
        fc.assert(
          fc.property(anySnapshot, fc.nat({ max: 2 }), (before, which) => {
            const after = protect(which)(before);
            const was = resultOf(control, before).status;
            const is = resultOf(control, after).status;
            expect({ was, is, ok: isNoWorse(was, is) }).toMatchObject({
              ok: true,
            });
          }),
          { numRuns: 150 },
        );
      },
    );
  },
);
