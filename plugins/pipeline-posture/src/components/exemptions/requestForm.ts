import {
  ExemptionRequest,
  ExemptionType,
} from 'backstage-plugin-pipeline-posture-common';

/** The backend asks for as many. */
export const REASON_MINIMUM = 20;
/** The backend allows as many. */
export const DAYS_MAXIMUM = 365;
const DAYS_AT_FIRST = 90;
const DAY_MS = 86_400_000;

/** What is written in the form. */
export interface RequestForm {
  type: ExemptionType;
  reason: string;
  mitigation: string;
  /** `2027-01-31`. */
  until: string;
}

/** Fields that are not right yet. */
export type Wrong = Partial<Record<'reason' | 'mitigation' | 'until', true>>;

const dayFrom = (now: Date, days: number) =>
  new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);

/** The form before anything is written. */
export const emptyForm = (now: Date): RequestForm => ({
  type: 'risk-accepted',
  reason: '',
  mitigation: '',
  until: dayFrom(now, DAYS_AT_FIRST),
});

/** Which fields must be changed before it can be sent. */
export function wrongIn(form: RequestForm, now: Date): Wrong {
  const wrong: Wrong = {};
  if (form.reason.trim().length < REASON_MINIMUM) wrong.reason = true;
  if (form.type === 'mitigated' && form.mitigation.trim() === '')
    wrong.mitigation = true;
  const inTime =
    /^\d{4}-\d{2}-\d{2}$/.test(form.until) &&
    form.until > dayFrom(now, 0) &&
    form.until <= dayFrom(now, DAYS_MAXIMUM);
  if (!inTime) wrong.until = true;
  return wrong;
}

/** What is sent for a form. */
export const requestOf = (
  form: RequestForm,
  target: { controlId: string; pipelineId: string },
): ExemptionRequest => ({
  ...target,
  type: form.type,
  reason: form.reason.trim(),
  ...(form.mitigation.trim() && { mitigation: form.mitigation.trim() }),
  until: form.until,
});
