import { startTransition, useEffect, useState } from 'react';

/** Whether there is a viewport to draw ahead of; elsewhere everything is there at once. */
export const hasViewport = () => typeof IntersectionObserver !== 'undefined';

/** False while the first picture is drawn, true right after it: for what nobody sees yet or misses at first. */
export function useAfterPaint(): boolean {
  const [painted, setPainted] = useState(() => !hasViewport());
  useEffect(() => {
    if (painted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setPainted(true)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [painted]);
  return painted;
}
