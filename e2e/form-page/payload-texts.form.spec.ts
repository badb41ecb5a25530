import { expect } from '@playwright/test';
import { axeFaults } from '../axe';
import { test } from './form-page';

const ANY = { type: 'object', properties: { ok: { type: 'boolean' } } };

test('a text is shown as it stands, and its marks count characters as people do', async ({
  form,
}) => {
  const text = '1986. A great year!\n2. not two\n2*3*4=24';
  await form.show(ANY, undefined, {
    text,
    question: '# *Really*?',
    notes_markdown: '**Bold**',
    marked: 'Some text 🚀🚀 rocket',
    $ui: { marked: { highlight: [{ start: 13, end: 19 }] } },
  });
  const { page } = form;
  await expect.poll(() => page.getByText('1986. A great year!').textContent()).toBe(text);
  await expect(page.getByText('# *Really*?', { exact: true })).toBeVisible();
  await expect(page.locator('strong', { hasText: 'Bold' })).toBeVisible();
  await expect(page.locator('mark')).toHaveText(/rocket$/);
});

test('HTML is drawn in a frame that runs nothing and loads nothing', async ({ form }) => {
  const { page } = form;
  const asked: string[] = [];
  // Requests blocked by the policy never get here.
  await page.route('https://elsewhere.test/**', (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await form.show(ANY, undefined, {
    mail_html: `<html><head><style>h1 { color: rgb(1, 2, 3) }</style>
      <link rel="stylesheet" href="https://elsewhere.test/a.css">
      <meta http-equiv="refresh" content="0; url=https://elsewhere.test/"></head>
      <body background="https://elsewhere.test/b.png"><h1>Your parcel</h1>
      <script>parent.pwned = 1; top.pwned = 1</script><svg onload="parent.pwned = 1"></svg>
      <img src="x" onerror="parent.pwned = 1">
      <img src="https://elsewhere.test/photo.png" alt="A kettle">
      <p style="background: url(https://elsewhere.test/c.png)">Styled</p>
      <a href="javascript:parent.pwned=1">bad</a> <a href="https://elsewhere.test/track">good</a>
      <form action="https://elsewhere.test"><input name="password"></form>
      <iframe src="https://elsewhere.test/page"></iframe></body></html>`,
  });
  const mail = page.frameLocator('iframe');
  await expect(mail.getByRole('heading', { name: 'Your parcel' })).toHaveCSS(
    'color',
    'rgb(1, 2, 3)',
  );
  await expect(mail.locator('script, iframe, form, link, [onerror], [onload]')).toHaveCount(0);
  await expect(mail.locator('a', { hasText: 'bad' })).not.toHaveAttribute('href');
  await expect(mail.locator('a', { hasText: 'good' })).toHaveAttribute('target', '_blank');
  await expect(mail.getByText('[Image: A kettle]')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Load images' })).toBeVisible();
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(asked).toEqual([]);
});

test('conversations, tables, diffs and JSON in texts have views of their own', async ({ form }) => {
  await form.show(ANY, undefined, {
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Where is my\nkettle?', at: '09:12' },
      { role: 'assistant', content: 'On its way.' },
    ],
    orders: 'id;customer;total\n1;"Ann; Bo";19,90\n2;Cy;5\n',
    change: '--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n same\n-old line\n+new line\n',
    body: '{"id":1234567890123456789,"tags":["a","b"]}',
  });
  const { page } = form;
  const said = page.locator('li', { hasText: 'kettle?' });
  await expect(said).toContainText('user');
  await expect(said).toContainText('At: 09:12');
  await expect(page.getByRole('cell', { name: 'Ann; Bo' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'customer', exact: true })).toBeVisible();
  await expect(page.locator('[data-kind="added"]')).toContainText('new line');
  await expect(page.getByText('"id": 1234567890123456789,')).toBeVisible();
  await page
    .getByRole('radiogroup', { name: 'How Body is shown' })
    .getByText('Text', { exact: true })
    .click();
  await expect(page.getByText('{"id":1234567890123456789,"tags":["a","b"]}')).toBeVisible();
  expect(await axeFaults(page, { within: 'dl', bestPractices: true })).toEqual([]);
  expect(form.problems).toEqual([]);
});
