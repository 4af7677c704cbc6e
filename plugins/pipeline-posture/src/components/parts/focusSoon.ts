/** Makes an element one that takes the focus when what had it was taken away by being used. */
export const landing = { 'data-landing': '', tabIndex: -1 } as const;

/** Finds what takes the focus: the number of what a list holds. */
export const LANDING = '[data-landing]';

/** The link to the view of the page that is shown. */
export const VIEW = '[data-view][aria-current="page"]';

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
