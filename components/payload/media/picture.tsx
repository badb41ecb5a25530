'use client';

import { Image } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import classes from '@/components/payload/payload.module.css';
import { OutsideLink } from '@/components/payload/text/outside-link';
import { useMediaAddress } from './task-media';

const ZoomDialog = dynamic(() => import('./zoom-dialog').then((file) => file.ZoomDialog), {
  ssr: false,
});

/**
 * A picture of the payload; pressing it shows it as large as the screen. One that cannot be had is
 * told in words, with its address.
 */
export function Picture({ source, label }: { source: string; label: string }) {
  const address = useMediaAddress(source);
  const [opened, zoom] = useDisclosure(false);
  const [broken, setBroken] = useState(false);
  if (!address || broken) return <NotShown what="image" source={source} />;
  return (
    <>
      <button
        type="button"
        className={classes.zoom}
        onClick={zoom.open}
        aria-label={`Enlarge: ${label}`}
      >
        <Image
          src={address}
          alt={label}
          className={classes.picture}
          loading="lazy"
          decoding="async"
          ref={(image: HTMLImageElement | null) => {
            // One that failed before the page came to life told nobody.
            if (image?.complete && image.naturalWidth === 0 && image.currentSrc) setBroken(true);
          }}
          onError={() => setBroken(true)}
        />
      </button>
      <ZoomDialog opened={opened} address={address} label={label} onClose={zoom.close} />
    </>
  );
}

/** Several pictures side by side, each to be enlarged. */
export function Gallery({ sources, label }: { sources: string[]; label: string }) {
  const counted = sources.map((source, index) => ({
    source,
    key: `${index} ${source.slice(-40)}`,
  }));
  return (
    <ul className={classes.gallery}>
      {counted.map(({ source, key }, index) => (
        <li key={key}>
          <Picture source={source} label={`${label} ${index + 1} of ${sources.length}`} />
        </li>
      ))}
    </ul>
  );
}

/** Says that a file cannot be shown, and where it is where it has an address. */
export function NotShown({ what, source }: { what: string; source: string }) {
  return (
    <div className={classes.broken}>
      This {what} cannot be shown here.{' '}
      {source.startsWith('data:') ? (
        'Its data is damaged.'
      ) : (
        <OutsideLink href={source}>{shortAddress(source)}</OutsideLink>
      )}
    </div>
  );
}

function shortAddress(address: string): string {
  const { hostname, pathname } = new URL(address);
  return `${hostname}/…/${pathname.split('/').at(-1) ?? ''}`;
}
