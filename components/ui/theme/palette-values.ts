/**
 * The product's colours and fonts as plain values: the theme is made of them. Pages without the component library
 * read the same ones from `app/palette.css`.
 */

type Shades = [string, string, string, string, string, string, string, string, string, string];

/** The one accent; every other hue in the product carries a status. */
export const rail: Shades = [
  '#e8f6f2',
  '#cdebe2',
  '#9fd8c8',
  '#6cc3ac',
  '#40af94',
  '#219c81',
  '#118a70',
  '#0b7560',
  '#085d4c',
  '#053f34',
];

export const gray: Shades = [
  '#fafaf8',
  '#f3f3f0',
  '#e8e8e4',
  '#dbdbd6',
  '#c1c1bb',
  '#93938c',
  '#666660',
  '#484843',
  '#2e2e2b',
  '#1a1a18',
];

export const dark: Shades = [
  '#e7e7e3',
  '#c5c5bf',
  '#a0a099',
  '#75756f',
  '#3b3b38',
  '#2d2d2a',
  '#1e1e1c',
  '#131312',
  '#0e0e0d',
  '#080807',
];

/** The library's, but for the last: text in it can be read on its own tint. */
export const orange: Shades = [
  '#fff4e6',
  '#ffe8cc',
  '#ffd8a8',
  '#ffc078',
  '#ffa94d',
  '#ff922b',
  '#fd7e14',
  '#f76707',
  '#e8590c',
  '#ad3a08',
];

export const SANS = "'Geist Variable', ui-sans-serif, system-ui, 'Segoe UI', sans-serif";
export const MONO = "'Geist Mono Variable', ui-monospace, 'SF Mono', Menlo, monospace";
