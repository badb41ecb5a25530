import { Box, Flex } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Icon, Mark } from '@/components/ui/icons';
import classes from './account.module.css';

/** The frame of pages that are a person's own, whatever they do here. */
export function AccountFrame({ children }: { children: ReactNode }) {
  return (
    <Box maw={760} my={0} mx="auto" pt={24} px={20} pb={64}>
      <Flex component="header" align="center" justify="space-between" gap={16} mb={28}>
        <Link href="/home" prefetch={false} className="brand">
          <Mark />
          HumanRail
        </Link>
        <Link href="/home" prefetch={false} className={classes.back}>
          <Icon name="back" />
          Back to work
        </Link>
      </Flex>
      <main>{children}</main>
    </Box>
  );
}
