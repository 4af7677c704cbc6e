import {
  ExemptionLimits,
  ExemptionRequest,
  ExemptionType,
  Severity,
} from 'backstage-plugin-pipeline-posture-common';

const DAY_MS = 86_400_000;

/** What is written in the form. */
export interface RequestForm {
  type: ExemptionType;
  reason: string;
  mitigation: string;
  /** `2027-01-31`. */
  until: string;
  /** The entity whose pipelines are all meant; empty for the one pipeline. */
  entityRef: string;
}

/** What is asked to be tolerated, as far as a form must know it. */
export interface RequestTarget {
  controlId: string;
  /** Title of the control. */
  title: string;
  severity?: Severity;
  /** Absent where only a whole entity can be meant. */
  pipelineId?: string;
  pipelineName?: string;
  /** Entities whose pipelines can all be meant. */
  entityRefs?: readonly string[];
}

/** An exemption that the new one follows. */
export interface EarlierRequest {
  type: ExemptionType;
  reason: string;
  mitigation?: string;
  until: string;
  /** Active where the new one makes it last longer. */
  state: string;
}

/** Fields that are not right yet. */
export type Wrong = Partial<
  Record<'reason' | 'mitigation', true> & { until: 'range' | 'not-later' }
>;

/** The day some days from now, UTC. */
export const dayFrom = (now: Date, days: number) =>
  new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);

const usualDays = (limits: ExemptionLimits, severity: Severity = 'critical') =>
  Math.min(limits.defaultDays[severity], limits.maxDays);

/** The form before anything is written: the usual length for the severity, and what an earlier request said. */
export function emptyForm(
  now: Date,
  options: {
    limits: ExemptionLimits;
    target: RequestTarget;
    before?: EarlierRequest;
  },
): RequestForm {
  const { limits, target, before } = options;
  const days = usualDays(limits, target.severity);
  const extended =
    before?.state === 'active'
      ? dayFrom(new Date(`${before.until}T00:00:00Z`), days)
      : dayFrom(now, days);
  const latest = dayFrom(now, limits.maxDays);
  return {
    type: before?.type ?? 'risk-accepted',
    reason: before?.reason ?? '',
    mitigation: before?.mitigation ?? '',
    until: extended < latest ? extended : latest,
    entityRef: target.pipelineId ? '' : target.entityRefs?.[0] ?? '',
  };
}

/** Which fields must be changed before it can be sent. */
export function wrongIn(
  form: RequestForm,
  now: Date,
  options: { limits: ExemptionLimits; before?: EarlierRequest },
): Wrong {
  const { limits, before } = options;
  const wrong: Wrong = {};
  if (form.reason.trim().length < limits.reasonMinimum) wrong.reason = true;
  if (form.type === 'mitigated' && form.mitigation.trim() === '')
    wrong.mitigation = true;
  const inTime =
    /^\d{4}-\d{2}-\d{2}$/.test(form.until) &&
    form.until > dayFrom(now, 0) &&
    form.until <= dayFrom(now, limits.maxDays);
  if (!inTime) wrong.until = 'range';
  else if (before?.state === 'active' && form.until <= before.until)
    wrong.until = 'not-later';
  return wrong;
}

/** What is sent for a form. */
export const requestOf = (
  form: RequestForm,
  { controlId, pipelineId }: RequestTarget,
): ExemptionRequest => ({
  controlId,
  ...(form.entityRef ? { entityRef: form.entityRef } : { pipelineId }),
  type: form.type,
  reason: form.reason.trim(),
  ...(form.mitigation.trim() && { mitigation: form.mitigation.trim() }),
  until: form.until,
});
