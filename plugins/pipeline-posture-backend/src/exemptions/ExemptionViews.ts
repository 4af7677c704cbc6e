import { InputError } from '@backstage/errors';
import {
  ExemptionEvent,
  ExemptionState,
  ExemptionView,
} from 'backstage-plugin-pipeline-posture-common';
import { dayOf, endOf } from '../history/days';
import { PipelineStore } from '../store/PipelineStore';
import { ExemptionRights } from './ExemptionService';
import { ExemptionStore } from './ExemptionStore';
import { StoredExemption } from './exemptionRows';

/** What each event leaves an exemption in. */
const STATE_AFTER: Record<ExemptionEvent['what'], ExemptionState> = {
  requested: 'waiting',
  approved: 'active',
  rejected: 'rejected',
  revoked: 'revoked',
  expired: 'expired',
  lapsed: 'lapsed',
};

/**
 * The state after some of the events. One that lapses in one of several pipelines goes on for the others: only the last
 * event of one that has lapsed for all ends it.
 */
function stateAfter(
  until: readonly ExemptionEvent[],
  { state }: StoredExemption,
  last: ExemptionEvent | undefined,
): ExemptionState {
  const latest = until.at(-1);
  if (latest && state === 'lapsed' && latest === last) return state;
  const { what = 'requested' } =
    until.filter(event => event.what !== 'lapsed').at(-1) ?? {};
  return STATE_AFTER[what];
}

/** Exemptions as people see them, now and at the end of a day. */
export class ExemptionViews {
  readonly #store: ExemptionStore;
  readonly #pipelines: PipelineStore;
  readonly #now: () => Date;

  constructor(options: {
    store: ExemptionStore;
    pipelines: PipelineStore;
    now: () => Date;
  }) {
    this.#store = options.store;
    this.#pipelines = options.pipelines;
    this.#now = options.now;
  }

  /**
   * Exemptions as they stood at the end of a day.
   *
   * @throws InputError for a day that has not come
   */
  async asOf(
    day: string,
    states: readonly ExemptionState[] | undefined,
  ): Promise<StoredExemption[]> {
    if (day > dayOf(this.#now()))
      throw new InputError(`asOf: ${day} has not come`);
    const all = (await this.#store.list({})).filter(
      e => e.requestedAt <= endOf(day),
    );
    const events = await this.#store.events(all.map(e => e.id));
    return all
      .map((exemption): StoredExemption => {
        const { decidedBy: _by, decidedAt: _at, ...rest } = exemption;
        const until = (events.get(exemption.id) ?? []).filter(
          event => event.at <= endOf(day),
        );
        const decided = until.filter(event => event.by).at(-1);
        return {
          ...rest,
          state: stateAfter(until, exemption, events.get(exemption.id)?.at(-1)),
          ...(decided &&
            decided.what !== 'requested' && {
              decidedBy: decided.by,
              decidedAt: decided.at,
            }),
        };
      })
      .filter(e => !states?.length || states.includes(e.state));
  }

  /** Exemptions with their history and what the caller may do; of the past, nobody can do anything. */
  async of(
    exemptions: readonly StoredExemption[],
    rights: ExemptionRights,
    asOf?: string,
  ): Promise<ExemptionView[]> {
    const events = await this.#store.events(exemptions.map(e => e.id));
    const names = await this.#pipelines.names(
      exemptions.flatMap(e => e.pipelineId ?? []),
    );
    return exemptions.map(({ remindedDays: _, ...exemption }) => {
      const others = exemption.requestedBy !== rights.user;
      const waiting = asOf === undefined && exemption.state === 'waiting';
      const name = exemption.pipelineId && names.get(exemption.pipelineId);
      return {
        ...exemption,
        ...(name && { pipelineName: name }),
        own: !others,
        events: (events.get(exemption.id) ?? []).filter(
          event => asOf === undefined || event.at <= endOf(asOf),
        ),
        may: {
          approve: waiting && others && rights.approve,
          reject: waiting && rights.approve,
          revoke:
            asOf === undefined &&
            (waiting || exemption.state === 'active') &&
            (rights.revoke || !others),
        },
      };
    });
  }
}
