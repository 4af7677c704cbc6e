import {
  DIMENSIONS,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import fc from 'fast-check';
import {
  controlOf,
  dimensionOf,
  gainOf,
  isExempt,
  isPreview,
  Outcome,
  packOutcomes,
  severityOf,
  SHOWN,
  shownOf,
  unpackOutcomes,
} from './outcome';

const outcome: fc.Arbitrary<Outcome> = fc.record({
  controlId: fc.nat(4095).map(String),
  status: fc.constantFrom('pass', 'fail', 'unknown', 'not-applicable'),
  exempt: fc.boolean(),
  preview: fc.boolean(),
  severity: fc.constantFrom(...SEVERITIES),
  dimension: fc.constantFrom(...DIMENSIONS),
  gain: fc.nat(100),
});

describe('packed outcomes', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(outcome), outcomes => {
        const packed = unpackOutcomes(packOutcomes(outcomes, Number));
        expect(
          [...packed].map(bits => ({
            controlId: String(controlOf(bits)),
            exempt: isExempt(bits),
            preview: isPreview(bits),
            severity: SEVERITIES[severityOf(bits)],
            dimension: DIMENSIONS[dimensionOf(bits)],
            gain: gainOf(bits),
          })),
        ).toEqual(outcomes.map(({ status: _, ...rest }) => rest));
      }),
    );
  });

  it.each([
    ['fail', true, false, 'exempt'],
    ['fail', false, true, 'preview'],
    ['unknown', true, true, 'exempt'],
    ['pass', true, true, 'pass'],
    ['not-applicable', false, true, 'not-applicable'],
    ['fail', false, false, 'fail'],
  ] as const)(
    '%s, exempt %s, preview %s is shown as %s',
    (status, exempt, preview, shown) => {
      const packed = packOutcomes(
        [
          {
            controlId: '7',
            status,
            exempt,
            preview,
            severity: 'low',
            dimension: 'monitoring',
            gain: 3,
          },
        ],
        Number,
      );
      expect(SHOWN[shownOf(unpackOutcomes(packed)[0])]).toBe(shown);
    },
  );

  it('of a row that nothing is known of are none', () => {
    expect(unpackOutcomes(null)).toHaveLength(0);
  });
});
