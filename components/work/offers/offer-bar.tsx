'use client';

import { Box, Button, Group, Text } from '@mantine/core';
import { usePathname } from 'next/navigation';
import { Amount } from '@/components/ui/values/amount';
import { humanise, sats } from '@/components/ui/values/humanise';
import { CommandKey } from '@/components/work/keys/key-cap';
import { useCommands } from '@/components/work/keys/keys-context';
import { OfferRing } from './offer-card';
import classes from './offers.module.css';
import { useOffers } from './use-offers';

/**
 * The first offer, in sight on whichever page; the queue shows it in full itself. On a task keys do
 * nothing about it, so that a slip while answering neither takes nor loses one.
 */
export function OfferBar() {
  const pathname = usePathname() ?? '';
  const { offers, accept, decline } = useOffers();
  const others = offers?.filter((each) => !pathname.endsWith(each.id)) ?? [];
  const [first] = others;
  const isAtTask = pathname.startsWith('/work/tasks/');
  useCommands({
    ...(first && !isAtTask
      ? { accept: () => accept(first.id), decline: () => decline(first.id) }
      : {}),
  });
  if (!first || pathname === '/work') return null;
  const name = `${humanise(first.task.type)}, ${sats(first.task.payoutSats)}`;
  return (
    <section className={classes.bar} aria-label="A task is offered to you">
      <OfferRing offer={first} />
      <Box flex="1 1 auto" miw={0}>
        <Text fw={600} size="sm">
          {humanise(first.task.type)}
        </Text>
        <Text size="sm" c="dimmed" className="tabular">
          <Amount sats={first.task.payoutSats} />
          {others.length > 1 ? `, ${others.length} offers` : ''}
        </Text>
      </Box>
      <Group gap={8} wrap="nowrap">
        <Button
          size="xs"
          variant="default"
          onClick={() => decline(first.id)}
          aria-label={`Decline ${name}`}
          rightSection={isAtTask ? null : <CommandKey name="decline" />}
        >
          Decline
        </Button>
        <Button
          size="xs"
          onClick={() => accept(first.id)}
          aria-label={`Accept ${name}`}
          rightSection={isAtTask ? null : <CommandKey name="accept" />}
        >
          Accept
        </Button>
      </Group>
    </section>
  );
}
