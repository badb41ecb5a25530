import { dehydrate, QueryClient } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { env } from '@/server/platform/env';
import { createCallerFactory, type TrpcContext } from '@/server/transport/trpc/init';
import type { Session } from '@/server/transport/trpc/session';
import { wire } from '@/server/transport/trpc/wire';
import { type AppRouter, appRouter } from '@/server/trpc';
import { pageSession } from '../page-session';

function contextOf(session: Session): TrpcContext {
  return { session, deviceHash: null, networkHash: null };
}

/** Calls procedures in this process as the user of the page being rendered. */
export async function pageCaller() {
  return createCallerFactory(appRouter)(contextOf(await pageSession()));
}

/** Prefetches a page's initial data on the server. */
export async function pagePrefetch() {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: { retry: false },
      dehydrate: { serializeData: wire.serialize },
    },
  });
  const session = await pageSession();
  const trpc = createTRPCOptionsProxy<AppRouter>({
    ctx: () => contextOf(session),
    router: appRouter,
    queryClient,
  });
  return {
    queryClient,
    trpc,
    session,
    state: () => dehydrate(queryClient),
    publicUrl: env.PUBLIC_URL,
  };
}
