import {
  ChangeCause,
  FindingInterval,
  ResultStatus,
  Transition,
} from 'backstage-plugin-pipeline-posture-common';
import { RULE_CHANGES } from './HistoryStore';

/** An entry of the ledger of one pipeline, with what it says of one control. */
export interface LedgerEntry {
  at: string;
  cause: ChangeCause;
  transition?: Transition;
}

/** What a control says at the end of the ledger. */
export interface LatestResult {
  status: ResultStatus;
  exempt: boolean;
}

/** Of a time before the control was there nothing can be told. */
const isToldOf = ({ status, cause }: FindingInterval) =>
  status !== undefined || cause !== undefined;

/**
 * Times in which a control said the same of a pipeline, newest first.
 *
 * @param entries - oldest first
 * @param options - `since`: the first moment of which anything is kept, for a ledger that is no longer whole
 */
export function intervalsOf(
  entries: readonly LedgerEntry[],
  options: { latest?: LatestResult; since?: string },
): FindingInterval[] {
  const { latest, since } = options;
  const begun: FindingInterval[] = [];
  /** What the control said between an entry and the next one that is about it. */
  const between = (index: number): FindingInterval => {
    const next = entries.slice(index + 1).find(({ transition }) => transition);
    return {
      status: next ? next.transition?.from : latest?.status,
      exempt: next ? next.cause === 'exemption-ended' : latest?.exempt ?? false,
      ruleChange: false,
    };
  };
  if (entries[0]?.cause !== 'pipeline-added')
    begun.push({ ...between(-1), ...(since && { from: since }) });
  entries.forEach(({ at, cause, transition }, index) => {
    const before = begun.at(-1);
    if (cause === 'pipeline-added') {
      begun.push({ ...between(index), from: at });
    } else if (cause === 'pipeline-gone') {
      begun.push({ exempt: false, from: at, cause, ruleChange: false });
    } else if (transition) {
      const { from, to } = transition;
      begun.push({
        status: to,
        exempt:
          cause === 'exemption-started' ||
          // Another status is another observation, for which no exemption was given.
          (cause !== 'exemption-ended' &&
            from === to &&
            Boolean(before?.exempt)),
        from: at,
        cause,
        ruleChange: RULE_CHANGES.has(cause),
      });
    }
  });
  return begun
    .map((interval, i) => ({
      ...interval,
      ...(begun[i + 1]?.from && { to: begun[i + 1].from }),
    }))
    .filter(isToldOf)
    .reverse();
}

/** The intervals as they stood at a moment. */
export const until = (
  intervals: readonly FindingInterval[],
  moment: string,
): FindingInterval[] =>
  intervals
    .filter(({ from }) => from === undefined || from <= moment)
    .map(({ to, ...interval }) =>
      to !== undefined && to <= moment ? { ...interval, to } : interval,
    );
