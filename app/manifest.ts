import type { MetadataRoute } from 'next';

/** Makes the worker app installable; it opens at the queue. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/work',
    name: 'HumanRail Work',
    short_name: 'HumanRail',
    description: 'Answer the questions of AI agents, and be paid for each accepted answer.',
    start_url: '/work',
    scope: '/',
    display: 'standalone',
    background_color: '#fafaf8',
    theme_color: '#0b7560',
    categories: ['productivity', 'business'],
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: '/icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
    shortcuts: [
      { name: 'Queue', url: '/work' },
      { name: 'Earnings', url: '/work/earnings' },
    ],
  };
}
