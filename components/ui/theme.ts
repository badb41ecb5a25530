import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent; every other hue in the product carries a status. */
const rail: MantineColorsTuple = [
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

const gray: MantineColorsTuple = [
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

const dark: MantineColorsTuple = [
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

export const SANS = "'Geist Variable', ui-sans-serif, system-ui, 'Segoe UI', sans-serif";
export const MONO = "'Geist Mono Variable', ui-monospace, 'SF Mono', Menlo, monospace";

export const theme = createTheme({
  primaryColor: 'rail',
  primaryShade: { light: 7, dark: 7 },
  colors: { rail, gray, dark },
  white: '#ffffff',
  black: '#1a1a18',
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.55', lg: '1.55', xl: '1.5' },
  headings: {
    fontFamily: SANS,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  defaultRadius: 'md',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm', fw: 500 } },
    TextInput: { defaultProps: { size: 'sm' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', closeButtonProps: { 'aria-label': 'Close' } },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
  },
});
