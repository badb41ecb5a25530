'use client';

import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A page's title and what it is for. */
export function AuthTitle({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div>
      <Title order={1}>{title}</Title>
      {children ? (
        <Text c="dimmed" size="sm" mt={4} component="div">
          {children}
        </Text>
      ) : null}
    </div>
  );
}

/** A link among the text below a form; by a whole new page, since the sign-in page has another frame. */
export function AuthLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor href={href} size="sm" underline="always">
      {children}
    </Anchor>
  );
}

/** What is said once an e-mail is on its way, or would be. */
export function LookIntoInbox(props: { title: string; children: ReactNode; mailbox: boolean }) {
  return (
    <Stack gap="md" role="status">
      <AuthTitle title={props.title}>{props.children}</AuthTitle>
      {props.mailbox ? (
        <Text size="sm">
          This instance has no mail server.{' '}
          <Anchor href="/mailbox" size="sm" underline="always">
            Open its mailbox
          </Anchor>
        </Text>
      ) : null}
      <Text size="sm">
        <AuthLink href="/sign-in">Back to sign in</AuthLink>
      </Text>
    </Stack>
  );
}

/** What a sign-up shows that did not sign in: what comes next is in the e-mail. */
export function ContinueByMail({ email, mailbox }: { email: string; mailbox: boolean }) {
  return (
    <LookIntoInbox title="Check your inbox" mailbox={mailbox}>
      We sent an e-mail to {email}. Open its link to continue.
    </LookIntoInbox>
  );
}

/** What an expired or used link says. */
export function LinkOver({ what, href, action }: { what: string; href: string; action: string }) {
  return (
    <Stack gap="md">
      <AuthTitle title="This link has expired">{what}</AuthTitle>
      <Text size="sm">
        <AuthLink href={href}>{action}</AuthLink>
      </Text>
    </Stack>
  );
}
