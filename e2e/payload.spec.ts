import { expect, type Page } from '@playwright/test';
import { axeFaults } from './axe';
import { cancelTask, type HeldTask, type TaskInput } from './held-task';
import { picture } from './looks';
import { type MediaHost, PNG, pdf, startMediaHost } from './media-host';
import { test } from './own-worker';

/** A payload as shown to a worker: every kind, from benign and hostile customers. */
let host: MediaHost;
let taskId = '';

test.beforeAll(async () => {
  host = await startMediaHost();
});
test.afterAll(() => host.stop());

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const refused: string[] = [];
    Object.assign(window, { refused });
    document.addEventListener('securitypolicyviolation', (event) => {
      // zod probes once whether eval is allowed, and works without it.
      if (event.blockedURI !== 'eval')
        refused.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
});
test.afterEach(() => cancelTask(taskId));

async function show(
  openTask: (task: TaskInput) => Promise<HeldTask>,
  payload: object,
): Promise<void> {
  ({ taskId } = await openTask({ payload }));
}

async function expectNothingRan(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const marks = window as unknown as { pwned?: number; refused: string[] };
    return { pwned: marks.pwned, refused: marks.refused };
  });
  expect(found).toEqual({ pwned: undefined, refused: [] });
}

test('files come through us, each shown as what it is, and the host learns nothing', async ({
  page,
  openTask,
}) => {
  const outside: string[] = [];
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (/^http/.test(origin) && origin !== process.env.E2E_URL) outside.push(request.url());
  });
  await show(openTask, {
    intro_markdown: `Compare these. ![In the text](${host.url}/photo.png)`,
    photo_url: `${host.url}/photo.png`,
    drawing: `${host.url}/drawing.svg`,
    inline: `data:image/png;base64,${PNG.toString('base64')}`,
    photos: [`${host.url}/photo.png`, `${host.url}/drawing.svg`],
    invoice: `${host.url}/invoice.pdf`,
    inline_pdf: `data:application/pdf;base64,${pdf('Inline 18').toString('base64')}`,
    recording: `${host.url}/call.wav`,
  });
  for (const name of ['Photo URL', 'Drawing', 'Inline', 'Photos 2 of 2', 'In the text']) {
    const image = page.getByRole('img', { name, exact: true });
    await image.scrollIntoViewIfNeeded();
    await expect
      .poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth))
      .toBeGreaterThan(0);
  }
  await expect(page.getByText('Invoice 17')).toBeAttached({ timeout: 20_000 });
  await expect(page.getByText('Inline 18')).toBeAttached({ timeout: 20_000 });
  await expect(page.getByText('Page 1 of 1').first()).toBeVisible();
  const sound = page.locator('audio');
  await expect
    .poll(() => sound.evaluate((element: HTMLAudioElement) => element.duration))
    .toBeCloseTo(1, 1);
  await expectNothingRan(page);
  expect(outside).toEqual([]);
  expect(host.asked.filter(({ cookie, referer }) => cookie || referer)).toEqual([]);
  expect(await axeFaults(page, { bestPractices: true })).toEqual([]);
  for (const width of [390, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await picture(page, `payload-${width}`);
  }
});

test('a picture is enlarged and zoomed by keyboard alone, and gives the cursor back', async ({
  page,
  openTask,
}) => {
  await show(openTask, { photo_url: `${host.url}/photo.png` });
  const button = page.getByRole('button', { name: 'Enlarge: Photo URL' });
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Photo URL' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect(dialog.getByRole('status')).toHaveText('225 %');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('0');
  await expect(dialog.getByRole('status')).toHaveText('100 %');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
});

