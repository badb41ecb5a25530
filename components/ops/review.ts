import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/trpc';

/** One open review, with the task and the answers it is about. */
export type Review = inferRouterOutputs<AppRouter>['reviews']['list'][number];
