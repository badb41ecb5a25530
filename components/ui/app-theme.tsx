'use client';

import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { getNonce, setNonce } from 'get-nonce';
import { type ReactNode, useState } from 'react';
import { theme } from './theme';

/**
 * Colours, type and notifications for every page. `nonce` lets its styles pass the page's policy: the
 * first one, since a document's policy stays while its parts are fetched anew.
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
