'use client';

import { Anchor, Stack, Text, Title } from '@mantine/core';
import Link from 'next/link';

/** What a link says that lets nobody in any more. */
export function InvitationOver() {
  return (
    <Stack gap="md">
      <Title order={1}>This invitation is over</Title>
      <Text>
        It was used, taken back, or is older than a week. Ask whoever sent it for a new link.
      </Text>
      <Anchor component={Link} href="/home">
        To HumanRail
      </Anchor>
    </Stack>
  );
}