test('what cannot be shown is said in words', async ({ page, openTask }) => {
  await show(openTask, {
    photo_url: `${host.url}/none.png`,
    pretender: `${host.url}/page.png`,
    damaged: 'data:image/png;base64,AAAA',
    film: `${host.url}/none.mp4`,
    contract: `${host.url}/none.pdf`,
  });
  await expect(page.getByText('This image cannot be shown here.')).toHaveCount(3);
  await expect(page.getByText('Its data is damaged.')).toBeVisible();
  await expect(page.getByText('This film cannot be shown here.')).toBeVisible();
  await expect(page.getByText('This PDF cannot be shown here.').first()).toBeVisible({
    timeout: 20_000,
  });
  await expectNothingRan(page);
});

test('hostile and foreign texts are text, legible and quick', async ({ page, openTask }) => {
  const long = 'A line of the story.\n'.repeat(10_000);
  await show(openTask, {
    text: '<img src=x onerror="window.pwned=1"> <script>window.pwned=1</script> [x](javascript:alert(1))',
    content: '<script>window.pwned=1</script><b>bold?</b>',
    file_name: 'invoice\u202Efdp.exe and zero\u200Bwidth',
    arabic: 'مرحبا بالعالم',
    emoji: '👩‍👩‍👧‍👦 🏳️‍🌈',
    long,
    many: Array.from({ length: 2_000 }, (_, index) => index),
    rows: Array.from({ length: 500 }, (_, index) => ({ id: index, name: `Row ${index}` })),
    deep: { a: { b: { c: { d: { e: 'bottom' } } } } },
  });
  await expect(page.getByText('<b>bold?</b>')).toBeVisible();
  await expect(page.getByText('U+202E')).toBeVisible();
  await expect(page.getByText('U+200B')).toBeVisible();
  await expect(page.getByText('👩‍👩‍👧‍👦 🏳️‍🌈')).toBeVisible();
  const arabic = page.getByText('مرحبا بالعالم');
  expect(await arabic.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
  await expect(page.getByText('"bottom"')).toBeVisible();
  await page.getByRole('button', { name: 'Show the other 1,900' }).click();
  await page.getByRole('button', { name: 'Show the other 400 rows' }).click();
  await expect(page.getByText('Row 499')).toBeAttached();
  await page.getByRole('button', { name: /Show the other .* characters/ }).click();
  await expect(page.getByRole('button', { name: /characters/ })).toBeHidden();
  await expectNothingRan(page);
});

test('hints say how fields are shown', async ({ page, openTask }) => {
  await show(openTask, {
    message: 'I want a refund. It broke.',
    policy: '**Fourteen** days',
    trace: { id: 17 },
    $ui: {
      policy: 'markdown',
      trace: 'hidden',
      message: { as: 'text', label: 'What they wrote', highlight: ['refund'] },
    },
  });
  await expect(page.getByText('What they wrote')).toBeVisible();
  await expect(page.locator('mark')).toContainText('refund');
  await expect(page.locator('strong', { hasText: 'Fourteen' })).toBeVisible();
  await expect(page.getByText('Trace')).toBeHidden();
});

test('images of a mail come through us, and only once they are asked for', async ({
  page,
  openTask,
}) => {
  const outside: string[] = [];
  page.on('request', (request) => {
    if (/^http/.test(request.url()) && new URL(request.url()).origin !== process.env.E2E_URL) {
      outside.push(request.url());
    }
  });
  const before = host.asked.length;
  await show(openTask, {
    mail_html: `<html><body><h1>Your parcel</h1><script>parent.pwned = 1</script>
      <img src="${host.url}/photo.png" alt="A kettle"></body></html>`,
  });
  const mail = page.frameLocator('iframe');
  await expect(mail.getByText('[Image: A kettle]')).toBeVisible();
  expect(host.asked.length).toBe(before);
  await page.getByRole('button', { name: 'Load images' }).click();
  const picture = mail.getByRole('img', { name: 'A kettle' });
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);
  expect(host.asked.slice(before).filter(({ cookie, referer }) => cookie || referer)).toEqual([]);
  expect(outside).toEqual([]);
  await expectNothingRan(page);
});
