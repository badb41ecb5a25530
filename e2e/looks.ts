import { expect, type Page } from '@playwright/test';
import { axeFaults } from './axe';

type Scheme = 'light' | 'dark';

const SIZES = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];

/** Leaves a picture for people where `E2E_SCREENS=1` asks for it, since one costs more than a look. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.E2E_SCREENS) return;
  await page.screenshot({ path: `test-results/screens/${name}.png`, fullPage: true });
}

/** Waits until the page has taken on the scheme, and whatever moves to its new size or colour is there. */
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
 * Looks at a page at each width, the schemes in turn: no fault of accessibility, nothing beside the
 * screen. `turn` is a page's place among its kind: every second one begins with the dark scheme, so
 * that what all pages share is seen in both schemes at each width, and each page in both.
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
