import { RefObject, useEffect } from 'react';

/** Calls back when Escape is pressed inside an element; what lies around it does not hear of it. */
export function useEscape(
  inside: RefObject<HTMLElement>,
  options: { active: boolean; onEscape: () => void },
) {
  const { active, onEscape } = options;
  useEffect(() => {
    const element = inside.current;
    if (!active || !element) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      onEscape();
    };
    element.addEventListener('keydown', listen);
    return () => element.removeEventListener('keydown', listen);
  }, [active, inside, onEscape]);
}
