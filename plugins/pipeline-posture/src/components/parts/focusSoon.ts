/** Marks where the focus goes when what had it was taken away. */
export const LANDING = 'data-landing';

/** Gives the focus to the first of these that is there, once the page was drawn anew. */
export function focusSoon(...selectors: string[]) {
  requestAnimationFrame(() => {
    for (const selector of selectors) {
      const found = document.querySelector<HTMLElement>(selector);
      if (!found) continue;
      found.focus();
      return;
    }
  });
}
