import { useEffect, useRef, useState } from 'react';
import { hasViewport, useAfterPaint } from './useAfterPaint';
import { useWholePage } from './useWholePage';

/** How far below the visible part rows are drawn, so that scrolling and the Tab key find them there. */
const AHEAD_PX = 600;

/** Which rows of a list are drawn. */
export interface RowsInView {
  /** The first so many; the others stand below, out of sight. */
  shown: number;
  /** How much room those need that are not drawn, in pixels. */
  room: number;
  /** Set on what keeps that room. */
  rest: (element: Element | null) => void;
}

/**
 * Draws the rows that can be seen first, a short list whole right after that, and of a long one those that come near
 * the visible part. A row that was drawn stays, so that nothing moves and searching, printing and screen readers keep
 * their place. Printing and searching in the page draw all.
 *
 * @param options - `first`: rows of the first picture; `soon`: rows that are drawn right after it whether seen or not;
 * `rowPx`: how high a row is likely to be; `upTo`: rows that have to be there, because one of them is open
 */
export function useRowsInView(options: {
  total: number;
  first: number;
  soon: number;
  rowPx: number;
  upTo?: number;
}): RowsInView {
  const { total, first, soon, rowPx, upTo = 0 } = options;
  const painted = useAfterPaint();
  const whole = useWholePage();
  const [seen, setSeen] = useState(0);
  const [element, setElement] = useState<Element | null>(null);

  // A row that was open stays when it is closed: it gets the focus then.
  const opened = useRef(0);
  opened.current = Math.max(opened.current, upTo);
  const atOnce = Math.max(seen, opened.current, painted ? soon : first);
  const shown = whole || !hasViewport() ? total : Math.min(total, atOnce);

  const latest = useRef({ shown, rowPx });
  latest.current = { shown, rowPx };

  useEffect(() => {
    if (!element || !hasViewport()) return undefined;
    const observer = new IntersectionObserver(
      entries => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        const { top } = element.getBoundingClientRect();
        const { shown: now, rowPx: height } = latest.current;
        const lacking = window.innerHeight + AHEAD_PX - top;
        setSeen(now + Math.max(1, Math.ceil(lacking / height)));
      },
      { rootMargin: `${AHEAD_PX}px 0px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
    // Anew whenever rows were added: it only tells of changes, and what keeps the room may still be near.
  }, [element, shown]);

  return { shown, room: (total - shown) * rowPx, rest: setElement };
}
