import { useCallback, useEffect, useRef, useState } from 'react';

/** What is known of a question to the server. */
export interface Answer<T> {
  value?: T;
  error?: Error;
  /** True while an answer is awaited; `value` may be an older one. */
  pending: boolean;
  /** Asks again and keeps the old answer until there is a new one. */
  reload(): void;
}

interface Settled<T> {
  key: string;
  value?: T;
  error?: Error;
}

/**
 * Asks the server, and asks anew when the question changes. The last question wins, however late the answers come.
 *
 * @param key - tells questions apart
 * @param ask - asks; a rejection becomes `error`
 * @param options - `keep`: show the old answer while a new question is open
 */
export function useAnswer<T>(
  key: string,
  ask: (signal: AbortSignal) => Promise<T>,
  options: { keep?: boolean } = {},
): Answer<T> {
  const [settled, setSettled] = useState<Settled<T>>();
  const [awaited, setAwaited] = useState<string>();
  const [round, setRound] = useState(0);
  const latest = useRef(ask);
  latest.current = ask;

  useEffect(() => {
    const controller = new AbortController();
    setAwaited(key);
    latest.current(controller.signal).then(
      value => {
        if (controller.signal.aborted) return;
        setSettled({ key, value });
        setAwaited(undefined);
      },
      (error: Error) => {
        if (controller.signal.aborted) return;
        setSettled(old => ({ key, value: old?.value, error }));
        setAwaited(undefined);
      },
    );
    return () => controller.abort();
  }, [key, round]);

  const current = settled?.key === key ? settled : undefined;
  const value = options.keep ? settled?.value : current?.value;
  return {
    value: value,
    error: awaited === undefined ? current?.error : undefined,
    pending: awaited !== undefined || !current,
    reload: useCallback(() => setRound(n => n + 1), []),
  };
}
