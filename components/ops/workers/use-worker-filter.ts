'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { WORKER_STATES } from '@/server/features/onboarding/schema';

export interface WorkerFilter {
  state?: (typeof WORKER_STATES)[number];
  search?: string;
  skill?: string;
  after?: string;
}

/** What a page's address asks for; what makes no sense in it is left out. */
export function workerFilterOf(read: (name: string) => string | null | undefined): WorkerFilter {
  const state = WORKER_STATES.find((each) => each === read('state'));
  const search = read('search')?.slice(0, 200);
  const skill = read('skill');
  const after = read('after');
  return {
    ...(state ? { state } : {}),
    ...(search ? { search } : {}),
    ...(skill && /^[a-z0-9_.-]{1,64}$/.test(skill) ? { skill } : {}),
    ...(after && /^[0-9a-f-]{36}$/.test(after) ? { after } : {}),
  };
}

/** The filter of the list of workers, as the address holds it. */
export function useWorkerFilter() {
  const params = useSearchParams();
  const pathname = usePathname();
  const filter = workerFilterOf((name) => params?.get(name));
  const setFilter = (next: WorkerFilter) => {
    const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value));
    window.history.replaceState(null, '', `${pathname}${query.size > 0 ? `?${query}` : ''}`);
  };
  return { filter, setFilter };
}
