'use client';

import { MantineProvider } from '@mantine/core';
import { getNonce, setNonce } from 'get-nonce';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { theme } from './theme';

/** Nothing is told before the page is alive, so the page does not wait for it. */
const Notifications = dynamic(
  () => import('@mantine/notifications').then((module) => module.Notifications),
  { ssr: false },
);

/**
 * Colours, type and notifications for every page. `nonce` lets its styles pass the page's policy: the
 * first one, because a document keeps its policy while its parts are refetched.
 */
export function AppTheme(props: { nonce: string | undefined; children: ReactNode }) {
  const [nonce] = useState(() => {
    // What keeps a page still behind a dialog is styled by a library that asks here.
    if (typeof window !== 'undefined' && props.nonce && !getNonce()) setNonce(props.nonce);
    return props.nonce;
  });
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce ?? ''}
      deduplicateInlineStyles
    >
      <Notifications position="bottom-right" limit={4} />
      {props.children}
    </MantineProvider>
  );
}
