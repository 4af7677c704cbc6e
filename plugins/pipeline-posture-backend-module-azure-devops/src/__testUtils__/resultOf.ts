import {
  PipelineSnapshot,
  ResultStatus,
} from 'backstage-plugin-pipeline-posture-common';
import {
  aSnapshot,
  Control,
  evaluateControl,
} from 'backstage-plugin-pipeline-posture-node';

/** One row of a control's table: the status, when it is so, what the snapshot holds, and part of what the worst instance says. */
export type ControlRow = [
  status: ResultStatus,
  when: string,
  given: Partial<PipelineSnapshot>,
  says?: string,
];

/**
 * What a control answers for a snapshot, and what its worst instance says.
 *
 * @throws Error if the control throws, which otherwise reads as "unknown"
 */
export function resultOf(
  control: Control,
  given: Partial<PipelineSnapshot>,
): { status: ResultStatus; says: string } {
  const finding = evaluateControl(control, aSnapshot(given));
  if (!finding) throw new Error(`${control.id} does not apply to the provider`);
  const says = finding.instances[0].observed;
  if (says.includes('could not be evaluated')) throw new Error(says);
  return { status: finding.status, says };
}
