import type { ReactNode } from 'react';

/** The drawings of pages that stand in for another, which do without the whole set. */
export const PLAIN_DRAWINGS = {
  bolt: <path d="M9 1.8 3.5 9H8l-1 5.2L12.5 7H8z" />,
  warning: <path d="M8 2.5 14 13H2zM8 6.5v3M8 11.3h.01" />,
  link: <path d="M6.5 3.5h-3v9h9v-3M9.5 2.5h4v4M13.2 2.8 7.5 8.5" />,
};

/** A line drawing of 16 units; decoration only, so it is hidden from screen readers. */
export function Drawing({ size = 16, children }: { size?: number; children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}
