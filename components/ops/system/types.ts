import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/trpc';

type Operations = inferRouterOutputs<AppRouter>['operations'];

export type System = Operations['system'];
export type Instance = Operations['instance'];
