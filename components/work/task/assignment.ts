import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/trpc';

/** One assignment with all its worker needs to answer it. */
export type Assignment = inferRouterOutputs<AppRouter>['assignments']['get'];
