'use client';

import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { sats } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { OrganizationView } from '@/server/features/customers/schema';
import type { CreditLine } from '@/server/features/ledger/schema';
import classes from '../ops.module.css';
import { LinesCard } from './lines-card';
import { SatsDialog } from './sats-dialog';

/** What operators credited, to be taken back where it was a slip. */
export function CreditsCard({ organization }: { organization: OrganizationView }) {
  return (
    <LinesCard
      title="Credits"
      lines={organization.credits}
      keyOf={({ id }) => id}
      none="No operator has credited sats in this mode."
      testId="credit"
    >
      {(credit) => (
        <>
          <span className={classes.lineMain}>
            <span style={{ fontWeight: 500 }}>{sats(credit.amountSats)}</span>
            {credit.leftSats < credit.amountSats ? (
              <span className="soft">
                {' '}
                · {sats(credit.amountSats - credit.leftSats)} taken back
              </span>
            ) : null}
            <span className={classes.sub}>{credit.reason}</span>
          </span>
          <span className="soft">
            {credit.by === 'system' ? 'on the command line' : credit.by} ·{' '}
            <Age at={credit.createdAt} />
          </span>
          {credit.leftSats > 0 ? <TakeBack organization={organization} credit={credit} /> : null}
        </>
      )}
    </LinesCard>
  );
}

/** Credits sats in the mode on show. */
export function CreditButton({ organization }: { organization: OrganizationView }) {
  const trpc = useTRPC();
  const [opened, { open, close }] = useDisclosure(false);
  const credit = useAct(trpc.ledger.credit, {
    done: ({ availableSats }) => `${organization.name} has ${sats(availableSats)} to spend.`,
    refresh: [trpc.customers.pathFilter()],
    quiet: true,
  });
  const { id: organizationId, mode } = organization;
  return (
    <>
      <Button onClick={open}>Credit sats…</Button>
      <SatsDialog
        title={`Credit ${organization.name}`}
        verb="Credit"
        first={100_000}
        opened={opened}
        onClose={close}
        onSend={(send) => credit.mutateAsync({ ...send, organizationId, mode })}
      >
        <Text size="sm">
          {mode === 'live'
            ? 'Live mode: the sats buy work of real people, who are paid. Credit what has come in.'
            : 'Test mode: play sats, which buy simulated answers and nothing else.'}
        </Text>
      </SatsDialog>
    </>
  );
}

function TakeBack(props: { organization: OrganizationView; credit: CreditLine }) {
  const { organization, credit } = props;
  const trpc = useTRPC();
  const [opened, { open, close }] = useDisclosure(false);
  const reverse = useAct(trpc.ledger.reverseCredit, {
    done: ({ availableSats }) =>
      `Taken back. ${organization.name} has ${sats(availableSats)} to spend.`,
    refresh: [trpc.customers.pathFilter()],
    quiet: true,
  });
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Take back: ${credit.reason}`}
        onClick={open}
      >
        Take back…
      </Button>
      <SatsDialog
        key={credit.leftSats}
        title={`Take back from ${organization.name}`}
        verb="Take back"
        color="red"
        first={credit.leftSats}
        max={credit.leftSats}
        opened={opened}
        onClose={close}
        onSend={(send) => reverse.mutateAsync({ ...send, creditId: credit.id })}
      >
        <Text size="sm">
          {sats(organization.availableSats)} are there to spend. What open tasks hold is not taken.
        </Text>
      </SatsDialog>
    </>
  );
}
