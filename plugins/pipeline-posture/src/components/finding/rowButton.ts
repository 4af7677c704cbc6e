/** The button that opens the finding that an element is part of. It stays whatever becomes of the finding. */
export const rowButtonOf = (part: Element | null) =>
  part
    ?.closest('[data-result]')
    ?.querySelector<HTMLElement>('button[aria-expanded]');
