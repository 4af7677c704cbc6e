import {
  EXEMPTION_QUEUES,
  ExemptionQueue,
  ExemptionView,
} from 'backstage-plugin-pipeline-posture-common';
import {
  oneOf,
  text,
  texts,
  UrlSchema,
  UrlState,
  whole,
} from '../../hooks/useUrlState';

/** What the page of exemptions shows. */
export interface ExemptionsState {
  /** Empty where the address names none: then what waits, or where the one is that is open. */
  queue: ExemptionQueue | '';
  owner: readonly string[];
  page: number;
  size: number;
  /** Id of the one that is open beside the list. */
  exemption: string;
}

/** How it stands in the address. */
export const EXEMPTIONS_SCHEMA: UrlSchema<ExemptionsState> = {
  queue: oneOf<ExemptionQueue | ''>(['', ...EXEMPTION_QUEUES], ''),
  owner: texts(),
  page: whole(1, { from: 1, to: 1_000_000 }),
  size: whole(25, { from: 1, to: 100 }),
  exemption: text(),
};

/** The state of the page in the address. */
export type ExemptionsUrl = UrlState<ExemptionsState>;

/** Where an exemption stands. */
export function queueOf({
  state,
}: Pick<ExemptionView, 'state'>): ExemptionQueue {
  return state === 'lapsed' ? 'expired' : state;
}
