import { useCallback, useEffect, useRef } from 'react';

const PAUSE_MS = 2000;

/**
 * Asks again at a pace at which answers can come: never while one is awaited, because that would be given up, and at
 * most once in a while. What was wished meanwhile is done once afterwards.
 *
 * @param reload - asks again
 * @param pending - whether an answer is awaited
 * @returns wishes that it is asked again
 */
export function usePaced(reload: () => void, pending: boolean): () => void {
  const latest = useRef({ reload, pending });
  latest.current = { reload, pending };
  const wished = useRef(false);
  const last = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>();

  const go = useCallback(() => {
    clearTimeout(timer.current);
    if (!wished.current || latest.current.pending) return;
    const wait = last.current + PAUSE_MS - Date.now();
    if (wait > 0) {
      timer.current = setTimeout(go, wait);
      return;
    }
    wished.current = false;
    last.current = Date.now();
    latest.current.reload();
  }, []);

  useEffect(() => {
    if (!pending) go();
  }, [go, pending]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return useCallback(() => {
    wished.current = true;
    go();
  }, [go]);
}
