'use client';

import type { ModalProps } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useState } from 'react';

const fetchWindow = () => import('./dialog-window');
const DialogWindow = dynamic(fetchWindow, { ssr: false });

/** Fetches what dialogs are shown by, so that the first one opens at once, also without a network. */
export function fetchDialogs(): void {
  // Opening one tries again, and a failure is shown then.
  fetchWindow().catch(() => undefined);
}

/** A dialog of the component library, whose code a page does without until the first one opens. */
export function Dialog(props: ModalProps) {
  const [wasOpened, setWasOpened] = useState(props.opened);
  if (props.opened && !wasOpened) setWasOpened(true);
  return wasOpened ? <DialogWindow {...props} /> : null;
}
