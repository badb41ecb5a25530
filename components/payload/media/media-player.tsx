'use client';

import { useState } from 'react';
import classes from '@/components/payload/payload.module.css';
import { NotShown } from './picture';
import { useMediaAddress } from './task-media';

/** A sound or a film of the payload, with the browser's own controls; nothing plays by itself. */
export function MediaPlayer(props: { kind: 'audio' | 'video'; source: string; label: string }) {
  const { kind, source, label } = props;
  const address = useMediaAddress(source);
  const [broken, setBroken] = useState(false);
  if (!address || broken) {
    return <NotShown what={kind === 'audio' ? 'recording' : 'film'} source={source} />;
  }
  const shared = {
    src: address,
    controls: true,
    preload: 'metadata',
    'aria-label': label,
    // One that failed before the page came to life told nobody.
    ref: (element: HTMLMediaElement | null) => {
      if (element?.error) setBroken(true);
    },
    onError: () => setBroken(true),
  };
  return kind === 'audio' ? (
    <audio {...shared} className={classes.audio} />
  ) : (
    <video {...shared} className={classes.video} playsInline />
  );
}
