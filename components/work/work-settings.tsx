'use client';

import { useQuery } from '@tanstack/react-query';
import { CurrencyCard } from '@/components/account/currency-card';
import dashboard from '@/components/dashboard/dashboard.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { KeySettings } from './keys/key-settings';
import { OfferSettings } from './offers/offer-settings';

/** How offers reach the worker, what amounts are shown in, and which keys do what. */
export function WorkSettings() {
  const trpc = useTRPC();
  const preferences = useQuery(trpc.workers.preferences.queryOptions());
  return (
    <PageBody>
      <PageHeader title="Settings" about="Kept with your account, on every device." />
      <div className={dashboard.stack}>
        {preferences.isError && !preferences.data ? <QueryFailure query={preferences} /> : null}
        {preferences.isPending ? <Loading height={220} radius="lg" /> : null}
        {preferences.data ? (
          <>
            <OfferSettings preferences={preferences.data} />
            <CurrencyCard />
            <div id="keys">
              <KeySettings />
            </div>
          </>
        ) : null}
      </div>
    </PageBody>
  );
}
