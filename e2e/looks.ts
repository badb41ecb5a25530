import { expect, type Page } from '@playwright/test';
import { axeFaults } from './axe';

type Scheme = 'light' | 'dark';

const SIZES = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];

/** Saves a screenshot if `E2E_SCREENS=1`, because it takes longer than a check. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.E2E_SCREENS) return;
  await page.screenshot({ path: `test-results/screens/${name}.png`, fullPage: true });
}

/** Waits until the page has applied the color scheme, and transitions have ended. */
async function settle(page: Page, scheme: Scheme): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const ends = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ends.map(({ finished }) => finished));
  });
}

/**
 * Checks a page at each width, in alternating color schemes: no accessibility faults, no horizontal
 * overflow. `turn` is a page's index among similar ones: every second one starts with the dark
 * scheme, so that shared parts are checked in both schemes at each width, and each page in both.
 */
export async function inspect(page: Page, name: string, turn: number): Promise<void> {
  for (const [index, size] of SIZES.entries()) {
    const scheme: Scheme = (index + turn) % 2 === 0 ? 'light' : 'dark';
    const label = `${name} at ${size.width} px, ${scheme}`;
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await settle(page, scheme);
    await picture(page, `${name}-${size.width}-${scheme}`);
    expect(await axeFaults(page), label).toEqual([]);
    await expect
      .poll(
        () =>
          page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return scrollWidth - clientWidth;
          }),
        `${label} is wider than the screen`,
      )
      .toBe(0);
  }
}
