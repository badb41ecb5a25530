'use client';

import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';

/** The window of a `Dialog`. */
export default function DialogWindow({ opened, ...props }: ModalProps) {
  // It notes what had the focus, to give it back, only when it opens after it was there.
  const [isThere, setIsThere] = useState(false);
  useEffect(() => setIsThere(true), []);
  return <Modal {...props} opened={opened && isThere} />;
}
