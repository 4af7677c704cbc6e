import { RefObject, useEffect, useState } from 'react';

const AHEAD = '400px';

/** Whether an element has come near the visible part of the page. Stays true. */
export function useSeen(of: RefObject<Element>): boolean {
  const [seen, setSeen] = useState(
    () => typeof IntersectionObserver === 'undefined',
  );
  useEffect(() => {
    const element = of.current;
    if (seen || !element) return undefined;
    const observer = new IntersectionObserver(
      entries => setSeen(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: AHEAD },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [of, seen]);
  return seen;
}
