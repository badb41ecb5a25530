import { Text, Title } from '@mantine/core';
import Link from 'next/link';
import { Mark } from '@/components/ui/icons';
import { Mailbox } from './mailbox';
import classes from './mailbox.module.css';

/** The mailbox of an instance that has no mail server and serves this machine alone. */
export function MailboxPage() {
  return (
    <main className={classes.site}>
      <Link href="/home" prefetch={false} className={classes.brand}>
        <Mark />
        HumanRail
      </Link>
      <Title order={1}>Mailbox</Title>
      <Text c="dimmed" mt={4} mb="xl" maw={640}>
        This instance has no mail server, so that what it writes is kept here. Set SMTP_URL to have
        it sent.
      </Text>
      <Mailbox />
    </main>
  );
}
