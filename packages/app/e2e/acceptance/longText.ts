import { Page } from '@playwright/test';

/** Makes every text of ours 40 % longer, as other languages do. */
export async function lengthen(page: Page) {
  await page.evaluate(() => {
    const roots = document.querySelectorAll('.pipeline-posture-root');
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      for (const text of texts) {
        const words = text.data.trim();
        // Numbers and marks are as long in every language, code is code.
        if (
          !/[a-z]{3}/i.test(words) ||
          text.parentElement?.closest('code, svg')
        )
          continue;
        const more = Math.ceil(words.length * 0.4);
        text.data += ` ${'ẽxtră '.repeat(Math.ceil(more / 6)).slice(0, more)}`;
      }
    }
  });
}

/** What of ours is wider than the window. Wide tables scroll inside themselves, so they are not. */
export const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.pipeline-posture-root')]
      .filter(
        root => root.getBoundingClientRect().right > window.innerWidth + 1,
      )
      .map(root => root.outerHTML.slice(0, 120)),
  );
