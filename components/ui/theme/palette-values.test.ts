import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dark, gray, MONO, rail, SANS } from './palette-values';

test('pages without the component library have the theme’s own colours and fonts', () => {
  const css = readFileSync('app/palette.css', 'utf8');
  const held = new Map(
    [...css.matchAll(/(--[\w-]+): (.+);/g)].map(([, name, value]) => [name, value]),
  );
  for (const [name, shades] of Object.entries({ rail, gray, dark })) {
    for (const [n, value] of shades.entries()) {
      expect(held.get(`--mantine-color-${name}-${n}`), `${name} ${n}`).toBe(value);
    }
  }
  expect(held.get('--mantine-font-family')).toBe(SANS);
  expect(held.get('--mantine-font-family-monospace')).toBe(MONO);
});
