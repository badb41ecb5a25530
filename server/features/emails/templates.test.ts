import { describe, expect, it } from 'vitest';
import { renderEmail } from './render-email';
import { TEMPLATES, type TemplateName, templateOf } from './templates';

const names = Object.keys(TEMPLATES) as TemplateName[];

describe.each(names)('%s', (name) => {
  const { sample } = templateOf(name);
  const { subject, html, text } = renderEmail(name, sample);

  it('says the same in HTML and in plain text', () => {
    expect(subject.length).toBeGreaterThan(5);
    expect(subject.length).toBeLessThan(80);
    expect(text).not.toMatch(/<\w+/);
    const path = (sample as { path: string }).path;
    expect(text).toContain(`http://localhost:3000${path}`);
    expect(html).toContain(`href="http://localhost:3000${path}"`);
    for (const word of text.split(/\s+/).filter((each) => /^\w{3,}$/.test(each))) {
      expect(html).toContain(word);
    }
  });

  it('knows dark colours and asks for nothing from elsewhere', () => {
    expect(html).toContain('prefers-color-scheme: dark');
    const addresses = html.match(/(?:href|src)="([^"]+)"/g) ?? [];
    for (const address of addresses) expect(address).toContain('http://localhost:3000');
    expect(html).not.toMatch(/<(img|script|link)\b/);
  });

  it.each(['https://evil.example/x', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'does not lead to %s',
    (path) => {
      expect(() => renderEmail(name, { ...(sample as object), path })).toThrow();
    },
  );
});

it('what people call themselves stays text', () => {
  const data = { name: '"><img src=x onerror=alert(1)>', path: '/x', validHours: 1 };
  const { html } = renderEmail('confirm-address', data);
  expect(html).not.toContain('<img');
  expect(html).toContain('&quot;&gt;&lt;img');
});
