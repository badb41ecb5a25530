'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { Loading } from '@/components/ui/loading';

const load = () => import('./task-form').then((file) => file.TaskForm);

/**
 * The worker's form, fetched after the page: for pages on which it stands beside other things, or
 * behind a button. It weighs as much as the rest of such a page.
 */
export const LazyTaskForm = dynamic(load, {
  loading: () => <Loading height={120} radius="md" label="Loading the form" />,
});

/**
 * The same at a worker's desk: the form shows once it is alive, so that no key and no press on it is lost, beside a payload
 * that can be read meanwhile.
 */
export const DeskForm = dynamic(load, {
  ssr: false,
  loading: () => <Loading height={240} radius="md" label="Loading the form" />,
});

/** Fetches the form ahead, for a page that leads to one. */
export function fetchTaskForm(): void {
  // The form's own place tries again, and says that it could not be fetched.
  load().catch(() => undefined);
}

/** Whether the form is there, for buttons outside it that submit it; fetched only once it is wanted. */
export function useTaskFormIsThere(isWanted = true): boolean {
  const [isThere, setIsThere] = useState(false);
  useEffect(() => {
    if (!isWanted) return;
    load().then(
      () => setIsThere(true),
      // The form's own place says that it could not be fetched.
      () => undefined,
    );
  }, [isWanted]);
  return isThere;
}
