import { useSignal } from '@backstage/plugin-signals-react';
import { useEffect, useRef } from 'react';

/** Channel on which the backend says how far runs are. */
const RUNS_CHANNEL = 'pipeline-posture:runs';

type RunSignal = {
  run: string;
  done: number;
  total: number | null;
  status: string;
};

/**
 * Hears of runs as they go on, where the app has signals.
 *
 * @param onSignal - called for each; a poll does the same where there are none
 * @returns the last that was heard
 */
export function useRunSignal(onSignal: () => void): RunSignal | null {
  const { lastSignal } = useSignal<RunSignal>(RUNS_CHANNEL);
  const heard = useRef(onSignal);
  heard.current = onSignal;
  useEffect(() => {
    if (lastSignal) heard.current();
  }, [lastSignal]);
  return lastSignal;
}
