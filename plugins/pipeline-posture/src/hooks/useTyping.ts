import { useCallback, useEffect, useRef, useState } from 'react';

const TYPING_MS = 300;

/**
 * A text that is told only when somebody stops typing, to whoever listens by then: meanwhile the address may have
 * changed. Follows the value where that changes by something else.
 *
 * @returns what the field shows, and what it calls for each key
 */
export function useTyping(
  value: string,
  onTyped: (value: string) => void,
): [string, (text: string) => void] {
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const told = useRef(value);
  const latest = useRef(onTyped);
  latest.current = onTyped;
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // What comes back after it was told; somebody may be typing on.
    if (value === told.current) return;
    told.current = value;
    clearTimeout(timer.current);
    setTyped(value);
  }, [value]);
  const type = useCallback((text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      told.current = text;
      latest.current(text);
    }, TYPING_MS);
  }, []);
  return [typed, type];
}
