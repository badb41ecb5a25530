'use client';

import type { ModalProps } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useState } from 'react';

const fetchWindow = () => import('./dialog-window');
const DialogWindow = dynamic(fetchWindow, { ssr: false });

/** Preloads the code of dialogs, so that the first one opens immediately, even offline. */
export function fetchDialogs(): void {
  // Opening a dialog tries again, and shows the failure.
  fetchWindow().catch(() => undefined);
}

/** A dialog whose code is loaded when the first one opens. */
export function Dialog(props: ModalProps) {
  const [wasOpened, setWasOpened] = useState(props.opened);
  if (props.opened && !wasOpened) setWasOpened(true);
  return wasOpened ? <DialogWindow {...props} /> : null;
}
