'use client';

import { Anchor, Box, Text, Title } from '@mantine/core';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { Icon } from '@/components/ui/icons';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import classes from './mailbox.module.css';

const URL_TEXT = /(https?:\/\/\S+)/;

/** A text's links and what stands between them, each with where it begins. */
function piecesOf(text: string): { at: number; text: string; isLink: boolean }[] {
  let at = 0;
  return text.split(URL_TEXT).map((part, index) => {
    const piece = { at, text: part, isLink: index % 2 === 1 };
    at += part.length;
    return piece;
  });
}

/** A message as its reader sees it: what it looks like, or its plain text. */
export function MailView(props: {
  subject: string;
  /** Where its HTML is. */
  src: string;
  text: string;
  children?: ReactNode;
}) {
  const [shown, setShown] = useState('html');
  return (
    <>
      <Box py={16} px={20}>
        <Title order={2} size="h3">
          {props.subject}
        </Title>
        {props.children}
        <SegmentedControl
          mt="sm"
          size="xs"
          aria-label="How to show it"
          value={shown}
          onChange={setShown}
          data={[
            { value: 'html', label: 'As sent' },
            { value: 'text', label: 'Plain text' },
          ]}
        />
      </Box>
      {shown === 'html' ? (
        <iframe className={classes.frame} src={props.src} title={`E-mail: ${props.subject}`} />
      ) : (
        // The region scrolls on its own, so that it must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <pre className={classes.text} tabIndex={0}>
          {piecesOf(props.text).map(({ at, text, isLink }) =>
            isLink ? (
              <Anchor key={at} href={text} inherit underline="always">
                {text}
              </Anchor>
            ) : (
              text
            ),
          )}
        </pre>
      )}
    </>
  );
}

/** The way back to the list, on screens that show one of the two. */
export function BackToList({ href, label }: { href: string; label: string }) {
  return (
    <Link href={href} scroll={false} className={classes.back}>
      <Icon name="back" />
      {label}
    </Link>
  );
}

/** What an e-mail says of itself beside its subject. */
export function MailFact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {label}: {children}
    </Text>
  );
}
