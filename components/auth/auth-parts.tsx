'use client';

import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A page's title and purpose. */
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

/** A link in the text below a form; a full page load, because the sign-in page has a different layout. */
export function AuthLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor href={href} size="sm" underline="always">
      {children}
    </Anchor>
  );
}

/** What a page shows once an e-mail has been sent, or would have been. */
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

/** What a sign-up shows if it did not sign in: the e-mail has the next step. */
export function ContinueByMail({ email, mailbox }: { email: string; mailbox: boolean }) {
  return (
    <LookIntoInbox title="Check your inbox" mailbox={mailbox}>
      We sent an e-mail to {email}. Open its link to continue.
    </LookIntoInbox>
  );
}

/** What an expired or used link shows. */
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
