import { Severity } from '../model';
import { Grade } from '../scoring';
import { FindingView } from './findingTypes';
import { FacetValue } from './fleetTypes';
import { Page } from './queryTypes';

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
 * Where somebody looks for an exemption.
 *
 * - `ending-soon`: active ones that end within {@link EXEMPTION_ENDING_SOON_DAYS} days, unless another one for the same
 *   holds longer; they are in `active` too
 * - `expired`: its end has come, or it has lapsed
 *
 * @public
 */
export type ExemptionQueue =
  | 'waiting'
  | 'active'
  | 'ending-soon'
  | 'expired'
  | 'rejected'
  | 'revoked';

/**
 * All values of {@link ExemptionQueue}, in the order in which they need attention.
 *
 * @public
 */
export const EXEMPTION_QUEUES: readonly ExemptionQueue[] = [
  'waiting',
  'active',
  'ending-soon',
  'expired',
  'rejected',
  'revoked',
];

/**
 * Days before its end from which an exemption is said to end soon.
 *
 * @public
 */
export const EXEMPTION_ENDING_SOON_DAYS = 14;

/**
 * What a request may ask for in this installation.
 *
 * @public
 */
export interface ExemptionLimits {
  /** No exemption lasts longer, in days. */
  maxDays: number;
  /** How long one lasts if nobody says otherwise, in days: the worse the finding, the shorter. */
  defaultDays: Record<Severity, number>;
  /** Characters that a reason must have. */
  reasonMinimum: number;
}

/**
 * What can be asked of the list of exemptions. Repeated values of one field are alternatives.
 *
 * @public
 */
export interface ExemptionQuery {
  queue?: ExemptionQueue;
  state?: ExemptionState[];
  /** Owners of what they apply to; a group stands for the groups below it too. */
  owner?: string[];
  control?: string;
  /** Those for this pipeline alone. */
  pipelineId?: string;
  /** Those for all pipelines of this entity. */
  entityRef?: string;
  /** 1-based. */
  page?: number;
  /** 1 to 100. */
  size?: number;
  /** `2026-06-30`: as it was at the end of that day, UTC. */
  asOf?: string;
}

/**
 * Why a request or a decision conflicts with how things are, as `error.code` of
 * an answer with status 409.
 *
 * @public
 */
export type ExemptionConflict =
  | 'nothing-to-exempt'
  | 'waiting-already'
  | 'exempt-already'
  | 'last-day-passed'
  | 'decided-already';

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
  /** Last day, `2027-01-31`. At most {@link ExemptionLimits.maxDays} days ahead. */
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
 * What an exemption does to the score of one pipeline that it applies to, all other things as they are now.
 *
 * @public
 */
export interface ExemptionEffect {
  pipelineId: string;
  pipelineName: string;
  /** With the control left out of what counts. */
  exempt: { score: number; grade: Grade };
  /** With the control counting as it is. */
  counting: { score: number; grade: Grade };
}

/**
 * What people need to know beside a finding of the exemption that covers it, waits for it or has ended.
 *
 * @public
 */
export interface FindingExemption {
  id: string;
  state: Exclude<ExemptionState, 'rejected'>;
  type: ExemptionType;
  reason: string;
  mitigation?: string;
  /** Last day, `2027-01-31`. */
  until: string;
  requestedBy: string;
  requestedAt: string;
  /** Who approved it, and when; absent while it waits. */
  approvedBy?: string;
  approvedAt?: string;
  /** When it ended, ISO 8601; absent while it waits or holds. */
  endedAt?: string;
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
  /** Owners of what it applies to, as entity refs. */
  owners?: string[];
  /** For what waits or holds: pipelines whose score it concerns, the weakest first, at most 20. */
  effects?: ExemptionEffect[];
  /** How many pipelines there are in all whose score it concerns. */
  effectCount?: number;
  /** True if the caller has requested it. Nobody decides on an own request. */
  own?: boolean;
  /** What the caller may do with it. */
  may: { approve: boolean; reject: boolean; revoke: boolean };
}

/**
 * An exemption with the findings that it is about.
 *
 * @public
 */
export interface ExemptionDetail extends ExemptionView {
  /** What its control says now, or at the end of `asOf`, where it does not plainly pass; at most 20, those of the weakest pipelines. */
  findings: FindingView[];
  /** How many there are in all. */
  findingCount?: number;
  /** False where the caller may not see evidence; then there is none in `findings`. */
  seeEvidence: boolean;
  /** The day at whose end (UTC) the answer stands, where one was asked for. */
  asOf?: string;
}

/**
 * A page of exemptions, with what stands in the other queues.
 *
 * @public
 */
export interface ExemptionPage extends Page<ExemptionView> {
  /** Number in each queue, of those that the caller may see and that match all but `queue` and `state`. */
  counts: Record<ExemptionQueue, number>;
  /** Owners of those in the asked queue, whatever `owner` asks for, most frequent first. */
  owners: FacetValue[];
}
