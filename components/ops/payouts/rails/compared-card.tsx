'use client';

import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card, CardNote } from '@/components/ui/card';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Loading } from '@/components/ui/loading';
import { Age } from '@/components/ui/values/now';
import type { ReconcileLine, ReconciliationView } from '@/server/features/reconciliation/schema';
import shared from '../../ops.module.css';
import { DifferenceRow } from './difference-row';
import classes from './rails.module.css';

const count = (of: number) => of.toLocaleString('en-US');

/** Whether rails agree with what is recorded of payments, deposits and balances, and what differs. */
export function ComparedCard() {
  const trpc = useTRPC();
  const compared = useQuery(trpc.reconciliation.get.queryOptions());
  const run = useAct(trpc.reconciliation.run, {
    done: ({ isDone, open }) => wordsOf(isDone, open.length),
    refresh: [trpc.reconciliation.pathFilter()],
  });
  if (compared.isError) {
    return (
      <div id="compared">
        <QueryFailure query={compared} />
      </div>
    );
  }
  return (
    <div id="compared">
      <Card
        title="Do rails agree?"
        flush
        aside={
          <Button
            size="xs"
            variant="default"
            loading={run.isPending}
            disabled={!compared.data?.rails.length}
            onClick={() => run.mutate()}
          >
            Compare now
          </Button>
        }
      >
        {compared.data ? (
          <Compared view={compared.data} />
        ) : (
          <Loading height={14} m={20} width="50%" />
        )}
      </Card>
    </div>
  );
}

function wordsOf(isDone: boolean, differences: number): string {
  if (differences > 0) return differences === 1 ? 'Something differs.' : 'Some things differ.';
  return isDone ? 'They agree.' : 'They agree so far; the rest is compared at night.';
}

function Compared({ view }: { view: ReconciliationView }) {
  const { rails, open, resolved } = view;
  if (rails.length === 0) {
    return (
      <CardNote>
        What was paid and paid in is asked again each night, once there is a rail.
      </CardNote>
    );
  }
  return (
    <>
      <ul className="bare-list" aria-label="What differs">
        {open.map((difference) => (
          <DifferenceRow key={difference.id} difference={difference} />
        ))}
      </ul>
      <ul className={`bare-list ${classes.runs}`} aria-label="Rails compared">
        {rails.map((rail) => (
          <li key={rail.rail} className={shared.line}>
            <Text size="sm" component="span" className={shared.lineMain}>
              <RunWords run={rail} />
            </Text>
          </li>
        ))}
      </ul>
      {resolved.length > 0 ? (
        <details className={classes.resolved}>
          <summary>Settled within 30 days ({count(resolved.length)})</summary>
          <ul className="bare-list" aria-label="What was settled">
            {resolved.map((difference) => (
              <DifferenceRow key={difference.id} difference={difference} />
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function RunWords({ run }: { run: ReconcileLine }) {
  const { rail, endedAt, checked, unanswered, error } = run;
  if (endedAt === null) return <>{rail} is compared tonight, for the first time.</>;
  if (error === null) {
    return (
      <>
        {rail} was asked about {payments(checked)} <Age at={endedAt} />.
      </>
    );
  }
  return (
    <>
      {rail} was not compared whole <Age at={endedAt} />: {count(checked)} answered for,{' '}
      {count(unanswered)} not. It is asked again at night.{' '}
      <span className={classes.fault}>{error}</span>
    </>
  );
}

const payments = (checked: number) =>
  checked === 1 ? '1 payment or deposit' : `${count(checked)} payments and deposits`;
