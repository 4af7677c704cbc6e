/**
 * Why a finding is tolerated.
 *
 * @public
 */
export type ExemptionType = 'risk-accepted' | 'mitigated' | 'wrong-result';

/**
 * What became of a request.
 *
 * - `waiting`: nobody has decided; the control counts
 * - `active`: approved, and its end has not come
 * - `lapsed`: approved, but what was observed has changed since
 *
 * @public
 */
export type ExemptionState =
  | 'waiting'
  | 'active'
  | 'rejected'
  | 'revoked'
  | 'expired'
  | 'lapsed';

/**
 * A request to tolerate a finding for a time.
 *
 * @public
 */
export interface ExemptionRequest {
  controlId: string;
  /** For one pipeline … */
  pipelineId?: string;
  /** … or for all pipelines of an entity. */
  entityRef?: string;
  type: ExemptionType;
  /** At least 20 characters. */
  reason: string;
  /** What protects meanwhile; needed for `mitigated`. */
  mitigation?: string;
  /** Last day, `2027-01-31`. At most 365 days ahead. */
  until?: string;
}

/**
 * Something that happened to an exemption.
 *
 * @public
 */
export interface ExemptionEvent {
  at: string;
  what:
    | 'requested'
    | 'approved'
    | 'rejected'
    | 'revoked'
    | 'expired'
    | 'lapsed';
  /** Entity ref of the person; left out where it happened by itself. */
  by?: string;
  comment?: string;
}

/**
 * An exemption with its whole history.
 *
 * @public
 */
export interface ExemptionView {
  id: string;
  controlId: string;
  pipelineId?: string;
  pipelineName?: string;
  entityRef?: string;
  type: ExemptionType;
  reason: string;
  mitigation?: string;
  until: string;
  state: ExemptionState;
  requestedBy: string;
  requestedAt: string;
  decidedBy?: string;
  decidedAt?: string;
  events: ExemptionEvent[];
  /** What the caller may do with it. */
  may: { approve: boolean; reject: boolean; revoke: boolean };
}
