import { useCallback, useEffect, useRef, useState } from 'react';

/** What is known of a question to the server. */
export interface Answer<T> {
  value?: T;
  error?: Error;
  /** True while an answer is awaited; `value` may be an older one, with `keep` also that of another question. */
  pending: boolean;
  /** Asks again and keeps the old answer until there is a new one. */
  reload(): void;
}

interface Settled<T> {
  key: string;
  value?: T;
  error?: Error;
}

/** What stays of an old answer: until the new one is there or fails, or, `on-error`, also after that. */
type Keep = boolean | 'on-error';

/**
 * Asks the server, and asks anew when the question changes. The last question wins, however late the answers come. An
 * answer to another question is never left standing as that to one that failed, unless who asks says so beside it.
 *
 * @param key - tells questions apart
 * @param ask - asks; a rejection becomes `error`
 * @param options - `keep`: show the old answer while a new question is open
 */
export function useAnswer<T>(
  key: string,
  ask: (signal: AbortSignal) => Promise<T>,
  options: { keep?: Keep } = {},
): Answer<T> {
  const [settled, setSettled] = useState<Settled<T>>();
  const [awaited, setAwaited] = useState<string>();
  const [round, setRound] = useState(0);
  const latest = useRef(ask);
  latest.current = ask;
  const { keep = false } = options;
  const keepOnError = keep === 'on-error';

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
        setSettled(old => {
          const same = old?.key === key || keepOnError;
          return { key, value: same ? old?.value : undefined, error };
        });
        setAwaited(undefined);
      },
    );
    return () => controller.abort();
  }, [key, keepOnError, round]);

  const current = settled?.key === key ? settled : undefined;
  const value = keep ? settled?.value : current?.value;
  return {
    value,
    error: awaited === undefined ? current?.error : undefined,
    pending: awaited !== undefined || !current,
    reload: useCallback(() => setRound(n => n + 1), []),
  };
}
