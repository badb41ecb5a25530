'use client';

import { createContext, useContext } from 'react';

const TaskId = createContext<string | null>(null);

/** Says which task's payload is shown, so that its files can be asked for. */
export const TaskMediaProvider = TaskId.Provider;

/**
 * Where a file of the payload is to be had: from us, since the page loads nothing from other hosts,
 * and no host shall learn who looks. What travels in the payload itself is its own address.
 * @returns null where no task is known whose file it would be.
 */
export function useMediaAddress(source: string): string | null {
  return useMediaAddresses()(source);
}

/** The same for files that are only known later. */
export function useMediaAddresses(): (source: string) => string | null {
  const taskId = useContext(TaskId);
  return (source) => {
    if (source.startsWith('data:')) return source;
    return taskId ? `/api/media/${taskId}?url=${encodeURIComponent(source)}` : null;
  };
}
