'use client';

import dynamic from 'next/dynamic';
import { Loading } from '@/components/ui/loading';

/**
 * The worker's form, fetched after the page: for pages on which it stands beside other things, or
 * behind a button. It weighs as much as the rest of such a page.
 */
export const LazyTaskForm = dynamic(() => import('./task-form').then((file) => file.TaskForm), {
  loading: () => <Loading height={120} radius="md" label="Loading the form" />,
});
