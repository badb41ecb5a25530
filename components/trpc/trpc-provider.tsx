'use client';

import { notifyManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createTRPCClient,
  httpBatchStreamLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
} from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { type ReactNode, useState } from 'react';
import { wire } from '@/server/transport/trpc/wire';
import type { AppRouter } from '@/server/trpc';
import { signedOutLink } from './signed-out-link';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const URL_PATH = '/api/trpc';

/** For queries whose input may be too long for an address: `{ trpc: LONG_INPUT }`. */
export const LONG_INPUT = { context: { isLong: true } };

/** What the page shows; each request says so, so that a switch in another tab cannot mix them. */
export interface Shown {
  mode: 'live' | 'test';
  organizationId: string | null;
}

// Within the event that began a mutation, not a timer later: its button is disabled before a second click.
notifyManager.setScheduler(queueMicrotask);

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Live events say when to read again; time alone seldom does.
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && !isRefusal(error),
      },
      hydrate: { deserializeData: wire.deserialize },
    },
  });
}

/** True for answers that asking again would not change. */
function isRefusal(error: unknown): boolean {
  const status = (error as { data?: { httpStatus?: number } })?.data?.httpStatus;
  return status !== undefined && status < 500;
}

function makeClient(shown: Shown) {
  const headers: Record<string, string> = { 'x-humanrail-mode': shown.mode };
  if (shown.organizationId) headers['x-humanrail-organization'] = shown.organizationId;
  return createTRPCClient<AppRouter>({
    links: [
      signedOutLink,
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({
          url: URL_PATH,
          transformer: wire,
          connectionParams: headers,
        }),
        false: splitLink({
          condition: (operation) => operation.context.isLong === true,
          true: httpLink({
            url: URL_PATH,
            transformer: wire,
            headers,
            methodOverride: 'POST',
          }),
          false: httpBatchStreamLink({ url: URL_PATH, transformer: wire, headers }),
        }),
      }),
    ],
  });
}

/** The server's procedures and their cache, for the pages inside. */
export function TrpcProvider({ shown, children }: { shown: Shown; children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(() => makeClient(shown));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
