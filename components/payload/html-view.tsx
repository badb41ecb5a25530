'use client';

import { Button, Text } from '@mantine/core';
import { getNonce } from 'get-nonce';
import { useMemo, useState } from 'react';
import { useHydrated } from '@/components/ui/use-hydrated';
import { safeDocument } from './kinds/html-document';
import { useMediaAddresses } from './media/task-media';
import classes from './payload.module.css';
import { LaidOut } from './text/laid-out';

const PICTURES_MAX = 30;

/**
 * HTML such as an e-mail's, drawn in a frame that runs no scripts and loads nothing. Its pictures
 * come by way of us, and only when the worker asks for them: loading them tells their sender.
 */
export function HtmlView({ text, label }: { text: string; label: string }) {
  const [pictures, setPictures] = useState<Record<string, string>>({});
  const [state, setState] = useState<'blocked' | 'loading' | 'loaded'>('blocked');
  const addressOf = useMediaAddresses();
  // The server has no DOM to read the document with, so there the frame is empty.
  const hydrated = useHydrated();
  const { html, remote } = useMemo(
    () => (hydrated ? safeDocument(text, pictures, getNonce()) : { html: '', remote: [] }),
    [hydrated, text, pictures],
  );
  const load = async () => {
    setState('loading');
    const found = await Promise.all(
      remote.slice(0, PICTURES_MAX).map(async (source): Promise<[string, string] | null> => {
        const address = addressOf(source);
        const data = address === null ? null : await asDataUrl(address);
        return data === null ? null : [source, data];
      }),
    );
    setPictures(Object.fromEntries(found.filter((each) => each !== null)));
    setState('loaded');
  };
  return (
    <LaidOut text={text} label={label} as="As sent">
      {remote.length > 0 ? (
        <div className={classes.blocked} role="status">
          {state === 'loaded' ? (
            <Text size="sm">
              {remote.length === 1 ? 'One image' : `${remote.length} images`} could not be loaded.
            </Text>
          ) : (
            <>
              <Text size="sm">Images from other sites are not loaded.</Text>
              <Button
                variant="default"
                size="xs"
                loading={state === 'loading'}
                onClick={() => void load()}
              >
                Load images
              </Button>
            </>
          )}
        </div>
      ) : null}
      <iframe
        title={label || 'HTML'}
        className={classes.html}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={html}
      />
    </LaidOut>
  );
}

/** A picture as a `data:` URL; null where it does not come or is none. */
async function asDataUrl(address: string): Promise<string | null> {
  const response = await fetch(address).catch(() => null);
  if (!response?.ok || !response.headers.get('content-type')?.startsWith('image/')) return null;
  const picture = await response.blob().catch(() => null);
  if (!picture) return null;
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : null);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(picture);
  });
}
