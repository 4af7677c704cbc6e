import {
  ExemptionState,
  ExemptionType,
} from 'backstage-plugin-pipeline-posture-common';

/** An exemption as it is kept. */
export interface StoredExemption {
  id: string;
  controlId: string;
  pipelineId?: string;
  entityRef?: string;
  type: ExemptionType;
  reason: string;
  mitigation?: string;
  /** Last day, `2027-01-31`. */
  until: string;
  state: ExemptionState;
  requestedBy: string;
  requestedAt: string;
  decidedBy?: string;
  decidedAt?: string;
  /** The reminder that was sent last: days before the end. */
  remindedDays?: number;
}

/** The same in the database. */
export interface ExemptionRow {
  id: string;
  control_id: string;
  pipeline_id: string | null;
  entity_ref: string | null;
  type: ExemptionType;
  reason: string;
  mitigation: string | null;
  until: string;
  state: ExemptionState;
  requested_by: string;
  requested_at: string;
  decided_by: string | null;
  decided_at: string | null;
  reminded_days: number | null;
}

export const toExemption = (row: ExemptionRow): StoredExemption => ({
  id: row.id,
  controlId: row.control_id,
  type: row.type,
  reason: row.reason,
  until: row.until,
  state: row.state,
  requestedBy: row.requested_by,
  requestedAt: row.requested_at,
  ...(row.pipeline_id && { pipelineId: row.pipeline_id }),
  ...(row.entity_ref && { entityRef: row.entity_ref }),
  ...(row.mitigation && { mitigation: row.mitigation }),
  ...(row.decided_by && { decidedBy: row.decided_by }),
  ...(row.decided_at && { decidedAt: row.decided_at }),
  ...(row.reminded_days !== null && { remindedDays: row.reminded_days }),
});
