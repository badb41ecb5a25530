'use client';

import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';

/** The window of a `Dialog`. */
export default function DialogWindow({ opened, ...props }: ModalProps) {
  // Mantine remembers the focused element, to restore it, only if the modal opens after it is mounted.
  const [isThere, setIsThere] = useState(false);
  useEffect(() => setIsThere(true), []);
  return <Modal {...props} opened={opened && isThere} />;
}
