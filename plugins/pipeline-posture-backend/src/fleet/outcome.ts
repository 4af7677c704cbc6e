import {
  Dimension,
  DIMENSIONS,
  ResultStatus,
  SEVERITIES,
  Severity,
} from 'backstage-plugin-pipeline-posture-common';

/** The result of one control, as lists and counts need it. */
export interface Outcome {
  controlId: string;
  status: ResultStatus;
  exempt: boolean;
  preview: boolean;
  severity: Severity;
  dimension: Dimension;
  gain: number;
}

const STATUSES: readonly ResultStatus[] = [
  'pass',
  'fail',
  'unknown',
  'not-applicable',
];

/** Status in lists: a failure that is exempt or not yet scored is none of the failures. */
export type ShownStatus =
  | 'pass'
  | 'fail'
  | 'unknown'
  | 'not-applicable'
  | 'exempt'
  | 'preview';

export const SHOWN: readonly ShownStatus[] = [
  ...(STATUSES as readonly ShownStatus[]),
  'exempt',
  'preview',
];
const EXEMPT = SHOWN.indexOf('exempt');
const PREVIEW = SHOWN.indexOf('preview');

/*
 * One result is one number of 32 bits: control (12), status (2), exempt, preview, severity (2), dimension (3), gain (7).
 * A fleet of 100,000 pipelines is then looked through in milliseconds, in less memory than its names take.
 */
const CONTROL_SHIFT = 16;

/** Packs results; `numberOf` gives the short name of a control. */
export function packOutcomes(
  outcomes: readonly Outcome[],
  numberOf: (controlId: string) => number,
): Buffer {
  const packed = Buffer.alloc(outcomes.length * 4);
  outcomes.forEach((outcome, i) => {
    const bits =
      numberOf(outcome.controlId) * 2 ** CONTROL_SHIFT +
      (STATUSES.indexOf(outcome.status) << 14) +
      (Number(outcome.exempt) << 13) +
      (Number(outcome.preview) << 12) +
      (SEVERITIES.indexOf(outcome.severity) << 10) +
      (DIMENSIONS.indexOf(outcome.dimension) << 7) +
      Math.max(0, Math.min(100, Math.round(outcome.gain)));
    packed.writeUInt32LE(bits, i * 4);
  });
  return packed;
}

/** Reads what {@link packOutcomes} wrote; nothing for a row that was not judged since it exists. */
export function unpackOutcomes(packed: Buffer | null): Uint32Array {
  if (!packed) return new Uint32Array(0);
  const outcomes = new Uint32Array(packed.length / 4);
  for (let i = 0; i < outcomes.length; i++)
    outcomes[i] = packed.readUInt32LE(i * 4);
  return outcomes;
}

/** Number of the control of a packed result. */
export const controlOf = (bits: number) => bits >>> CONTROL_SHIFT;
/** Status without regard to exemption and preview, as a position in {@link SHOWN}. */
export const plainStatusOf = (bits: number) => (bits >>> 14) & 3;
export const isExempt = (bits: number) => ((bits >>> 13) & 1) === 1;
export const isPreview = (bits: number) => ((bits >>> 12) & 1) === 1;
/** Position in `SEVERITIES`. */
export const severityOf = (bits: number) => (bits >>> 10) & 3;
/** Position in `DIMENSIONS`. */
export const dimensionOf = (bits: number) => (bits >>> 7) & 7;
export const gainOf = (bits: number) => bits & 127;

/** Status as lists show it, as a position in {@link SHOWN}. */
export function shownOf(bits: number): number {
  const plain = plainStatusOf(bits);
  const open = plain === 1 || plain === 2;
  if (open && isExempt(bits)) return EXEMPT;
  if (open && isPreview(bits)) return PREVIEW;
  return plain;
}

/** Whether a position in {@link SHOWN} is one that findings have. */
export const isListed = (shown: number) => shown !== 0 && shown !== 3;
