import type { ReactNode } from 'react';
import { Drawing, PLAIN_DRAWINGS } from './drawing';

/** 16-unit line drawings. */
const DRAWINGS = {
  ...PLAIN_DRAWINGS,
  home: <path d="M2.5 7 8 2.5 13.5 7v6.5h-4v-4h-3v4h-4z" />,
  chart: <path d="M2.5 13.5h11M4.5 13.5V9M8 13.5V3.5M11.5 13.5V6.5" />,
  list: <path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01" />,
  key: (
    <>
      <circle cx="5.2" cy="10.8" r="2.7" />
      <path d="m7.2 8.8 6-6M11 5l1.8 1.8" />
    </>
  ),
  inbox: <path d="M2.5 9.5 4.3 3h7.4l1.8 6.5V13h-11zM2.5 9.5h3l1 1.7h3l1-1.7h3" />,
  settings: (
    <>
      <circle cx="8" cy="8" r="2.1" />
      <path d="M8 1.8v1.9M8 12.3v1.9M1.8 8h1.9M12.3 8h1.9M3.6 3.6 5 5M11 11l1.4 1.4M3.6 12.4 5 11M11 5l1.4-1.4" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M8 4.8V8l2.2 1.4" />
    </>
  ),
  review: <path d="M2.5 3.5h11v7h-6l-3 2.5v-2.5h-2zM6 7l1.4 1.4L10.2 5.6" />,
  scale: <path d="M8 2.5v11M5 13.5h6M3.5 4.5h9M3.5 4.5l-2 5h4zM12.5 4.5l-2 5h4z" />,
  check: <path d="m3.5 8.3 3 3 6-6.6" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5" />
    </>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  up: <path d="M8 13V3M4 7l4-4 4 4" />,
  down: <path d="M8 3v10M4 9l4 4 4-4" />,
  arrow: <path d="M3 8h10M9 4l4 4-4 4" />,
  back: <path d="M13 8H3M7 4 3 8l4 4" />,
  chevrons: <path d="m5 6.2 3-3 3 3M5 9.8l3 3 3-3" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9" />
    </>
  ),
  moon: <path d="M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z" />,
  screen: <path d="M2.5 3h11v7.5h-11zM6 13.5h4M8 10.5v3" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.3" />
      <path d="m10.2 10.2 3.3 3.3" />
    </>
  ),
  building: <path d="M3.5 13.5v-11h6v11M9.5 6h3v7.5M2 13.5h12M5.5 5h2M5.5 7.5h2M5.5 10h2" />,
  people: (
    <>
      <circle cx="6" cy="5.5" r="2.3" />
      <path d="M1.8 13c.3-2.4 2-3.8 4.2-3.8s3.9 1.4 4.2 3.8M10.2 3.4a2.3 2.3 0 0 1 0 4.2M11.6 9.6c1.5.5 2.4 1.7 2.6 3.4" />
    </>
  ),
  coins: (
    <>
      <ellipse cx="8" cy="4.3" rx="5" ry="1.9" />
      <path d="M3 4.3v3.7c0 1 2.2 1.9 5 1.9s5-.9 5-1.9V4.3M3 8v3.7c0 1 2.2 1.9 5 1.9s5-.9 5-1.9V8" />
    </>
  ),
  mail: <path d="M2.5 3.5h11v9h-11zM2.8 4.2 8 8.6l5.2-4.4" />,
  log: <path d="M3.5 2.5h9v11h-9zM6 5.5h4M6 8h4M6 10.5h2.5" />,
  flask: <path d="M6 2.5h4M7 2.5v4L3.2 12a1 1 0 0 0 .9 1.5h7.8a1 1 0 0 0 .9-1.5L9 6.5v-4M5 10h6" />,
  shapes: (
    <>
      <path d="M2.5 9.5h5v4h-5zM8 2.2l2.6 4.3H5.4z" />
      <circle cx="11.2" cy="11" r="2.3" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof DRAWINGS;

/** A line drawing; decoration only, so it is hidden from screen readers. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return <Drawing size={size}>{DRAWINGS[name]}</Drawing>;
}

/** The mark: somebody on the rail. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="6" fill="var(--mantine-color-rail-7)" />
      <path d="M3 15.6h18M3 19h18" stroke="#fff" strokeOpacity=".55" strokeWidth="1.5" />
      <circle cx="12" cy="8.6" r="3.7" fill="#fff" />
      <path d="M12 12v3.6" stroke="#fff" strokeWidth="2.4" />
    </svg>
  );
}
