'use client';

import { Flex } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Loading } from '@/components/ui/loading';
import { humanise } from '@/components/ui/values/humanise';
import { BackToList, MailFact, MailView } from './mail-view';
import classes from './mailbox.module.css';

/** Every e-mail this instance can send, filled with a sample. */
export function Templates() {
  const trpc = useTRPC();
  const templates = useQuery(trpc.emails.templates.queryOptions());
  const named = useSearchParams()?.get('template');
  if (templates.isPending) return <Loading height={240} radius="lg" />;
  if (templates.isError) return <QueryFailure query={templates} />;
  const shown = templates.data.find(({ name }) => name === named) ?? templates.data[0];
  if (!shown) return null;
  return (
    <div className={classes.split} data-named={named !== null && named !== undefined}>
      <nav aria-label="Templates" className={`${classes.list} ${classes.listSide}`}>
        {templates.data.map(({ name, subject }) => (
          <Link
            key={name}
            href={`/ops/emails?show=templates&template=${name}`}
            scroll={false}
            className={classes.item}
            aria-current={name === shown.name || undefined}
          >
            <span className={classes.subject}>{humanise(name)}</span>
            <Flex component="span" gap={8} justify="space-between" c="var(--text-soft)">
              <span className="clip">{subject}</span>
            </Flex>
          </Link>
        ))}
      </nav>
      <div className={classes.readerSide}>
        <BackToList href="/ops/emails?show=templates" label="All templates" />
        <Card flush>
          <MailView
            key={shown.name}
            subject={shown.subject}
            src={`/api/email-samples/${shown.name}`}
            text={shown.text}
          >
            <MailFact label="Sent when">{shown.about}</MailFact>
          </MailView>
        </Card>
      </div>
    </div>
  );
}
