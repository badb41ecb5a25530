import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '@fontsource-variable/geist';
import '@fontsource-variable/geist-mono';
import './palette.css';
import './global.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { EARLY_SCRIPT } from '@/components/ui/early-script';

export const metadata: Metadata = {
  title: { default: 'HumanRail', template: '%s · HumanRail' },
  description: 'The rail that carries an AI agent’s questions to people.',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfbfa' },
    { media: '(prefers-color-scheme: dark)', color: '#101113' },
  ],
};

/** The root layout of every page. Components for the product's pages are in `(product)`. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The early script changes it before hydration.
    <html lang="en" data-mantine-color-scheme="light" suppressHydrationWarning>
      <head>
        <script
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
          dangerouslySetInnerHTML={{ __html: EARLY_SCRIPT }}
        />
      </head>
      <body>{children}</body>
    </html>
  );
}
