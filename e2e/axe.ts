import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of WCAG 2.2 AA. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Look {
  /** Selector of the part that is looked at; the whole page unless given. */
  within?: string;
  /** Best practices as well, which are more than WCAG asks for. */
  bestPractices?: boolean;
}

/**
 * The faults of accessibility that axe finds on the page as it is now, by WCAG 2.2 AA: the rule and
 * the first element at fault. The letter of an e-mail is left out, which lies in a frame in which no
 * script runs, axe's neither; all the rest is one frame. A page is given axe once, however often it is
 * looked at, since loading it takes as long as a look.
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
