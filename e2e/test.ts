import {
  type Browser,
  type BrowserContext,
  test as base,
  type CDPSession,
  expect,
  type Page,
} from '@playwright/test';

interface Options {
  /** A browser context of the test's own, for state that cannot be reset, such as a fake clock. */
  ownContext: boolean;
}

/** A browser context with an empty page that keeps it open, used to clear it. */
interface Shared {
  context: BrowserContext;
  keeper: Page;
  devtools: CDPSession;
}

/**
 * Tests of one process share a browser context, cleared after each: a new one would load and
 * compile the app's scripts for every test, which took a quarter of the time.
 */
export const test = base.extend<Options, { shared: Shared }>({
  ownContext: [false, { option: true }],
  browser: [async ({ browser }, use) => use(waitingForContent(browser)), { scope: 'worker' }],
  shared: [
    async ({ browser }, use) => {
      const context = await browser.newContext({
        baseURL: process.env.E2E_URL,
        // As in playwright.config.ts, whose options do not apply to a context created here.
        reducedMotion: 'reduce',
      });
      const keeper = await context.newPage();
      await use({ context, keeper, devtools: await context.newCDPSession(keeper) });
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ browser, shared, ownContext, baseURL }, use) => {
    const context = ownContext ? await browser.newContext({ baseURL }) : shared.context;
    await use(context);
    if (ownContext) await context.close();
    else await empty(shared);
  },
  page: async ({ context }, use) => {
    await use(await context.newPage());
  },
});

/** Closes the pages and clears all of the product's browser storage; keeps loaded scripts. */
async function empty({ context, keeper, devtools }: Shared): Promise<void> {
  await context.setOffline(false);
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  for (const page of context.pages()) if (page !== keeper) await page.close();
  await devtools.send('Storage.clearDataForOrigin', {
    origin: new URL(process.env.E2E_URL ?? '').origin,
    storageTypes: 'all',
  });
  await context.clearCookies();
  await context.clearPermissions();
}

/**
 * Makes `goto` and `reload` of all pages wait until streamed parts of a page are in place: before
 * that they are hidden at its end, where a locator may find them a second time.
 */
function waitingForContent(browser: Browser): Browser {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.on('page', waitsForContent);
    return context;
  };
  return browser;
}

function waitsForContent(page: Page): void {
  const inPlace = () => expect(page.locator('body > [hidden][id^="S:"]')).toHaveCount(0);
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...args) => {
    const response = await goto(...args);
    await inPlace();
    return response;
  };
  page.reload = async (...args) => {
    const response = await reload(...args);
    await inPlace();
    return response;
  };
}
