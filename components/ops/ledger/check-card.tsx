'use client';

import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card, CardNote } from '@/components/ui/card';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Loading } from '@/components/ui/loading';
import { Age } from '@/components/ui/values/now';
import type { LedgerCheckView } from '@/server/features/books/schema';
import classes from './ledger.module.css';

/** Whether the ledger added up when it was last looked at, and what was wrong. */
export function CheckCard() {
  const trpc = useTRPC();
  const latest = useQuery(trpc.books.latestCheck.queryOptions());
  const check = useAct(trpc.books.check, {
    done: ({ faults }) => (faults === 0 ? 'It adds up.' : 'It does not add up.'),
    refresh: [trpc.books.pathFilter()],
  });
  if (latest.isError) return <QueryFailure query={latest} />;
  return (
    <div id="check">
      <Card
        title="Does it add up?"
        flush
        aside={
          <Button
            size="xs"
            variant="default"
            loading={check.isPending}
            onClick={() => check.mutate()}
          >
            Check now
          </Button>
        }
      >
        {latest.isPending ? <Loading height={14} m={20} width="50%" /> : null}
        {latest.data === null ? (
          <CardNote>It is added up each night; that was not done yet.</CardNote>
        ) : null}
        {latest.data ? <Found check={latest.data} /> : null}
      </Card>
    </div>
  );
}

function Found({ check }: { check: LedgerCheckView }) {
  const { postings, entries, faults, report, checkedAt } = check;
  const count = (of: number) => of.toLocaleString('en-US');
  return (
    <>
      <Text size="sm" px={20} pb={faults > 0 ? 8 : 20}>
        {faults === 0 ? 'Yes: ' : `No, ${count(faults)} faults: `}
        {count(postings)} postings with {count(entries)} entries of both modes were added up{' '}
        <Age at={checkedAt} />.
      </Text>
      {faults > 0 ? (
        <ul className={classes.faults}>
          {report.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
