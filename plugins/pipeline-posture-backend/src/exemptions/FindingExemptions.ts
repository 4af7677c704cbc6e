import {
  ExemptionEvent,
  FindingExemption,
  FindingView,
} from 'backstage-plugin-pipeline-posture-common';
import { EntityStore } from '../store/EntityStore';
import { ExemptionStore } from './ExemptionStore';
import { StoredExemption } from './exemptionRows';
import { ExemptionViews } from './ExemptionViews';

/** What is said first where a finding has several: what holds, then what waits, then what ended last. */
const RANK = { active: 0, waiting: 1 } as const;

const rankOf = ({ state }: FindingExemption) =>
  state === 'active' || state === 'waiting' ? RANK[state] : 2;

/** Says beside findings which exemption covers them, waits for them or has ended. */
export class FindingExemptions {
  readonly #store: ExemptionStore;
  readonly #views: ExemptionViews;
  readonly #entities: EntityStore;

  constructor(options: {
    store: ExemptionStore;
    views: ExemptionViews;
    entities: EntityStore;
  }) {
    this.#store = options.store;
    this.#views = options.views;
    this.#entities = options.entities;
  }

  /** The same findings, with their exemptions as they are now or were at the end of a day. */
  async addTo(
    findings: readonly FindingView[],
    asOf?: string,
  ): Promise<FindingView[]> {
    const open = findings.filter(
      ({ status }) => status === 'fail' || status === 'unknown',
    );
    if (open.length === 0) return [...findings];
    const pipelineIds = [...new Set(open.map(f => f.pipelineId))];
    const entities = await this.#entities.entitiesOf(pipelineIds);
    const targets = new Set([...pipelineIds, ...[...entities.values()].flat()]);
    const stored =
      asOf === undefined
        ? await this.#store.about([...targets])
        : (await this.#views.asOf(asOf, undefined)).filter(e =>
            targets.has(e.pipelineId ?? e.entityRef ?? ''),
          );
    if (stored.length === 0) return [...findings];
    const events = await this.#store.events(stored.map(e => e.id));
    return findings.map(finding => {
      const refs = entities.get(finding.pipelineId) ?? [];
      const [shown] = stored
        .filter(
          e =>
            e.controlId === finding.controlId &&
            (e.pipelineId === finding.pipelineId ||
              refs.includes(e.entityRef ?? '')),
        )
        .flatMap(e => shownFor(finding, e, events.get(e.id) ?? []) ?? [])
        .sort(
          (a, b) =>
            rankOf(a) - rankOf(b) ||
            (b.endedAt ?? b.requestedAt).localeCompare(
              a.endedAt ?? a.requestedAt,
            ),
        );
      return shown ? { ...finding, exemption: shown } : finding;
    });
  }
}

/** What a finding says of an exemption; nothing, if that one has no bearing on it. */
function shownFor(
  finding: FindingView,
  exemption: StoredExemption,
  events: readonly ExemptionEvent[],
): FindingExemption | undefined {
  const { id, state, type, reason, mitigation, until } = exemption;
  const { requestedBy, requestedAt } = exemption;
  if (state === 'rejected') return undefined;
  const approval = events.find(({ what }) => what === 'approved');
  const note = {
    ...{ id, state, type, reason, until, requestedBy, requestedAt },
    ...(mitigation && { mitigation }),
    ...(approval && { approvedBy: approval.by, approvedAt: approval.at }),
  };
  if (state === 'waiting') return finding.exempt ? undefined : note;
  // One for a whole entity covers those that failed when it was approved.
  if (state === 'active') return finding.exempt ? note : undefined;
  const endedAt = events.at(-1)?.at;
  const had = approval !== undefined && endedAt !== undefined;
  // A failure that began after it is another one.
  if (!had || finding.exempt || finding.since > endedAt) return undefined;
  return { ...note, endedAt };
}
