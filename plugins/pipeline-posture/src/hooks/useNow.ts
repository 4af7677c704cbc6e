import { useSyncExternalStore } from 'react';

const MINUTE = 60_000;
const SECOND = 1000;

/** One clock for the whole page: hundreds of times in a list must not each have a timer. */
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = new Date();
    listeners.forEach(one => one());
  }, MINUTE);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function read(): Date {
  // Nobody looked for a while, so the clock stood still.
  if (!timer && Math.abs(Date.now() - now.getTime()) > SECOND) now = new Date();
  return now;
}

/** The time, renewed each minute. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, read);
}
