'use client';

import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import dashboard from '@/components/dashboard/dashboard.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { useTaskChanges } from '@/components/trpc/use-changes';
import { Card } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { SatsInput } from '@/components/ui/inputs/sats-input';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { Amount } from '@/components/ui/values/amount';
import { sats } from '@/components/ui/values/humanise';
import { AddFundsDialog, type ShownDeposit } from './add-funds';
import { DepositsCard } from './deposits-card';
import { Limits } from './limits';
import { SpendCard } from './spend';
import { Statement } from './statement';

interface BillingProps {
  mode: 'live' | 'test';
  mayDeposit: boolean;
  maySetLimits: boolean;
}

/** What can be spent, what is held, and every posting that made it so. */
export function Billing({ mode, mayDeposit, maySetLimits }: BillingProps) {
  const trpc = useTRPC();
  const refetchInterval = useTaskChanges();
  const [shown, setShown] = useState<ShownDeposit>(null);
  const balance = useQuery(trpc.ledger.balance.queryOptions(undefined, { refetchInterval }));
  return (
    <PageBody>
      <PageHeader
        title="Billing"
        about={
          mode === 'test'
            ? 'Play sats, to try everything with.'
            : 'Real sats: what you have paid in, and what became of it.'
        }
        actions={mayDeposit ? <AddButton mode={mode} onAdd={() => setShown('new')} /> : null}
      />
      <div className={dashboard.stack}>
        {balance.isError ? (
          <QueryFailure query={balance} />
        ) : (
          <div className={dashboard.figures}>
            <BalanceFigure label="Available" value={balance.data?.available_sats} />
            <BalanceFigure label="Held by open tasks" value={balance.data?.held_sats} />
          </div>
        )}
        {mode === 'live' ? <LiveFunds onShow={setShown} /> : null}
        <Limits maySet={maySetLimits} />
        <SpendCard />
        <Statement refetchInterval={refetchInterval} />
      </div>
      <AddFundsDialog shown={shown} onShow={setShown} />
    </PageBody>
  );
}

function AddButton({ mode, onAdd }: { mode: 'live' | 'test'; onAdd: () => void }) {
  const trpc = useTRPC();
  const offered = useQuery(trpc.deposits.offered.queryOptions());
  if (mode === 'test') return <PlayDeposit />;
  return offered.data?.offered ? <Button onClick={onAdd}>Add funds</Button> : null;
}

/** What was paid in over Lightning; where nothing can be, why, and what helps. */
function LiveFunds({ onShow }: { onShow: (id: string) => void }) {
  const trpc = useTRPC();
  const offered = useQuery(trpc.deposits.offered.queryOptions());
  return (
    <>
      {offered.data?.offered === false ? (
        <Card>
          <EmptyState icon={<Icon name="bolt" size={20} />} title="Funds cannot be added here yet">
            No Lightning rail is set up on this instance. Its operator sets one up in the operator’s
            console, under Payouts; then you can pay in by yourself. Until then the operator credits
            your sats when your payment has come in, and each credit stands in the statement.
          </EmptyState>
        </Card>
      ) : null}
      <DepositsCard offered={offered.data?.offered ?? true} onShow={onShow} />
    </>
  );
}

function BalanceFigure({ label, value }: { label: string; value: number | undefined }) {
  return (
    <div className={dashboard.figure}>
      <div className={dashboard.figureLabel}>{label}</div>
      <div className={dashboard.figureValue}>
        {value === undefined ? (
          <Loading height={20} width={80} mt={8} />
        ) : (
          <Amount sats={value} below />
        )}
      </div>
    </div>
  );
}

function PlayDeposit() {
  const trpc = useTRPC();
  const [opened, { open, close }] = useDisclosure(false);
  const deposit = useAct(trpc.ledger.depositPlaySats, {
    done: (balance) => `You have ${sats(balance.available_sats)} to play with.`,
    after: close,
    refresh: [trpc.ledger.pathFilter()],
    quiet: true,
  });
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/ledger/schema')).DepositPlaySats,
    initial: {
      amountSats: 100_000 as number | string,
    },
    values: ({ amountSats }) => ({ amountSats: Number(amountSats) }),
    send: (draft) => deposit.mutateAsync(draft),
  });
  return (
    <>
      <Button onClick={open}>Add play sats</Button>
      <Dialog opened={opened} onClose={close} title="Add play sats">
        <form {...checked.form}>
          <Stack gap="md">
            <FormFault>{checked.general}</FormFault>
            <SatsInput label="Amount" {...checked.bind('amountSats')} data-autofocus />
            <DialogActions onCancel={close} {...checked.button}>
              Add
            </DialogActions>
          </Stack>
        </form>
      </Dialog>
    </>
  );
}
