import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** The rules of WCAG 2.2 AA. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * The faults of accessibility that axe finds on the page as it is now, by WCAG 2.2 AA: the rule and
 * the first element at fault. The letter of an e-mail is left out, which lies in a frame in which no
 * script runs, axe's neither. All the rest is one frame, so axe needs no page of its own to put
 * frames together, which takes longer than the look.
 */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .exclude('iframe')
    .options({ resultTypes: ['violations'], runOnly: { type: 'tag', values: WCAG } })
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
