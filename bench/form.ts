import { chromium, type Page } from '@playwright/test';
import { startTemporaryInstance } from '@/scripts/launcher/temporary-instance';
import { against, type Figure, median, quantile } from './figure';
import { bareForm, formSchema } from './form-subject';
import { report } from './report';

/**
 * Measures the worker's form in a real browser: `npm run bench:form`. Keys go through the browser's
 * own input queue; a key's time ends when the frame that shows it has been painted. Each figure is
 * compared with a page of bare inputs, which no form can beat. `E2E_URL` and `E2E_DATA_DIR` select
 * a running instance; `CHROMIUM_PATH` a browser.
 */
const KEYS = 120;
const RENDERS = 5;
const FIELDS = [100, 500];

async function main(): Promise<void> {
  const instance = process.env.E2E_URL
    ? null
    : await startTemporaryInstance({ WEB_PROCESSES: '1', LOG_LEVEL: 'warn' });
  if (instance) {
    process.env.E2E_URL = instance.runtime.url;
    process.env.E2E_DATA_DIR = instance.dataDir;
  }
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || undefined,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({
      baseURL: process.env.E2E_URL,
      viewport: { width: 1440, height: 900 },
    });
    // The compiler wraps inner functions in a helper of its module, which the page does not have.
    await page.addInitScript('globalThis.__name = (named) => named;');
    report(await measure(page), { keys: KEYS, renders: RENDERS, fields: FIELDS });
  } finally {
    await browser.close();
    await instance?.stop();
  }
}

async function measure(page: Page): Promise<Figure[]> {
  const { callApi, firstRun, goOffline, signIn } = await import('@/e2e/instance');
  const { trpc } = await import('@/e2e/trpc');
  const figures: Figure[] = [];
  const floors = new Map<number, { key: Figure; render: Figure }>();
  for (const fields of FIELDS) floors.set(fields, await measureBare(page, fields));
  await signIn(page, 'worker');
  await goOffline(page);
  for (const fields of FIELDS) {
    console.log(`… a form of ${fields} fields`);
    const floor = floors.get(fields);
    const { body } = await callApi(firstRun().liveKey, 'POST', '/v1/tasks', {
      type: 'form_bench',
      payload: { text: 'How fast is the form?' },
      output_schema: formSchema(fields),
      payout_sats: 1,
      sla_seconds: 3_600,
      risk_tier: 'low',
    });
    const path = await takeTask(page, trpc, String(body.id));
    if (!floor) continue;
    figures.push(floor.render, floor.key);
    figures.push(against(await measureRender(page, path, fields), floor.render));
    figures.push(against(await measureKeys(page, fields), floor.key));
    await callApi(firstRun().liveKey, 'POST', `/v1/tasks/${body.id}/cancel`);
  }
  return figures;
}

type Trpc = typeof import('@/e2e/trpc')['trpc'];

async function takeTask(page: Page, trpc: Trpc, taskId: string): Promise<string> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const held = await trpc<{ id: string; status: string; task: { id: string } }[]>(
      page,
      'assignments.list',
    );
    const mine = held.find((each) => each.task.id === taskId);
    if (mine) return `/work/tasks/${mine.id}`;
    for (const { id } of held) {
      await trpc(page, 'assignments.release', { assignmentId: id, reason: 'Not its turn' });
    }
    await trpc(page, 'queue.claim', { taskId }).catch(() => undefined);
    if (Date.now() > deadline) throw new Error('The task did not reach the worker.');
    await page.waitForTimeout(300);
  }
}

/** From the click on the task's link to the painted form, with the page's code already loaded. */
async function measureRender(page: Page, path: string, fields: number): Promise<Figure> {
  const times: number[] = [];
  await page.goto(path);
  // By region, because a page being streamed may contain a second, hidden copy of the form.
  await page.getByRole('region', { name: 'Your answer' }).locator('#answer-form').waitFor();
  for (let round = 0; round < RENDERS; round++) {
    await page.goto('/work');
    const link = page.locator(`a[href="${path}"]`).first();
    await link.waitFor();
    await link.evaluate(watchForm, fields);
    await link.click();
    await page.waitForFunction(() => 'formPaintedMs' in window, undefined, { timeout: 60_000 });
    times.push(await page.evaluate(() => (window as unknown as Painted).formPaintedMs));
  }
  return figureOf(`${fields} fields: from the link to the painted form`, times, '< 1000 ms');
}

interface Painted {
  formPaintedMs: number;
}

/** In the page: measures from the click on `link` until the form's fields are painted. */
function watchForm(link: Element, fields: number): void {
  link.addEventListener(
    'click',
    (event) => {
      const look = () => {
        const last = document.querySelector(`[id$="field_${fields}"]`);
        if (!last) return requestAnimationFrame(look);
        return requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => {
            (window as unknown as Painted).formPaintedMs = performance.now() - event.timeStamp;
          };
          channel.port2.postMessage(0);
        });
      };
      look();
    },
    { once: true, capture: true },
  );
}

async function measureKeys(page: Page, fields: number): Promise<Figure> {
  const field = page.locator(`[id$="field_${Math.round(fields / 2)}"]`).first();
  await field.scrollIntoViewIfNeeded();
  await field.click();
  return figureOf(`${fields} fields: from key to paint`, await typeKeys(page), '< 50 ms median');
}

/** Types real keys into the focused field, each after the last one is painted. */
async function typeKeys(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { keyTimes: times });
    document.addEventListener(
      'keydown',
      (event) => {
        const pressedAt = event.timeStamp;
        // A task queued inside a frame runs once that frame is painted.
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => times.push(performance.now() - pressedAt);
          channel.port2.postMessage(0);
        });
      },
      true,
    );
  });
  for (let count = 1; count <= KEYS; count++) {
    // Words of five letters, with pauses like a person's, in which fields commit their value.
    await page.keyboard.press(count % 6 === 0 ? 'Space' : 'e');
    await page.waitForFunction(
      (done) => (window as unknown as { keyTimes: number[] }).keyTimes.length >= done,
      count,
      { polling: 'raf' },
    );
    await page.waitForTimeout(count % 6 === 0 ? 350 : 40);
  }
  return page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes);
}

async function measureBare(page: Page, fields: number): Promise<{ key: Figure; render: Figure }> {
  const renders: number[] = [];
  for (let round = 0; round < RENDERS; round++) {
    await page.goto('about:blank');
    renders.push(
      await page.evaluate(async (html) => {
        const started = performance.now();
        document.body.innerHTML = html;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        return performance.now() - started;
      }, bareForm(fields)),
    );
  }
  await page.locator(`#field_${Math.round(fields / 2)}`).click();
  return {
    render: figureOf(`${fields} bare inputs: painted`, renders),
    key: figureOf(`${fields} bare inputs: from key to paint`, await typeKeys(page)),
  };
}

function figureOf(name: string, times: readonly number[], aim?: string): Figure {
  return {
    name,
    value: median(times),
    unit: 'ms',
    p50Ms: median(times),
    p95Ms: quantile(times, 0.95),
    ...(aim ? { aim } : {}),
  };
}

await main();
