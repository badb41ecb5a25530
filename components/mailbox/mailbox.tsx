'use client';

import { Box, Button, Flex, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import { Status } from '@/components/ui/status';
import { Age } from '@/components/ui/values/now';
import { EMAIL_STATUSES } from '@/server/features/emails/policy';
import type { EmailLine } from '@/server/features/emails/schema';
import { BackToList, MailFact, MailView } from './mail-view';
import classes from './mailbox.module.css';

const POLL_MS = 3_000;
const PAGE = 30;

/** E-mails, newest first, and the one the address names, else the newest. */
export function Mailbox() {
  const trpc = useTRPC();
  const status = useStatusFilter();
  const emails = useInfiniteQuery(
    trpc.emails.list.infiniteQueryOptions(
      { limit: PAGE, ...(status ? { status } : {}) },
      {
        initialCursor: undefined,
        getNextPageParam: (page) => page.next_cursor ?? undefined,
        refetchInterval: POLL_MS,
      },
    ),
  );
  const named = useSearchParams()?.get('email');
  const pathname = usePathname() ?? '/mailbox';
  if (emails.isPending) return <Loading height={240} radius="lg" />;
  if (emails.isError) return <QueryFailure query={emails} />;
  const lines = emails.data.pages.flatMap(({ data }) => data);
  const open = named ?? lines[0]?.id;
  if (!open && status) {
    return (
      <Card flush>
        <EmptyState icon={<Icon name="check" />} title={`None is ${status}`}>
          <Link href={pathname}>Show all e-mails</Link>
        </EmptyState>
      </Card>
    );
  }
  if (!open) {
    return (
      <Card flush>
        <EmptyState icon={<Icon name="inbox" />} title="No e-mails yet">
          Sign up, ask for a new password or invite somebody; what is written appears here.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className={classes.split} data-named={named !== null && named !== undefined}>
      <Stack gap="xs" className={classes.listSide}>
        {status ? (
          <Text size="sm">
            Those that are {status}. <Link href={pathname}>Show all</Link>
          </Text>
        ) : null}
        <nav aria-label="E-mails" className={classes.list}>
          {lines.map((line) => (
            <Line key={line.id} line={line} isOpen={line.id === open} />
          ))}
        </nav>
        {emails.hasNextPage ? (
          <Button
            variant="default"
            loading={emails.isFetchingNextPage}
            onClick={() => void emails.fetchNextPage()}
          >
            Show older ones
          </Button>
        ) : null}
      </Stack>
      <div className={classes.readerSide}>
        <BackToList href={pathname} label="All e-mails" />
        <Card flush>
          <OpenEmail key={open} id={open} />
        </Card>
      </div>
    </div>
  );
}

/** The state that the address narrows the list to. */
function useStatusFilter() {
  const params = useSearchParams();
  return EMAIL_STATUSES.find((each) => each === params?.get('status'));
}

function Line({ line, isOpen }: { line: EmailLine; isOpen: boolean }) {
  const pathname = usePathname() ?? '/mailbox';
  const status = useStatusFilter();
  return (
    <Link
      href={`${pathname}?${status ? `status=${status}&` : ''}email=${line.id}`}
      scroll={false}
      className={classes.item}
      aria-current={isOpen || undefined}
    >
      <span className={classes.subject}>{line.subject}</span>
      <Flex component="span" gap={8} justify="space-between" c="var(--text-soft)">
        <span className="clip">{line.to}</span>
        <Age at={line.createdAt} />
      </Flex>
      {line.status === 'kept' ? null : <Status value={line.status} />}
    </Link>
  );
}

function OpenEmail({ id }: { id: string }) {
  const trpc = useTRPC();
  const email = useQuery(trpc.emails.get.queryOptions({ id }));
  if (email.isPending) return <Loading height={240} radius="lg" />;
  if (email.isError) return <QueryFailure query={email} />;
  const { data } = email;
  const facts = (
    <>
      <MailFact label="To">{data.to}</MailFact>
      <MailFact label="Written">{moment(data.createdAt)}</MailFact>
      {data.sentAt ? <MailFact label="Sent">{moment(data.sentAt)}</MailFact> : null}
      {data.attemptCount > 1 ? <MailFact label="Tries">{data.attemptCount}</MailFact> : null}
      {data.lastError ? <MailFact label="Last failure">{data.lastError}</MailFact> : null}
    </>
  );
  if (data.text === null) {
    return (
      <Box py={16} px={20}>
        <Text fw={600}>{data.subject}</Text>
        {facts}
        <Text size="sm" mt="sm">
          It holds a link that lets its reader in, so that nobody else can open it.
        </Text>
      </Box>
    );
  }
  return (
    <MailView subject={data.subject} src={`/api/emails/${data.id}`} text={data.text}>
      {facts}
    </MailView>
  );
}

function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
