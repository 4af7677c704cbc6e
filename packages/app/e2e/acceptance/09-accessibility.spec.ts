import { expect, Page, test } from '@playwright/test';
import { PICTURES, violations } from '../demo';
import { lengthen, sideways } from './longText';
import { SCREENS, signInAs } from './seeded';

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
    return ratios.length === 0 ? undefined : Math.min(...ratios);
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
      await target.focus();
      // The ring is for those who use the keyboard.
      await page.keyboard.press('Shift');
      const ring = await contrastOfRing(page);
      expect.soft(ring.drawn, ring.what ?? '').toBe(true);
      expect.soft(ring.ratio, ring.what ?? '').toBeGreaterThanOrEqual(3);
    }
  });

  test(`axe finds nothing on any screen, and each looks as it did, ${scheme}`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    await signInAs(page, 'owner', { scheme, path: SCREENS[0].path });
    for (const [i, { name, path, there }] of SCREENS.entries()) {
      if (i > 0) await page.goto(path);
      await expect(page.getByText(there).first()).toBeVisible();
      const found = await violations(page, NOT_OURS);
      expect.soft(found, name).toEqual([]);
      const contrast = await contrastOfBadges(page);
      if (contrast !== undefined)
        expect(contrast, name).toBeGreaterThanOrEqual(4.5);
      await page.screenshot({ path: `${PICTURES}/tour-${name}-${scheme}.png` });
      await expect.soft(page).toHaveScreenshot(`${name}-${scheme}.png`);
      if (scheme === 'light') {
        await lengthen(page);
        await expect.soft(page).toHaveScreenshot(`${name}-long.png`);
        expect(await sideways(page), `${name} with longer text`).toEqual([]);
      }
    }
  });
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
