import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of WCAG 2.2 AA. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Look {
  /** Selector of the part to check; default the whole page. */
  within?: string;
  /** Also checks best practices, which WCAG does not require. */
  bestPractices?: boolean;
}

/**
 * The accessibility faults that axe finds on the current page, by WCAG 2.2 AA: the rule and the
 * first affected element. Excludes an e-mail's body, which is in a frame without scripts. axe is
 * loaded once per page, because loading takes as long as a check.
 */
export async function axeFaults(
  page: Page,
  { within, bestPractices = false }: Look = {},
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  return page.evaluate(
    async ({ include, values }) => {
      const { axe: loaded } = window as unknown as { axe: typeof axe };
      const { violations } = await loaded.run(
        { include: [include], exclude: [['iframe']] },
        { resultTypes: ['violations'], runOnly: { type: 'tag', values }, iframes: false },
      );
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    },
    { include: [within ?? 'html'], values: bestPractices ? [...WCAG, 'best-practice'] : WCAG },
  );
}
