import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Renders the app's icons from `app/icon.svg`; rerun it when the drawing changes. */

const OUT = 'public/icons';
/** Where Next expects the icon for Apple's home screens. */
const APPLE = 'app/apple-icon.png';
const GREEN = '#0b7560';
const drawing = readFileSync('app/icon.svg', 'utf8');
const square = drawing.replace('rx="6"', 'rx="0"');

/** `share`: the drawing's share of the picture; systems crop maskable icons to 80%. */
const ICONS = [
  { name: 'icon-192', size: 192, svg: drawing, share: 1, ground: 'transparent' },
  { name: 'icon-512', size: 512, svg: drawing, share: 1, ground: 'transparent' },
  { name: 'maskable-192', size: 192, svg: square, share: 0.74, ground: GREEN },
  { name: 'maskable-512', size: 512, svg: square, share: 0.74, ground: GREEN },
  { name: 'apple-icon', size: 180, svg: square, share: 0.86, ground: GREEN },
];

const browser = await chromium.launch({
  ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
  args: ['--no-sandbox'],
});
mkdirSync(OUT, { recursive: true });
const page = await browser.newPage();
for (const { name, size, svg, share, ground } of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  const inner = Math.round(size * share);
  await page.setContent(
    `<style>html,body{margin:0;height:100%;background:${ground}}
     body{display:grid;place-items:center}svg{width:${inner}px;height:${inner}px;display:block}</style>${svg}`,
  );
  writeFileSync(
    name === 'apple-icon' ? APPLE : `${OUT}/${name}.png`,
    await page.screenshot({ omitBackground: ground === 'transparent' }),
  );
}
await browser.close();
