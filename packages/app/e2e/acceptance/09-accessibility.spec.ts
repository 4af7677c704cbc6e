import { expect, Page, test } from '@playwright/test';
import { PICTURES, violations } from '../demo';
import { lengthen, sideways } from './longText';
import { SCREENS, signInAs } from './seeded';

/** What is wrong with one part of a screen must not hide what is wrong with the others. */
const softly = expect.configure({ soft: true });

/** Backstage's own parts of the pages that we cannot mend. */
const NOT_OURS = [
  'thead',
  '[class*="MuiCardHeader-root"]',
  'a[aria-label="Notifications"]',
];

/** Smallest contrast of the words in our badges. */
const contrastOfBadges = (page: Page) =>
  page.evaluate(() => {
    const channel = (value: number) => {
      const share = value / 255;
      return share <= 0.03928
        ? share / 12.92
        : ((share + 0.055) / 1.055) ** 2.4;
    };
    const luminance = (colour: string) => {
      const [r, g, b] = (colour.match(/[\d.]+/g) ?? []).map(Number);
      return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    };
    const ratios = [
      ...document.querySelectorAll(
        '[data-status], [data-grade]:not(svg), [data-compliance]',
      ),
    ].map(badge => {
      const { color, backgroundColor } = getComputedStyle(badge);
      const [a, b] = [luminance(color), luminance(backgroundColor)];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    });
    // Black on white; there are screens without badges.
    return Math.min(21, ...ratios);
  });

/** Contrast of the ring around what has the focus with what lies behind it. */
const contrastOfRing = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d')!;
    /** Colours come in many notations; a canvas knows them all. */
    const rgb = (colour: string) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (colour: string) => {
      const [r, g, b] = rgb(colour)
        .slice(0, 3)
        .map(value => value / 255)
        .map(c => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const focused = document.activeElement as HTMLElement;
    const { outlineColor, outlineStyle, outlineWidth } =
      getComputedStyle(focused);
    let behind: Element | null = focused.parentElement;
    while (behind && rgb(getComputedStyle(behind).backgroundColor)[3] === 0)
      behind = behind.parentElement;
    const back = behind ? getComputedStyle(behind).backgroundColor : 'white';
    const [a, b] = [luminance(outlineColor), luminance(back)];
    return {
      what: focused.textContent?.slice(0, 60),
      drawn: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
      ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05),
    };
  });

for (const scheme of ['light', 'dark'] as const) {
  test(`what has the focus is told by a ring that can be seen, ${scheme}`, async ({
    page,
  }) => {
    await signInAs(page, 'owner', { scheme, path: '/pipeline-posture' });
    await expect(
      page.getByText('312 pipelines', { exact: true }),
    ).toBeVisible();
    const ours = [
      page.getByRole('link', { name: 'Controls' }),
      page.getByRole('button', { name: /^Compliant/ }).first(),
      page.getByRole('button', { name: /^A ?Strong/ }),
      page.getByRole('button', { name: /^Score/ }),
    ];
    for (const target of ours) {
      await softly
        .poll(async () => {
          await target.focus();
          // The ring is for those who use the keyboard.
          await page.keyboard.press('Shift');
          const ring = await contrastOfRing(page);
          return ring.drawn && ring.ratio >= 3 ? 'seen' : ring;
        })
        .toBe('seen');
    }
  });

  for (const { name, path, there } of SCREENS) {
    test(`${name}: axe finds nothing, and it looks as it did, ${scheme}`, async ({
      page,
    }) => {
      await signInAs(page, 'owner', { scheme, path });
      await expect(page.getByText(there).first()).toBeVisible();
      softly(await violations(page, NOT_OURS)).toEqual([]);
      await softly
        .poll(() => contrastOfBadges(page), { timeout: 5_000 })
        .toBeGreaterThanOrEqual(4.5);
      await page.screenshot({ path: `${PICTURES}/tour-${name}-${scheme}.png` });
      await softly(page).toHaveScreenshot(`${name}-${scheme}.png`);
      if (scheme === 'light') {
        await lengthen(page);
        await softly(page).toHaveScreenshot(`${name}-long.png`);
        softly(await sideways(page), 'with longer text').toEqual([]);
      }
    });
  }
}

test('without colours every badge still says what it means', async ({
  page,
}) => {
  await signInAs(page, 'owner', { path: SCREENS[0].path });
  await page.emulateMedia({ forcedColors: 'active' });
  await expect(page.getByText(SCREENS[0].there)).toBeVisible();
  const badges = page.locator(
    '[data-status], [data-grade]:not(svg), [data-severity]',
  );
  // Rows come right after the first picture.
  await expect.poll(() => badges.count()).toBeGreaterThan(20);
  const words = await badges.evaluateAll(all =>
    all.map(badge => badge.textContent?.trim()),
  );
  expect(words.filter(word => !word)).toEqual([]);
});
