'use client';

import { Anchor, Button, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { useShortcuts } from '@/components/ui/keys/shortcuts';
import { Loading } from '@/components/ui/loading';
import { tellFailure } from '@/components/ui/notices';
import { PageHeader } from '@/components/ui/page-header';
import { PromptLink } from '@/components/ui/prompt-link';
import type { RailLine } from '@/server/features/payouts/rails/schema';
import { ComparedCard } from './compared-card';
import { RailDialog } from './rail-dialog';
import { RailRow } from './rail-row';
import { TestDialog } from './test-dialog';

const POLL_MS = 15_000;

/** What is open over the list; rails are named by id, so that they are shown as they stand now. */
type Opened = { what: 'add' } | { what: 'edit' | 'test'; id: string } | null;

/** How payouts leave the instance, in the order in which rails are tried. */
export function RailsPage() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [opened, setOpened] = useState<Opened>(null);
  const rails = useQuery(trpc.rails.list.queryOptions(undefined, { refetchInterval: POLL_MS }));
  const refresh = () => queryClient.invalidateQueries(trpc.rails.pathFilter());
  const order = useMutation(
    trpc.rails.order.mutationOptions({ onError: tellFailure, onSettled: refresh }),
  );
  useShortcuts([
    { keys: 'n', label: 'Add a rail', section: 'Rails', run: () => setOpened({ what: 'add' }) },
  ]);
  const all = rails.data ?? [];
  const move = (rail: RailLine, by: -1 | 1) => {
    const ids = all.map(({ id }) => id);
    const from = ids.indexOf(rail.id);
    ids.splice(from, 1);
    ids.splice(from + by, 0, rail.id);
    order.mutate({ ids });
  };
  const close = () => setOpened(null);
  const chosen = opened && 'id' in opened ? all.find(({ id }) => id === opened.id) : undefined;
  return (
    <PageBody wide>
      <Anchor component={PromptLink} href="/ops/payouts" size="sm">
        All payouts
      </Anchor>
      <PageHeader
        title="Rails"
        about="How payouts leave over Lightning. The first one that answers is taken; one that fails a payout is followed by the next."
        actions={<Button onClick={() => setOpened({ what: 'add' })}>Add a rail</Button>}
      />
      <QueryFailure query={rails} />
      <Stack gap="md">
        <Card flush>
          {rails.isPending ? <Loading height={14} m={20} width="60%" /> : null}
          {rails.data?.length === 0 ? (
            <EmptyState icon={<Icon name="bolt" />} title="No rail yet">
              Until there is one, payouts over Lightning wait. Connect a wallet or a node that holds
              sats; its secrets are encrypted, and never shown again.
            </EmptyState>
          ) : null}
          <ul className="bare-list" aria-label="Rails">
            {all.map((rail, index) => (
              <RailRow
                key={rail.id}
                rail={rail}
                isBusy={order.isPending}
                onUp={index > 0 ? () => move(rail, -1) : null}
                onDown={index < all.length - 1 ? () => move(rail, 1) : null}
                onEdit={() => setOpened({ what: 'edit', id: rail.id })}
                onTest={() => setOpened({ what: 'test', id: rail.id })}
              />
            ))}
          </ul>
        </Card>
        <ComparedCard />
      </Stack>
      {opened?.what === 'add' ? <RailDialog rail={null} onClose={close} /> : null}
      {opened?.what === 'edit' && chosen ? (
        <RailDialog key={chosen.version} rail={chosen} onClose={close} />
      ) : null}
      {opened?.what === 'test' && chosen ? <TestDialog rail={chosen} onClose={close} /> : null}
    </PageBody>
  );
}
